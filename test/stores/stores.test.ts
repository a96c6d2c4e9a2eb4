import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../../lib/core/alerts/alert.ts';
import { newSubject } from '../../lib/core/engine/state.ts';
import type { Event } from '../../lib/core/events/index.ts';
import { stableId } from '../../lib/core/hash.ts';
import type { SubjectRef } from '../../lib/core/people/subject.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { findAlert, putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import { releaseLease, saveCursor, takeLease } from '../../lib/stores/cursors.ts';
import { appendEvents, findKnown, readLog } from '../../lib/stores/subject-log.ts';
import { readSubject, saveSubject, type Kept } from '../../lib/stores/subjects.ts';
import { eventMark } from '../../lib/stores/ledger-keys.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const aws = new LocalAws();
let table: Table;
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  table = openTable(await aws.createTable(`table-${tables++}`));
});

describe('the log of a subject', () => {
  const ada: SubjectRef = { kind: 'person', id: 'ada.novak@example.com' };

  function signIn(uid: string, time: number): Event {
    return {
      kind: 'authentication',
      activity: 'logon',
      status: 'success',
      interactive: true,
      time,
      source: 'okta',
      feed: 'system-log',
      uid,
    };
  }

  it('gives back what was appended, in order of time', async () => {
    await appendEvents(table, ada, [signIn('b', NOW), signIn('a', NOW - HOUR_MS)], NOW);
    expect((await readSubject(table, ada, NOW)).events).toEqual([
      signIn('a', NOW - HOUR_MS),
      signIn('b', NOW),
    ]);
  });

  it('holds an event once, however often it is appended', async () => {
    await appendEvents(table, ada, [signIn('a', NOW), signIn('a', NOW)], NOW);
    await appendEvents(table, ada, [signIn('a', NOW)], NOW);
    expect((await readSubject(table, ada, NOW)).events).toHaveLength(1);
  });

  it('takes more events at once than DynamoDB does', async () => {
    const events = Array.from({ length: 60 }, (_, index) => signIn(`e${index}`, NOW - index * MINUTE_MS));
    await appendEvents(table, ada, events, NOW);
    expect((await readSubject(table, ada, NOW)).events).toHaveLength(60);
  });

  it('takes ids longer than a key may be', async () => {
    await appendEvents(table, ada, [signIn('x'.repeat(2_000), NOW)], NOW);
    expect((await readSubject(table, ada, NOW)).events).toHaveLength(1);
  });

  it('keeps subjects apart', async () => {
    await appendEvents(table, ada, [signIn('a', NOW)], NOW);
    expect((await readSubject(table, { ...ada, kind: 'account' }, NOW)).events).toEqual([]);
  });

  it('gives events of two weeks ago while nothing is sealed', async () => {
    await appendEvents(table, ada, [signIn('a', NOW - 13 * DAY_MS)], NOW);
    expect((await readSubject(table, ada, NOW)).events).toHaveLength(1);
  });

  it('leaves out what is sealed', async () => {
    const events = [signIn('old', NOW - 5 * DAY_MS), signIn('open', NOW - 3 * DAY_MS), signIn('new', NOW)];
    await appendEvents(table, ada, events, NOW);
    await saveSubject(table, ada, keptUntil(NOW - 4 * DAY_MS), NEW, NOW);
    const { events: open } = await readSubject(table, ada, NOW);
    expect(open.map(({ uid }) => uid)).toEqual(['open', 'new']);
  });

  it('refuses a state that was read before somebody else saved', async () => {
    const before = await readSubject(table, ada, NOW);
    expect(await saveSubject(table, ada, keptUntil(1), before, NOW)).toBeDefined();
    expect(await saveSubject(table, ada, keptUntil(2), before, NOW)).toBeUndefined();
    expect((await readSubject(table, ada, NOW)).kept?.state.sealedUntil).toBe(1);
  });

  it('keeps an event once that arrives again in other company', async () => {
    await appendEvents(table, ada, [signIn('a', NOW), signIn('b', NOW)], NOW);
    await appendEvents(table, ada, [signIn('b', NOW), signIn('c', NOW)], NOW);
    const { events } = await readSubject(table, ada, NOW);
    expect(events.map(({ uid }) => uid)).toEqual(['a', 'b', 'c']);
  });

  it('knows what it has, sealed or not', async () => {
    await appendEvents(table, ada, [signIn('old', NOW - 5 * DAY_MS), signIn('new', NOW)], NOW);
    await saveSubject(table, ada, keptUntil(NOW - DAY_MS), NEW, NOW);
    const [old, other] = [signIn('old', NOW - 5 * DAY_MS), signIn('other', NOW - 5 * DAY_MS)];
    expect(await findKnown(table, ada, [old, other])).toEqual(new Set([eventMark(old)]));
  });

  it('takes little room for what arrives together', async () => {
    const events = Array.from({ length: 250 }, (_, index) => signIn(`e${index}`, NOW + index));
    await appendEvents(table, ada, events, NOW);
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    const bytes = Items.reduce((sum, { events: packed }) => sum + (packed as Uint8Array).length, 0);
    expect(bytes).toBeLessThan(250 * 100);
  });

  it('gives a log that is longer than an answer piece by piece, in order', async () => {
    const count = 6_000;
    const random = (index: number): string =>
      Array.from({ length: 20 }, (_, n) => stableId(index, n)).join('');
    for (let start = 0; start < count; start += 250) {
      const some = Array.from({ length: 250 }, (_, index) => start + index);
      const events = some.map((n) => signIn(`${n}-${random(n)}`, NOW - ((n * 7_919) % count) * 1_000));
      await appendEvents(table, ada, events, NOW);
    }
    expect((await readSubject(table, ada, NOW)).isCrowded).toBe(true);
    const times: number[] = [];
    let pieces = 0;
    for await (const { events } of readLog(table, ada, 0, NOW)) {
      pieces++;
      times.push(...events.map(({ time }) => time));
    }
    expect(times).toHaveLength(count);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(pieces).toBeGreaterThan(1);
  });

  it('gives an hour that is longer than an answer piece by piece, beside a state', async () => {
    const count = 12_000;
    const hour = Math.floor(NOW / HOUR_MS) * HOUR_MS;
    for (let start = 0; start < count; start += 250) {
      const events = Array.from({ length: 250 }, (_, index) =>
        signIn(`${stableId(start, index)}${stableId(index, start)}`, hour + (start + index) * 250),
      );
      await appendEvents(table, ada, events, NOW);
      await appendEvents(table, ada, events.slice(100), NOW);
    }
    await saveSubject(table, ada, keptUntil(1), NEW, NOW);
    const parts: number[] = [];
    const times: number[] = [];
    for await (const { events } of readLog(table, ada, 0, NOW)) {
      parts.push(events.length);
      times.push(...events.map(({ time }) => time));
    }
    expect(times).toEqual(Array.from({ length: count }, (_, index) => hour + index * 250));
    expect(Math.max(...parts)).toBeLessThan(count);
  });

  it('knows an event again for as long as a dead letter may be sent back', async () => {
    await appendEvents(table, ada, [signIn('a', NOW)], NOW);
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(Items[0]?.['expiresAt']).toBeGreaterThan((NOW + 14 * DAY_MS) / 1_000);
  });

  it('reads again whatever a message can hold, however much of it is the same', async () => {
    const userAgent = 'a'.repeat(172_000);
    const events = Array.from({ length: 250 }, (_, n) => ({ ...signIn(`e${n}`, NOW), userAgent }) as Event);
    await appendEvents(table, ada, events, NOW);
    expect((await readSubject(table, ada, NOW)).events).toHaveLength(250);
  });

  const LARGE = Object.fromEntries(
    Array.from({ length: 30_000 }, (_, index) => [stableId(index), stableId(index, 'x')]),
  );

  it('keeps a state that is larger than an item', async () => {
    const large = { ...keptUntil(1), written: LARGE };
    expect(await saveSubject(table, ada, large, NEW, NOW)).toBeDefined();
    const first = await readSubject(table, ada, NOW);
    expect(first.kept).toEqual(large);
    expect(await saveSubject(table, ada, keptUntil(2), first, NOW)).toBeDefined();
    expect((await readSubject(table, ada, NOW)).kept?.state.sealedUntil).toBe(2);
    const { Count } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(Count).toBe(1);
  });

  it('finds a large state that came back while its earlier self was being taken away', async () => {
    const large = { ...keptUntil(1), written: LARGE };
    await saveSubject(table, ada, large, NEW, NOW);
    const first = await readSubject(table, ada, NOW);
    let isBack = false;
    const slow = {
      name: table.name,
      client: {
        send: async (command: never) => {
          if (!isBack && (command as unknown) instanceof DeleteCommand) {
            isBack = true;
            await saveSubject(table, ada, large, await readSubject(table, ada, NOW), NOW);
          }
          return table.client.send(command);
        },
      },
    } as unknown as Table;
    await saveSubject(slow, ada, keptUntil(2), first, NOW);
    expect(isBack).toBe(true);
    expect((await readSubject(table, ada, NOW)).kept).toEqual(large);
  });

  it('refuses the state of a newer Ringer rather than misread it', async () => {
    const newer = { ...keptUntil(1), state: { ...newSubject(), version: 99 } } as unknown as Kept;
    await saveSubject(table, ada, newer, NEW, NOW);
    await expect(readSubject(table, ada, NOW)).rejects.toMatchObject({ code: 'INVARIANT' });
  });

  const NEW = { version: 0, parts: undefined };

  function keptUntil(sealedUntil: number): Kept {
    return { state: { ...newSubject(), sealedUntil }, written: {}, late: [] };
  }
});

describe('the lease of a feed', () => {
  const feed = { connection: 'main', feed: 'system-log' };

  it('is one run’s at a time', async () => {
    expect(await takeLease(table, feed, 'first', NOW, NOW + MINUTE_MS)).toBeDefined();
    expect(await takeLease(table, feed, 'second', NOW + 1, NOW + MINUTE_MS)).toBeUndefined();
  });

  it('is another feed’s no business', async () => {
    await takeLease(table, feed, 'first', NOW, NOW + MINUTE_MS);
    expect(
      await takeLease(table, { ...feed, connection: 'other' }, 'second', NOW, NOW + MINUTE_MS),
    ).toBeDefined();
  });

  it('gives the next run the cursor', async () => {
    const lease = await takeLease(table, feed, 'first', NOW, NOW + MINUTE_MS);
    await saveCursor(table, lease!, { next: 'link' }, NOW);
    await releaseLease(table, lease!);
    expect((await takeLease(table, feed, 'second', NOW, NOW + MINUTE_MS))?.cursor).toEqual({ next: 'link' });
  });

  it('ends by itself when a run dies', async () => {
    await takeLease(table, feed, 'died', NOW, NOW + MINUTE_MS);
    expect(await takeLease(table, feed, 'second', NOW + MINUTE_MS, NOW + 2 * MINUTE_MS)).toBeDefined();
  });

  it('lets a run that lost it write nothing', async () => {
    const lost = await takeLease(table, feed, 'slow', NOW, NOW + MINUTE_MS);
    await takeLease(table, feed, 'second', NOW + MINUTE_MS, NOW + 2 * MINUTE_MS);
    await expect(saveCursor(table, lost!, { next: 'old' }, NOW)).rejects.toMatchObject({
      code: 'LEASE_LOST',
    });
    await releaseLease(table, lost!);
    expect(await takeLease(table, feed, 'third', NOW + MINUTE_MS, NOW + 2 * MINUTE_MS)).toBeUndefined();
  });
});

describe('the alerts table', () => {
  const alert: Alert = {
    schemaVersion: 1,
    id: '0123456789abcdef0123456789abcdef',
    detection: 'impossible-travel',
    family: 'geolocation',
    title: 'Impossible travel',
    severity: 'high',
    confidence: 'high',
    subject: { kind: 'person', id: 'ada.novak@example.com' },
    related: [],
    time: '2026-11-02T12:00:00.000Z',
    firstSeen: '2026-11-02T12:00:00.000Z',
    lastSeen: '2026-11-02T12:00:00.000Z',
    count: 2,
    status: 'open',
    summary: 'Signed in from two places.',
    why: [],
    benign: [],
    next: [],
    evidence: [],
    attack: [],
  };

  it('gives back the alert that was put', async () => {
    await putAlert(table, alert, 1);
    expect((await findAlert(table, alert.id))?.alert).toEqual(alert);
  });

  it('is not written when nothing changed', async () => {
    expect(await putAlert(table, alert, 1)).toBe(true);
    expect(await putAlert(table, alert, 2)).toBe(false);
  });

  it('keeps what a newer state said', async () => {
    await putAlert(table, { ...alert, count: 3 }, 2);
    expect(await putAlert(table, alert, 1)).toBe(false);
    expect((await findAlert(table, alert.id))?.alert.count).toBe(3);
  });

  it('shows an alert that no longer stands as withdrawn, and open again when it does', async () => {
    await putAlert(table, alert, 1);
    await withdrawAlert(table, alert.id, 2);
    expect((await findAlert(table, alert.id))?.alert.status).toBe('withdrawn');
    await putAlert(table, alert, 3);
    expect((await findAlert(table, alert.id))?.alert.status).toBe('open');
  });
});
