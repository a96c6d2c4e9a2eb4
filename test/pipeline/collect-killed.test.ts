/**
 * Kills collecting before and after each thing it does, or lets that fail, and lets the next run take over: against a
 * DynamoDB, an SQS and an S3 that speak their protocols, with vendors that are read by links and in windows that overlap.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { collect, type Collecting } from '../../lib/pipeline/collect.ts';
import { unpackEvents } from '../../lib/pipeline/event-message.ts';
import { openEventQueue } from '../../lib/pipeline/event-queue.ts';
import { openArchive } from '../../lib/stores/archive.ts';
import { documents, openTable, type Table } from '../../lib/stores/table.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';
import { signIn, TestVendor, type Way } from '../support/test-vendor.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const RUN_MS = 2 * MINUTE_MS;
const aws = new LocalAws();
let trials = 0;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
}, 20_000);
afterAll(() => aws.stop());

/** How a run ends at one of its steps: killed before or after it, or the step fails and the run goes on to its end. */
type End = 'killed before' | 'killed after' | 'failed';

/** A run whose step number `at` goes wrong. */
function dying(run: Collecting, at: number, end: End): { run: Collecting; reached: () => boolean } {
  let step = 0;
  const mortal = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      const own = ++step;
      if (own > at && end !== 'failed') throw new Error('killed');
      if (own === at && end !== 'killed after') throw new Error(end);
      const result = await work(...given);
      // Whatever was on its way when the process died got there; nobody was left to hear of it.
      if (step >= at && end !== 'failed') throw new Error('killed');
      return result;
    };
  };
  const { ledger, queue, archive } = run;
  const client = { send: mortal((command: never) => ledger.client.send(command)) };
  return {
    run: {
      ...run,
      ledger: { ...ledger, client } as unknown as Table,
      queue: { send: mortal(queue.send) },
      archive: archive === undefined ? undefined : { put: mortal(archive.put) },
    },
    reached: () => step >= at,
  };
}

class Trial {
  readonly clock = new TestClock(NOW);
  readonly vendor: TestVendor;
  #ledger!: Table;
  #queueUrl = '';
  #bucket = '';
  #runs = 0;

  constructor(way: Way) {
    this.vendor = new TestVendor(way);
  }

  async open(): Promise<this> {
    const name = `collect-killed-${trials++}`;
    this.#ledger = openTable(await aws.createTable(name));
    this.#queueUrl = await aws.createQueue(name);
    this.#bucket = await aws.createBucket(name);
    return this;
  }

  run(): Collecting {
    return {
      ledger: this.#ledger,
      queue: openEventQueue(this.#queueUrl),
      archive: openArchive(this.#bucket),
      clock: this.clock,
      token: `run-${this.#runs++}`,
      deadline: this.clock.time + MINUTE_MS,
      end: this.clock.time + RUN_MS,
      rejected: () => undefined,
    };
  }

  /** What detect would be given, each as often as it is sent. */
  async queued(): Promise<readonly string[]> {
    const messages = await aws.drain(this.#queueUrl);
    return messages.flatMap(({ Body = '' }) => unpackEvents(Body).events.map(({ uid }) => uid));
  }

  async archived(): Promise<{ records: readonly unknown[]; events: readonly unknown[] }> {
    const records = await aws.lines(this.#bucket, 'records/');
    const events = await aws.lines(this.#bucket, 'events/');
    return {
      records: records.map(({ record }) => (record as { uuid: unknown }).uuid),
      events: events.map(({ event }) => (event as { uid: unknown }).uid),
    };
  }
}

const BEFORE = ['a', 'b', 'c', 'd', 'e'];
const AFTER = ['late', 'f'];

/** One run that goes wrong at a step, then one that does not. Gives false when there is no such step any more. */
async function survives(way: Way, at: number, end: End): Promise<boolean> {
  const trial = await new Trial(way).open();
  const { vendor, clock } = trial;
  vendor.add(...BEFORE.map((uuid, index) => signIn(uuid, NOW - (30 - index) * MINUTE_MS)));
  const mortal = dying(trial.run(), at, end);
  await collect(vendor.collected, mortal.run).catch(() => undefined);
  const queuedFirst = await trial.queued();
  // What detect may speak of by now is in the archive.
  const { records } = await trial.archived();
  expect(records).toEqual(expect.arrayContaining([...queuedFirst]));

  clock.time += RUN_MS;
  vendor.add(signIn('late', NOW - 31 * MINUTE_MS), signIn('f', NOW + MINUTE_MS));
  await collect(vendor.collected, trial.run());
  const queued = [...queuedFirst, ...(await trial.queued())];
  const archived = await trial.archived();
  for (const uuid of [...BEFORE, ...AFTER]) {
    for (const list of [queued, archived.records, archived.events]) {
      expect({ at, end, uuid, there: list.includes(uuid) }).toEqual({ at, end, uuid, there: true });
      // Twice only what was on its way when the first run ended.
      expect(list.filter((each) => each === uuid).length).toBeLessThanOrEqual(2);
    }
  }
  const doubled = queued.length - BEFORE.length - AFTER.length;
  expect({ at, end, doubled: doubled > 2 }).toEqual({ at, end, doubled: false });

  // All is known now: what a third run lists is passed over.
  expect(await collect(vendor.collected, trial.run())).toMatchObject({ counts: { used: 0 }, more: false });
  return mortal.reached();
}

const ENDS: readonly End[] = ['killed before', 'killed after', 'failed'];

describe.each(['by-link', 'oldest-first', 'newest-first'] as const)('a feed that is read %s', (way) => {
  it.each(ENDS)(
    'loses nothing and doubles no more than a page, whichever step is %s',
    async (end) => {
      let at = 1;
      while (await survives(way, at, end)) expect(++at).toBeLessThan(100);
      // Taking the lease, reading what was seen, two archive objects, the queue, what was seen, the cursor.
      expect(at).toBeGreaterThan(10);
    },
    60_000,
  );
});

it('gets through when DynamoDB throttles each request once', async () => {
  const trial = await new Trial('newest-first').open();
  trial.vendor.add(...BEFORE.map((uuid, index) => signIn(uuid, NOW - (30 - index) * MINUTE_MS)));
  aws.throttles = [true, false, true, false, true, false];
  await collect(trial.vendor.collected, trial.run());
  expect([...(await trial.queued())].sort()).toEqual(BEFORE);
}, 20_000);

it.each([1, 2, 3, 4])(
  'loses nothing when DynamoDB throttles for good from request %d on',
  async (from) => {
    const trial = await new Trial('oldest-first').open();
    trial.vendor.add(...BEFORE.map((uuid, index) => signIn(uuid, NOW - (30 - index) * MINUTE_MS)));
    aws.throttles = [...Array<boolean>(from - 1).fill(false), ...Array<boolean>(50).fill(true)];
    const run = trial.run();
    // Without the client's own tries, of which the test before has seen one.
    const client = documents(new DynamoDBClient({ maxAttempts: 1 }));
    const impatient = { ...run, ledger: { ...run.ledger, client } };
    await expect(collect(trial.vendor.collected, impatient)).rejects.toThrow('too much at once');
    aws.throttles = [];
    trial.clock.time += RUN_MS;
    await collect(trial.vendor.collected, trial.run());
    expect([...new Set(await trial.queued())].sort()).toEqual(BEFORE);
  },
  20_000,
);

it('writes nothing over the cursor of the run that took its place', async () => {
  const trial = await new Trial('oldest-first').open();
  const { vendor, clock } = trial;
  vendor.add(...BEFORE.map((uuid, index) => signIn(uuid, NOW - (30 - index) * MINUTE_MS)));
  const slow = trial.run();
  const queue = slow.queue;
  // It hangs in its first page until another run has read everything.
  const hanging: Collecting = {
    ...slow,
    queue: {
      async send(events) {
        if (clock.time === NOW) {
          clock.time += RUN_MS;
          await collect(vendor.collected, trial.run());
        }
        await queue.send(events);
      },
    },
  };
  await expect(collect(vendor.collected, hanging)).rejects.toMatchObject({ code: 'LEASE_LOST' });
  expect(await collect(vendor.collected, trial.run())).toMatchObject({
    counts: { records: 5, repeated: 5 },
    moved: false,
  });
});
