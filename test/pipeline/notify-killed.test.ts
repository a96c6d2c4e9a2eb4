/** Kills notify and the sweep before and after each thing they do, and lets the next run take over. */
import { HOUR_MS } from '../../lib/core/time.ts';
import { notifyMissed } from '../../lib/pipeline/notify-missed.ts';
import { notify, type Notifying } from '../../lib/pipeline/notify.ts';
import { putAlert } from '../../lib/stores/alerts.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { ALERT, alertNumber } from '../support/alerts.ts';
import { testChannel, type TestChannel } from '../support/channels.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.parse(ALERT.time) + HOUR_MS;
const aws = new LocalAws();
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());

/** A run that dies at its step number `at`: before doing it, or after but before it knows. */
function dying(
  run: Notifying,
  at: number,
  when: 'before' | 'after',
): { run: Notifying; died: () => boolean } {
  let step = 0;
  const mortal = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      const own = ++step;
      if (own > at || (own === at && when === 'before')) throw new Error('killed');
      const result = await work(...given);
      // Whatever was on its way when the process died got there; nobody was left to hear of it.
      if (step >= at) throw new Error('killed');
      return result;
    };
  };
  const table = ({ name, client }: Table): Table =>
    ({ name, client: { send: mortal((command: never) => client.send(command)) } }) as unknown as Table;
  const channels = run.channels.map((channel) => ({ ...channel, send: mortal(channel.send) }));
  return {
    run: { ...run, alerts: table(run.alerts), ledger: table(run.ledger), channels },
    died: () => step >= at,
  };
}

interface Trial {
  readonly run: Notifying;
  readonly channels: readonly TestChannel[];
}

async function trial(count: number): Promise<Trial> {
  const alerts = openTable(await aws.createTable(`alerts-${tables}`));
  const ledger = openTable(await aws.createTable(`ledger-${tables++}`));
  for (let number = 1; number <= count; number++) {
    await putAlert(alerts, alertNumber(number, { severity: 'high' }), 1);
  }
  const channels = [testChannel('topic'), testChannel('slack-C0EXAMPLE')];
  return {
    run: { alerts, ledger, channels, clock: new TestClock(NOW), failed: () => undefined },
    channels,
  };
}

/** Kills at every step in turn until a run gets through, and gives how often each channel was told each time. */
async function countsUnderKills(
  count: number,
  work: (run: Notifying) => Promise<unknown>,
  after: (run: Notifying) => Promise<unknown>,
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const when of ['before', 'after'] as const) {
    for (let at = 1; ; at++) {
      const { run, channels } = await trial(count);
      const mortal = dying(run, at, when);
      await work(mortal.run).catch(() => undefined);
      const died = mortal.died();
      await after(run);
      counts.push(...channels.map(({ sent }) => sent.length));
      if (!died) break;
      expect(at).toBeLessThan(200);
    }
  }
  return counts;
}

const one = alertNumber(1).id;

it('tells once or twice when notify is killed anywhere and given the record again', async () => {
  const counts = await countsUnderKills(
    1,
    (run) => notify(one, run),
    (run) => notify(one, run),
  );
  expect(new Set(counts)).toEqual(new Set([1, 2]));
});

it('tells once or twice when notify is killed anywhere and its record is lost', async () => {
  const counts = await countsUnderKills(
    1,
    (run) => notify(one, run),
    (run) => notifyMissed(run),
  );
  expect(new Set(counts)).toEqual(new Set([1, 2]));
});

it('tells once or twice when the sweep is killed anywhere', async () => {
  const counts = await countsUnderKills(
    1,
    (run) => notifyMissed(run),
    (run) => notifyMissed(run),
  );
  expect(new Set(counts)).toEqual(new Set([1, 2]));
});

it('makes one digest or two when the sweep is killed anywhere, or tells the rest one by one', async () => {
  const told = async (run: Notifying) => notifyMissed(run);
  const counts = await countsUnderKills(12, told, told);
  // A digest, and after a death in the middle of recording it, at most ten of its alerts again.
  expect(Math.min(...counts)).toBe(1);
  expect(Math.max(...counts)).toBeLessThanOrEqual(11);
});

it('tells once when every record of the stream comes twice', async () => {
  const { run, channels } = await trial(1);
  await notify(one, run);
  await notify(one, run);
  expect(channels.map(({ sent }) => sent.length)).toEqual([1, 1]);
});
