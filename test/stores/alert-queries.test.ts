import type { Alert } from '../../lib/core/alerts/alert.ts';
import { findAlertIds, findAlerts, type AlertQuery, type Order } from '../../lib/stores/alert-queries.ts';
import { actOnAlert, findAlert, putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import type { Table } from '../../lib/stores/table.ts';
import { alertStore, anAlert, historyOf } from './alert-store.ts';

const store = alertStore();
const NOW = Date.UTC(2026, 10, 2, 12);
const bob = { kind: 'person', id: 'bob.tan@example.com' } as const;

const monday = anAlert({ time: '2026-11-02T08:00:00.000Z', severity: 'high' });
const tuesday = anAlert({ time: '2026-11-03T08:00:00.000Z', detection: 'bulk-download', subject: bob });
const wednesday = anAlert({ time: '2026-11-04T00:00:00.000Z', severity: 'critical' });
const thursday = anAlert({ time: '2026-11-05T08:00:00.000Z', severity: 'low', subject: bob });

beforeAll(async () => {
  for (const alert of [thursday, monday, wednesday, tuesday]) await putAlert(store.table(), alert, NOW);
});

async function times(query: AlertQuery, order?: Order, table: Table = store.table()): Promise<string[]> {
  const found: string[] = [];
  for await (const { alert } of findAlerts(table, query, order)) found.push(alert.time.slice(8, 10));
  return found;
}

describe('the alerts table finds', () => {
  it('an alert by its id', async () => {
    expect((await findAlert(store.table(), tuesday.id))?.alert).toEqual(tuesday);
  });

  it('nothing for an id it does not have', async () => {
    expect(await findAlert(store.table(), 'f'.repeat(32))).toBeUndefined();
  });

  it('everything, oldest first', async () => {
    expect(await times({})).toEqual(['02', '03', '04', '05']);
  });

  it('what a subject has, newest first', async () => {
    expect(await times({ subjects: ['person:bob.tan@example.com'] }, 'newest first')).toEqual(['05', '03']);
  });

  it('a subject whose id is longer than a key may be', async () => {
    const id = `okta:${'ü'.repeat(1_500)}`;
    const alert = anAlert({ subject: { kind: 'device', id }, time: '2026-01-01T00:00:00.000Z' });
    await putAlert(store.table(), alert, NOW);
    expect(await times({ subjects: [`device:${id}`] })).toEqual(['01']);
    await actOnAlert(store.table(), alert.id, { verb: 'close', who: 'test', why: 'done', time: NOW });
  });

  it('those of some days and severities', async () => {
    const since = Date.UTC(2026, 10, 2);
    expect(await times({ since, until: Date.UTC(2026, 10, 5), severities: ['high', 'critical'] })).toEqual([
      '02',
      '04',
    ]);
  });

  it('a time from its first instant on and up to its last', async () => {
    const midnight = Date.UTC(2026, 10, 4);
    for (const severities of [undefined, ['critical'] as const]) {
      expect(await times({ since: midnight, until: midnight + 1, severities })).toEqual(['04']);
      expect(await times({ since: midnight - 1, until: midnight, severities })).toEqual([]);
    }
  });

  it('those of a detection', async () => {
    expect(await times({ detection: 'bulk-download' })).toEqual(['03']);
  });

  it('those that are open, oldest first, and no other', async () => {
    const table = store.table();
    const closed = anAlert({ time: '2026-11-06T08:00:00.000Z' });
    const withdrawn = anAlert({ time: '2026-11-07T08:00:00.000Z' });
    for (const alert of [closed, withdrawn]) await putAlert(table, alert, NOW);
    await actOnAlert(table, closed.id, { verb: 'close', who: 'test', why: 'done', time: NOW });
    await withdrawAlert(table, withdrawn.id, NOW + 1);
    const since = Date.UTC(2026, 10, 1);
    expect(await times({ since, statuses: ['open'] })).toEqual(['02', '03', '04', '05']);
    expect(await times({ since, statuses: ['closed'] })).toEqual(['06']);
    expect(await times({ since, statuses: ['withdrawn'] })).toEqual(['07']);
  });

  it('by every criterion at once', async () => {
    const subjects = ['person:ada.novak@example.com'];
    const until = Date.UTC(2026, 10, 4);
    expect(await times({ subjects, until, severities: ['high', 'critical'], statuses: ['open'] })).toEqual([
      '02',
    ]);
  });

  it('more alerts than one request gives', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      anAlert({ detection: 'mouse-jiggler', time: new Date(NOW + index).toISOString() }),
    );
    await Promise.all(many.map((alert) => putAlert(store.table(), alert, NOW)));
    const found: Alert[] = [];
    for await (const { alert } of findAlerts(store.table(), { detection: 'mouse-jiggler' }))
      found.push(alert);
    expect(found).toEqual(many);
  });

  it('the ids that begin with a few letters', async () => {
    expect(await findAlertIds(store.table(), monday.id.slice(0, 12))).toEqual([monday.id]);
    expect(await findAlertIds(store.table(), '')).toHaveLength(10);
  });

  it('the history of one alert, oldest first, and of no other', async () => {
    const alert = anAlert({ time: '2026-01-02T00:00:00.000Z' });
    await putAlert(store.table(), alert, NOW);
    for (const why of ['one', 'two', 'three'])
      await actOnAlert(store.table(), alert.id, { verb: 'note', who: 'ada', why, time: NOW });
    expect((await historyOf(store.table(), alert.id)).map(({ why }) => why)).toEqual([
      undefined,
      'one',
      'two',
      'three',
    ]);
    expect(await historyOf(store.table(), monday.id)).toHaveLength(1);
  });
});
