import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { openSeenRecords, type Identified, type SeenRecords } from '../../lib/stores/seen-records.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const FEED = { connection: 'main', feed: 'sign-ins' };
const aws = new LocalAws();
let table: Table;
let tables = 0;
let runs = 0;
/** Since when each query read. */
let queries: number[];

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  table = openTable(await aws.createTable(`seen-${tables++}`));
  queries = [];
});

/** A run an hour of overlap long, at a time. */
function at(time: number, feed = FEED): SeenRecords {
  const client = {
    send(command: { input: { ExpressionAttributeValues?: Record<string, string> } }) {
      const from = command.input.ExpressionAttributeValues?.[':from'];
      if (from !== undefined) queries.push(Number(from.slice('seen#'.length)));
      return table.client.send(command as never);
    },
  } as unknown as Table['client'];
  const run = { feed, token: `run-${runs++}` };
  return openSeenRecords({ ...table, client }, run, time - HOUR_MS, () => time);
}

function record(key: string, time?: number): Identified {
  return time === undefined ? { key } : { key, time };
}

it('knows in a later run what was remembered in an earlier one', async () => {
  await at(NOW).remember([record('a'), record('b')]);
  expect(await at(NOW + 5 * MINUTE_MS).unseen([record('a'), record('c'), record('b')])).toEqual([
    record('c'),
  ]);
});

it('knows nothing of what was listed and not remembered', async () => {
  await at(NOW).unseen([record('a')]);
  expect(await at(NOW).unseen([record('a')])).toEqual([record('a')]);
});

it('gives a record once that a page lists twice', async () => {
  expect(await at(NOW).unseen([record('a'), record('a')])).toHaveLength(1);
});

it('knows within a run what it has remembered', async () => {
  const seen = at(NOW);
  await seen.unseen([record('a')]);
  await seen.remember([record('a')]);
  expect(await seen.unseen([record('a')])).toEqual([]);
});

it('keeps feeds apart', async () => {
  await at(NOW).remember([record('a')]);
  const other = at(NOW, { ...FEED, feed: 'other-sign-ins' });
  expect(await other.unseen([record('a')])).toHaveLength(1);
});

it('reads nothing when nothing is listed', async () => {
  await at(NOW).unseen([]);
  expect(queries).toEqual([]);
});

it('reads back as far as the overlap, and once', async () => {
  const seen = at(NOW);
  await seen.unseen([record('a', NOW)]);
  await seen.unseen([record('b', NOW - 50 * MINUTE_MS)]);
  expect(queries).toEqual([NOW - 75 * MINUTE_MS]);
});

it('reads further back when an event is older, as in a daily sweep', async () => {
  const old = record('old', NOW - 23 * HOUR_MS);
  await at(NOW - 22 * HOUR_MS).remember([old]);
  expect(await at(NOW).unseen([old, record('late', NOW - 20 * HOUR_MS)])).toEqual([
    record('late', NOW - 20 * HOUR_MS),
  ]);
});

it('does not read further back for an old event that was seen within the overlap', async () => {
  const old = record('old', NOW - 23 * HOUR_MS);
  await at(NOW - 10 * MINUTE_MS).remember([old]);
  await at(NOW).unseen([old]);
  expect(queries).toHaveLength(1);
});

it('reads back three days at most, for the events of a first run', async () => {
  const seen = at(NOW);
  await seen.unseen([record('a', NOW - 13 * DAY_MS)]);
  await seen.unseen([record('b', NOW - 14 * DAY_MS)]);
  expect(queries).toEqual([NOW - 75 * MINUTE_MS, NOW - 3 * DAY_MS]);
});

it('remembers more than fits into an item or an answer', async () => {
  const many = Array.from({ length: 150_000 }, (_, index) => record(`record-${index}`));
  await at(NOW).remember(many);
  const again = await at(NOW).unseen([...many, record('new')]);
  expect(again).toEqual([record('new')]);
}, 20_000);

it('costs eight bytes a record', async () => {
  const seen = at(NOW);
  await seen.remember(Array.from({ length: 1_000 }, (_, index) => record(`record-${index}`)));
  const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
  expect(Items.map((item) => (item['hashes'] as Uint8Array).length)).toEqual([8_000]);
});
