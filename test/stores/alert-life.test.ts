import type { Alert } from '../../lib/core/alerts/alert.ts';
import type { Action } from '../../lib/stores/alert-life.ts';
import { findTold, recordTold } from '../../lib/stores/notified.ts';
import { actOnAlert, findAlert, putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import { alertStore, anAlert, historyOf } from './alert-store.ts';

const store = alertStore();
const NOW = Date.UTC(2026, 10, 2, 12);

const act = (alert: Alert, verb: Action['verb'], more: Partial<Action> = {}): ReturnType<typeof actOnAlert> =>
  actOnAlert(store.table(), alert.id, { verb, who: 'ada', why: `${verb} it`, time: NOW, ...more });

const put = (alert: Alert, revision: number): Promise<boolean> => putAlert(store.table(), alert, revision);
const statusOf = async ({ id }: Alert) => (await findAlert(store.table(), id))?.alert.status;
const changesOf = async ({ id }: Alert) => (await historyOf(store.table(), id)).map(({ what }) => what);

async function raised(but: Partial<Alert> = {}): Promise<Alert> {
  const alert = anAlert(but);
  await put(alert, NOW);
  return alert;
}

describe('an alert', () => {
  it('begins its history with being raised', async () => {
    const alert = await raised();
    expect(await historyOf(store.table(), alert.id)).toEqual([
      {
        ...{ sequence: 1, time: '2026-11-02T12:00:00.000Z', by: 'engine', who: 'ringer', what: 'raised' },
        ...{ status: 'open', severity: 'medium', count: 2 },
      },
    ]);
  });

  it('keeps who closed it, when and why', async () => {
    const alert = await raised();
    await act(alert, 'close', { who: 'arn:aws:iam::123456789012:user/ada', why: 'on holiday' });
    expect((await historyOf(store.table(), alert.id))[1]).toEqual({
      ...{ sequence: 2, time: '2026-11-02T12:00:00.000Z', by: 'person', what: 'closed', why: 'on holiday' },
      ...{ who: 'arn:aws:iam::123456789012:user/ada', status: 'closed', severity: 'medium', count: 2 },
    });
  });

  it.each([
    ['open', [], { acknowledge: 'acknowledged', close: 'closed', reopen: undefined, note: 'open' }],
    [
      'acknowledged',
      ['acknowledge'],
      { acknowledge: undefined, close: 'closed', reopen: 'open', note: 'acknowledged' },
    ],
    ['closed', ['close'], { acknowledge: undefined, close: undefined, reopen: 'open', note: 'closed' }],
  ] as const)('that is %s goes where each verb leads', async (_, before, verbs) => {
    for (const [verb, to] of Object.entries(verbs) as [Action['verb'], string | undefined][]) {
      const alert = await raised();
      for (const each of before) await act(alert, each);
      const outcome = await act(alert, verb);
      expect(outcome !== undefined && 'alert' in outcome ? outcome.alert.status : undefined).toBe(to);
    }
  });

  it('says who was first when it cannot be closed again', async () => {
    const alert = await raised();
    await act(alert, 'close');
    expect(await act(alert, 'close', { who: 'bob' })).toEqual({
      refused: 'it is closed already; last changed by ada at 2026-11-02T12:00:00.000Z',
    });
  });

  it('that is not there cannot be acted on', async () => {
    expect(await act(anAlert(), 'close')).toBeUndefined();
  });
});

describe('what the engine sees of a closed alert', () => {
  it('leaves it closed and says that it grew', async () => {
    const alert = await raised();
    await act(alert, 'close');
    expect(await put({ ...alert, count: 3 }, NOW + 1)).toBe(true);
    expect(await statusOf(alert)).toBe('closed');
    expect((await historyOf(store.table(), alert.id)).at(-1)).toMatchObject({
      ...{ by: 'engine', what: 'grew', why: '2 events are now 3', status: 'closed' },
    });
  });

  it('opens it again when it has become more urgent', async () => {
    const alert = await raised();
    await act(alert, 'close');
    await put({ ...alert, severity: 'high' }, NOW + 1);
    expect(await statusOf(alert)).toBe('open');
    expect((await historyOf(store.table(), alert.id)).at(-1)).toMatchObject({
      what: 'reopened',
      why: 'more urgent than when it was judged: rose from medium to high',
    });
  });

  it('does not open it when it sinks and comes back to what was judged', async () => {
    const alert = await raised({ severity: 'high' });
    await act(alert, 'close');
    await put({ ...alert, severity: 'low' }, NOW + 1);
    await put({ ...alert, severity: 'high', count: 3 }, NOW + 2);
    expect(await statusOf(alert)).toBe('closed');
  });

  it('opens an acknowledged one too: only open alerts are told to anybody', async () => {
    const alert = await raised();
    await act(alert, 'acknowledge');
    await put({ ...alert, severity: 'critical' }, NOW + 1);
    expect(await statusOf(alert)).toBe('open');
  });

  it('leaves it closed when it is withdrawn and stands again', async () => {
    const alert = await raised();
    await act(alert, 'close');
    await withdrawAlert(store.table(), alert.id, NOW + 1);
    expect(await statusOf(alert)).toBe('closed');
    await put(alert, NOW + 2);
    expect(await statusOf(alert)).toBe('closed');
    expect(await changesOf(alert)).toEqual(['raised', 'closed', 'withdrawn', 'stands again']);
  });
});

describe('the history', () => {
  it('tells of growth each time the count has doubled, not each time', async () => {
    const alert = await raised({ count: 1 });
    for (let count = 2; count <= 40; count++) await put({ ...alert, count }, NOW + count);
    const counts = (await historyOf(store.table(), alert.id)).map((entry) => entry.count);
    expect(counts).toEqual([1, 2, 4, 8, 16, 32]);
  });

  it('says nothing when the engine says the same again', async () => {
    const alert = await raised();
    expect(await put(alert, NOW + 1)).toBe(false);
    expect(await changesOf(alert)).toEqual(['raised']);
  });

  it('says nothing of what an older state saw', async () => {
    const alert = await raised();
    expect(await put({ ...alert, severity: 'critical' }, NOW - 1)).toBe(false);
    expect(await withdrawAlert(store.table(), alert.id, NOW - 1)).toBe(false);
    expect(await changesOf(alert)).toEqual(['raised']);
  });
});

describe('two at once', () => {
  it('close an alert once, and the second is told', async () => {
    const alert = await raised();
    const outcomes = await Promise.all([
      act(alert, 'close', { who: 'ada' }),
      act(alert, 'close', { who: 'bob' }),
    ]);
    expect(outcomes.filter((each) => each !== undefined && 'refused' in each)).toHaveLength(1);
    expect(await changesOf(alert)).toEqual(['raised', 'closed']);
  });

  it('write both their notes', async () => {
    const alert = await raised();
    await Promise.all(['ada', 'bob', 'eve'].map((who) => act(alert, 'note', { who })));
    const who = (await historyOf(store.table(), alert.id)).map((entry) => entry.who);
    expect(who.sort()).toEqual(['ada', 'bob', 'eve', 'ringer']);
  });

  it('do not close what has become worse since they looked', async () => {
    const alert = await raised();
    await put({ ...alert, severity: 'critical' }, NOW + 1);
    expect(await act(alert, 'close', { judging: 'medium' })).toEqual({
      refused: 'it has become critical meanwhile; look at it again',
    });
    expect(await statusOf(alert)).toBe('open');
  });

  it('keep what the other wrote: what was sent stays when somebody acts', async () => {
    const alert = await raised();
    await recordTold(store.table(), alert.id, 'topic', 'medium', NOW);
    await act(alert, 'acknowledge');
    expect((await findTold(store.table(), alert.id)).get('topic')).toBe('medium');
  });
});
