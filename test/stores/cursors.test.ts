import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { saveAndRelease, saveCursor, takeLease, type Lease } from '../../lib/stores/cursors.ts';
import { historyAfter, type FeedHistory } from '../../lib/stores/feed-history.ts';
import { readHistory } from '../../lib/stores/last-read.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const FEED = { connection: 'main', feed: 'system-log' };
const aws = new LocalAws();
let table: Table;
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  table = openTable(await aws.createTable(`cursors-${tables++}`));
});

async function lease(token = 'run', now = NOW): Promise<Lease> {
  const taken = await takeLease(table, FEED, token, now, now + MINUTE_MS);
  if (taken === undefined) throw new Error('taken by another');
  return taken;
}

it('saves the cursor and gives the feed back in one write', async () => {
  const progress = { cursor: { next: 'link' }, records: 3, last: true };
  expect(await saveAndRelease(table, await lease(), progress, NOW)).toBe(true);
  expect((await lease('next')).cursor).toEqual({ next: 'link' });
});

it('lets an old run overwrite nothing, in whichever way it saves', async () => {
  const old = await lease('old');
  const newer = await lease('newer', NOW + MINUTE_MS);
  await saveCursor(table, newer, 'newer', NOW + MINUTE_MS);
  await expect(saveCursor(table, old, 'old', NOW + 2 * MINUTE_MS)).rejects.toMatchObject({
    code: 'LEASE_LOST',
  });
  expect(
    await saveAndRelease(table, old, { cursor: 'old', records: 1, last: true }, NOW + 2 * MINUTE_MS),
  ).toBe(false);
  expect((await lease('third', NOW + 3 * MINUTE_MS)).cursor).toBe('newer');
});

it('knows when the cursor last became another', async () => {
  const saved = await saveCursor(table, await lease(), { to: 1 }, NOW);
  const again = { cursor: { to: 1 }, records: 0, last: true };
  await saveAndRelease(table, saved, again, NOW + 2 * MINUTE_MS);
  expect(await lease('next')).toMatchObject({ movedAt: NOW, history: { lastRead: NOW + 2 * MINUTE_MS } });
});

it('takes no feed for read that brings something and gets nowhere', async () => {
  const saved = await saveCursor(table, await lease(), { to: 1 }, NOW);
  const stuck = { cursor: { to: 1 }, records: 5, last: false };
  await saveAndRelease(table, saved, stuck, NOW + 2 * HOUR_MS);
  expect(await readHistory(table, FEED)).toEqual({
    lastRead: NOW,
    lastArrived: NOW + 2 * HOUR_MS,
    recordsByDay: { '2026-11-02': 5 },
    gaps: [],
  });
});

it('keeps how much was read, by day, and when something last came', async () => {
  let saved = await saveCursor(table, await lease(), 1, NOW, 5);
  saved = await saveCursor(table, saved, 2, NOW + MINUTE_MS, 2);
  saved = await saveCursor(table, saved, 3, NOW + DAY_MS, 7);
  await saveCursor(table, saved, 4, NOW + DAY_MS + MINUTE_MS, 0);
  expect(await readHistory(table, FEED)).toEqual({
    lastRead: NOW + DAY_MS + MINUTE_MS,
    lastArrived: NOW + DAY_MS,
    recordsByDay: { '2026-11-02': 7, '2026-11-03': 7 },
    gaps: [{ from: NOW + MINUTE_MS, to: NOW + DAY_MS }],
  });
});

it('knows nothing of a feed that was never read', async () => {
  expect(await readHistory(table, FEED)).toEqual({ recordsByDay: {}, gaps: [] });
});

describe('the history of a feed', () => {
  const NONE: FeedHistory = { recordsByDay: {}, gaps: [] };
  const after = (times: readonly number[], records = 1) =>
    times.reduce((history, time) => historyAfter(history, records, true, time), NONE);

  it('has no gap while readings are less than an hour apart', () => {
    expect(after([NOW, NOW + 59 * MINUTE_MS]).gaps).toEqual([]);
  });

  it('forgets days and gaps after eight days', () => {
    const late = NOW + 9 * DAY_MS;
    const history = after([NOW, NOW + 2 * HOUR_MS, late, late + MINUTE_MS]);
    expect(history.recordsByDay).toEqual({ '2026-11-11': 2 });
    expect(history.gaps).toEqual([{ from: NOW + 2 * HOUR_MS, to: late }]);
    expect(after([NOW, NOW + 2 * HOUR_MS, late, late + 8 * DAY_MS]).gaps).toEqual([
      { from: late, to: late + 8 * DAY_MS },
    ]);
  });

  it('keeps a long gap among many of a feed that is read every six hours', () => {
    const times = Array.from({ length: 28 }, (_, index) => NOW + index * 6 * HOUR_MS);
    const without = times.filter((_, index) => index < 5 || index > 8);
    const { gaps } = after(without);
    expect(gaps).toHaveLength(10);
    expect(Math.max(...gaps.map(({ from, to }) => to - from))).toBe(30 * HOUR_MS);
  });

  it('stays small enough for one write unit with its cursor', async () => {
    let taken = await lease();
    const cursor = { next: `https://acme.okta.com/api/v1/logs?${'x'.repeat(300)}`, newest: NOW };
    for (let turn = 0; turn < 32; turn++) {
      taken = await saveCursor(table, taken, { ...cursor, turn }, NOW + turn * 6 * HOUR_MS, 123_456);
    }
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    expect(Items[0]).toMatchObject({ leaseToken: 'run', gaps: { length: 10 } });
    const { ConsumedCapacity } = await table.client.send(
      new PutCommand({ TableName: table.name, Item: Items[0], ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(ConsumedCapacity?.CapacityUnits).toBe(1);
  });
});
