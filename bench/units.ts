/**
 * `npm run bench -- units`: what an event costs on its way. The demo's company lives some days in the twin with a
 * poll every five minutes. Units of DynamoDB are what the twin's tables reckon as AWS does, indexes included; requests
 * are counted; time is that of a function's own thread.
 */
import { DAY_MS, HOUR_MS, type EpochMs } from '../lib/core/time.ts';
import { demoCompany, type Company, type Dated } from '../lib/simulator/company/demo-company.ts';
import { playCompany } from '../lib/simulator/company/play.ts';
import { withBusyDay } from './busy-day.ts';
import { deployCompany } from './deployed-company.ts';
import { verdict } from './middle.ts';
import { Tally } from './tally.ts';
import { functionTable, kindsOf, kindTable, sumOf } from './unit-tables.ts';

const SEED = 7;
const BAR = { writes: 1, reads: 0.5 };
/** What is spent anyhow is shared by: 1,000 people of fifty events. */
const EVENTS_A_DAY = 50_000;
/** The second Monday of the demo’s fortnight. Its stories begin on Tuesday afternoon. */
const MONDAY = Date.UTC(2026, 10, 9);
const QUIET_HOURS = 6;
const PARTS = [
  { name: 'Monday: a few events a person, whom nobody has seen before', until: on(1) },
  { name: 'Tuesday: fifty events a person', until: on(2) },
  { name: 'Wednesday: fifty events a person, as the day before', until: on(3) },
  { name: 'Thursday and Friday: a few events a person, and two stories', until: on(5) },
] as const;
const BUSY_DAYS = [1, 2];

const company = BUSY_DAYS.reduce(
  (before, day) => withBusyDay(before, SEED, on(day) + 13 * HOUR_MS),
  since(MONDAY, demoCompany(on(7), SEED)),
);
const { twin, vendors, stop } = await deployCompany(company, {
  from: MONDAY - 2 * HOUR_MS,
  every: '5 minutes',
});
try {
  console.log('Units: a company of 61 in the twin, read every five minutes.');
  await playCompany(twin, vendors, MONDAY);
  let calls = (await twin.aws.calls()).length;
  const quiet = await part('Nothing happens', MONDAY + QUIET_HOURS * HOUR_MS);
  const hourly = kindsOf(quiet, 1 / QUIET_HOURS);
  console.log(`An hour:\n${functionTable(quiet, QUIET_HOURS)}\n${kindTable(hourly)}`);
  const { writes, reads } = sumOf(kindsOf(quiet, 24 / QUIET_HOURS));
  console.log(
    `A day: ${writes.toFixed(0)} write units, ${reads.toFixed(0)} read units; ` +
      `${(writes / EVENTS_A_DAY).toFixed(3)} and ${(reads / EVENTS_A_DAY).toFixed(3)} an event at ${EVENTS_A_DAY} a day.`,
  );
  for (const { name, until } of PARTS) {
    const hours = (until - twin.clock.now()) / HOUR_MS;
    const used = process.cpuUsage();
    const tally = await part(name, until);
    const { user, system } = process.cpuUsage(used);
    report(tally, hours, (user + system) / 1e3);
  }
  const failed = twin.invocations.filter(({ outcome }) => !outcome.ok).length;
  if (failed > 0) console.log(`\n${failed} invocations failed: these are not the numbers of a sound run`);

  async function part(name: string, until: EpochMs): Promise<Tally> {
    const tally = new Tally(twin, company.people);
    await playCompany(twin, vendors, until, tally.listeners);
    calls = await tally.countCalls(calls);
    console.log(`\n# ${name}`);
    return tally;
  }

  function report(tally: Tally, hours: number, cpuMs: number): void {
    const { watched, told, messages, evaluations, evaluationsTogether } = tally;
    const each = kindsOf(tally, 1 / watched, kindsOf(quiet, hours / QUIET_HOURS));
    const detectMs = tally.functions.get('detect')?.cpuMs ?? 0;
    console.log(`${watched} watched events of vendors and ${told} among subjects, in ${messages} messages`);
    console.log(
      `${evaluations} evaluations; ${evaluationsTogether}, were an invocation’s messages taken together`,
    );
    console.log(
      `CPU an event: ${(detectMs / watched).toFixed(1)} ms in detect, ${(cpuMs / watched).toFixed(0)} ms in all, the twin included\n`,
    );
    console.log(functionTable(tally));
    console.log(`A watched event, without what is spent when nothing happens:\n${kindTable(each)}`);
    const sum = sumOf(each);
    for (const what of ['writes', 'reads'] as const)
      console.log(`${what} = ${sum[what].toFixed(2)} (bar ${BAR[what]}): ${verdict(sum[what], BAR[what])}`);
  }
} finally {
  await stop();
}

function on(day: number): EpochMs {
  return MONDAY + day * DAY_MS;
}

/** Leaves out what happened before. */
function since(time: EpochMs, whole: Company): Company {
  const later = (records: readonly Dated[]): readonly Dated[] => records.filter(({ at }) => at >= time);
  return {
    ...whole,
    okta: later(whole.okta),
    entra: later(whole.entra),
    drive: later(whole.drive),
    cloudtrail: later(whole.cloudtrail),
  };
}
