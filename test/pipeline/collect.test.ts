import type { Event } from '../../lib/core/events/index.ts';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { collect, type Collecting, type Outcome } from '../../lib/pipeline/collect.ts';
import { MOSCOW, sessionStart } from '../../lib/simulator/okta/records.ts';
import { systemLog } from '../../lib/sources/okta/system-log.ts';
import type { Page, Reader } from '../../lib/sources/reader.ts';
import { takeLease } from '../../lib/stores/cursors.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const FEED = { connection: 'main', feed: 'system-log' };
const aws = new LocalAws();
let ledger: Table;
let tables = 0;
let sent: Event[];
let rejections: string[];

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  ledger = openTable(await aws.createTable(`collect-${tables++}`));
  sent = [];
  rejections = [];
});

/** Pages of one record each; the cursor is the number of the next. */
function pagesOf(...records: readonly unknown[]): Reader {
  return async function* (cursor): AsyncGenerator<Page> {
    const start = typeof cursor === 'number' ? cursor : 0;
    for (let index = start; index < records.length; index++) {
      await Promise.resolve();
      yield { records: [records[index]], cursor: index + 1, last: index === records.length - 1 };
    }
  };
}

function record(uuid: string): unknown {
  return sessionStart({
    uuid,
    time: NOW,
    login: 'ada.novak@example.com',
    name: 'Ada Novak',
    ip: '192.0.2.10',
    place: MOSCOW,
  });
}

function run(read: Reader, over: Partial<Collecting> = {}): Promise<Outcome> {
  const collecting: Collecting = {
    ledger,
    queue: {
      send: (events) => {
        sent.push(...events);
        return Promise.resolve();
      },
    },
    clock: new TestClock(NOW),
    token: 'run',
    deadline: NOW + MINUTE_MS,
    end: NOW + 2 * MINUTE_MS,
    rejected: (because) => rejections.push(because),
    ...over,
  };
  return collect({ connection: 'main', feed: systemLog, read }, collecting);
}

it('sends the events of every page', async () => {
  const outcome = await run(pagesOf(record('a'), record('b')));
  expect(sent.map(({ uid }) => uid)).toEqual(['a', 'b']);
  expect(outcome).toEqual({
    outcome: 'collected',
    counts: { records: 2, used: 2, skipped: 0, rejected: 0, events: 2 },
    more: false,
  });
});

it('counts every record as exactly one of used, skipped and rejected', async () => {
  const damaged = { ...(record('c') as object), published: 'soon' };
  const outcome = await run(
    pagesOf(record('a'), { ...(record('b') as object), eventType: 'app.user_management' }, damaged, 7),
  );
  expect(outcome).toMatchObject({ counts: { records: 4, used: 1, skipped: 1, rejected: 2 } });
  expect(rejections).toEqual(['published: expected a time, got "soon"', 'record: expected an object']);
});

it('reads on where the last run stopped', async () => {
  await run(pagesOf(record('a')));
  await run(pagesOf(record('a'), record('b')));
  expect(sent.map(({ uid }) => uid)).toEqual(['a', 'b']);
});

it('reads a page again whose events did not reach the queue', async () => {
  const lost = { send: () => Promise.reject(new Error('no queue')) };
  await expect(run(pagesOf(record('a')), { queue: lost })).rejects.toThrow('no queue');
  await run(pagesOf(record('a')));
  expect(sent.map(({ uid }) => uid)).toEqual(['a']);
});

it('keeps the pages before a failure', async () => {
  const failing: Reader = async function* (cursor, options) {
    yield* pagesOf(record('a'))(cursor, options);
    throw new Error('vendor failed');
  };
  await expect(run(failing)).rejects.toThrow('vendor failed');
  await run(pagesOf(record('a'), record('b')));
  expect(sent.map(({ uid }) => uid)).toEqual(['a', 'b']);
});

it('leaves a feed alone that another run has', async () => {
  await takeLease(ledger, FEED, 'other', NOW, NOW + MINUTE_MS);
  expect(await run(pagesOf(record('a')))).toEqual({ outcome: 'busy' });
  expect(sent).toEqual([]);
});

it('stops when another run has taken the feed over', async () => {
  const overtaken: Reader = async function* (cursor, options) {
    for await (const page of pagesOf(record('a'), record('b'))(cursor, options)) {
      yield page;
      await takeLease(ledger, FEED, 'other', NOW + 3 * MINUTE_MS, NOW + 4 * MINUTE_MS);
    }
  };
  await expect(run(overtaken)).rejects.toMatchObject({ code: 'LEASE_LOST' });
});

it('says that more is waiting when time ran out', async () => {
  const outOfTime: Reader = async function* () {
    await Promise.resolve();
    yield { records: [record('a')], cursor: 1, last: false };
  };
  expect(await run(outOfTime)).toMatchObject({ more: true });
});
