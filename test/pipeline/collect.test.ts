import type { Event } from '../../lib/core/events/index.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { collect, type Collecting, type Outcome } from '../../lib/pipeline/collect.ts';
import { systemLog } from '../../lib/sources/okta/system-log.ts';
import type { Page, Reader } from '../../lib/sources/reader.ts';
import type { Feed, Normalized, RawRecord } from '../../lib/sources/source.ts';
import { takeLease } from '../../lib/stores/cursors.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';
import { signIn, TestVendor } from '../support/test-vendor.ts';

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

function record(uuid: string): RawRecord {
  return signIn(uuid, NOW);
}

function run(read: Reader, over: Partial<Collecting> = {}): Promise<Outcome> {
  const what = { connection: 'main', id: 'system-log', overlapMinutes: 0, feed: systemLog, read };
  return collect(what, collecting(over));
}

function collecting(over: Partial<Collecting> = {}): Collecting {
  return {
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
}

it('sends the events of every page', async () => {
  const outcome = await run(pagesOf(record('a'), record('b')));
  expect(sent.map(({ uid }) => uid)).toEqual(['a', 'b']);
  expect(outcome).toEqual({
    outcome: 'collected',
    counts: { records: 2, used: 2, skipped: 0, rejected: 0, repeated: 0, events: 2 },
    more: false,
    moved: true,
  });
});

it('counts every record as exactly one of used, skipped and rejected', async () => {
  const damaged = { ...record('c'), published: 'soon' };
  const outcome = await run(
    pagesOf(record('a'), { ...record('b'), eventType: 'app.user_management' }, damaged, 7),
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
  expect(await run(outOfTime)).toMatchObject({ more: true, moved: true });
});

it('says so when a run that ran out of time got nowhere', async () => {
  const stuck: Reader = async function* () {
    await Promise.resolve();
    yield { records: [record('a')], cursor: 'start', last: false };
  };
  await run(stuck);
  expect(await run(stuck)).toMatchObject({ more: true, moved: false });
});

it('rejects what is said to happen more than a day from now', async () => {
  await run(pagesOf({ ...record('a'), published: new Date(NOW + 2 * DAY_MS).toISOString() }));
  expect(sent).toEqual([]);
  expect(rejections).toEqual(['the time 2026-11-04T12:00:00.000Z is more than a day ahead of the clock']);
});

describe('a normaliser of ours', () => {
  /** Collects the records a and b, of which the first meets a normaliser that is wrong about it. */
  async function collectWith(
    mistake: (right: Normalized) => Normalized,
    wide: RawRecord = record('a'),
  ): Promise<void> {
    const feed: Feed = {
      ...systemLog,
      normalize(raw, reading) {
        const right = systemLog.normalize(raw, reading);
        return raw['uuid'] === 'a' ? mistake(right) : right;
      },
    };
    const what = { connection: 'main', id: 'system-log', overlapMinutes: 0, feed };
    await collect({ ...what, read: pagesOf(wide, record('b')) }, collecting());
  }

  it('may fail on a record, and the next is read', async () => {
    await collectWith(() => {
      throw new TypeError('of ada.novak@example.com');
    });
    expect(sent.map(({ uid }) => uid)).toEqual(['b']);
    expect(rejections).toEqual(['Ringer failed on it (TypeError): please report it']);
  });

  it('may make an event too large for the queue, and the next is sent', async () => {
    const text = 'x'.repeat(200_000);
    await collectWith(
      (right) =>
        right.outcome === 'events'
          ? { ...right, events: right.events.map((event) => ({ ...event, uid: text })) }
          : right,
      { ...record('a'), text },
    );
    expect(sent.map(({ uid }) => uid.slice(0, 9))).toEqual(['b']);
    expect(rejections).toEqual([expect.stringMatching(/^an event of 20\d{4} bytes is too large$/)]);
  });
});

it('passes over a second copy of what an overlap lists again', async () => {
  const vendor = new TestVendor('newest-first');
  vendor.add(signIn('a', NOW - 10 * MINUTE_MS), signIn('b', NOW - 5 * MINUTE_MS));
  await collect(vendor.collected, collecting());
  vendor.add(signIn('late', NOW - 20 * MINUTE_MS));
  expect(await collect(vendor.collected, collecting())).toMatchObject({
    counts: { records: 3, used: 1, repeated: 2 },
  });
  expect(sent.map(({ uid }) => uid)).toEqual(['b', 'a', 'late']);
});

it('keeps feeds of one kind of record apart', async () => {
  const what = { connection: 'main', overlapMinutes: 0, feed: systemLog, read: pagesOf(record('a')) };
  await collect({ ...what, id: 'sign-ins' }, collecting());
  await collect({ ...what, id: 'other-sign-ins' }, collecting());
  expect(sent).toHaveLength(2);
});

it('costs two writes when there is nothing new', async () => {
  const vendor = new TestVendor('oldest-first');
  vendor.add(...Array.from({ length: 9 }, (_, index) => signIn(`e${index}`, NOW - index * MINUTE_MS)));
  await collect(vendor.collected, collecting());
  const commands: string[] = [];
  const client = {
    send(command: { constructor: { name: string } }) {
      commands.push(command.constructor.name);
      return ledger.client.send(command as never);
    },
  } as unknown as Table['client'];
  await collect(vendor.collected, collecting({ ledger: { ...ledger, client } }));
  expect(commands).toEqual(['UpdateCommand', 'QueryCommand', 'UpdateCommand']);
});
