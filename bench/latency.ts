/**
 * `npm run bench -- latency`: from when a vendor lists what completes an alert to its SNS message, in the twin and by its
 * clock. That clock stands still while a function runs, so that this is what waiting takes: for the next poll, for the
 * queue's batch, for a stream.
 */
import type { Alert } from '../lib/core/alerts/alert.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../lib/core/time.ts';
import { columns } from '../lib/cli/columns.ts';
import type { Twin } from '../lib/simulator/twin/index.ts';
import { deployCompany } from './deployed-company.ts';
import { median, verdict } from './middle.ts';
import { troubledDay } from './troubled-day.ts';

const DAY = Date.UTC(2026, 10, 10);
const POLL_SECONDS = 300;
const BAR_SECONDS = POLL_SECONDS + 15;
/** Polls are not to begin with the minutes in which things happen. */
const OFFSET_MS = 97 * SECOND_MS;

const company = troubledDay(DAY);
const { twin, vendors, stop } = await deployCompany(company, {
  from: DAY + 6 * HOUR_MS + OFFSET_MS,
  every: '5 minutes',
});
try {
  console.log(
    'Latency: a company in the twin, read every five minutes; each record is listed when it happens.',
  );
  for (let next = vendors.next; next !== undefined; next = vendors.next) {
    await twin.runUntil(next);
    await vendors.listUntil(next, twin);
  }
  await twin.runUntil(twin.clock.now() + 30 * MINUTE_MS);
  const told = await firstTold(twin);
  const rows = [...Map.groupBy(told, ({ alert }) => feedsOf(alert))].sort(([a], [b]) => (a < b ? -1 : 1));
  console.log(
    columns([
      ['COMPLETED BY', 'ALERTS', 'MEDIAN s', 'MAX s', 'MEDIAN − POLL', 'MAX − POLL'],
      ...[['all', told] as const, ...rows].map(([feeds, these]) => {
        const seconds = these.map(secondsOf);
        const [middle, most] = [median(seconds), Math.max(...seconds)];
        return [
          feeds,
          String(these.length),
          ...[middle, most, middle - POLL_SECONDS, most - POLL_SECONDS].map((each) => each.toFixed(0)),
        ];
      }),
    ]),
  );
  const most = Math.max(...told.map(secondsOf));
  console.log(`slowest = ${most.toFixed(0)} s (bar ${BAR_SECONDS}): ${verdict(most, BAR_SECONDS)}`);
} finally {
  await stop();
}

interface Told {
  readonly alert: Alert;
  readonly toldTime: EpochMs;
}

/** Gives when each alert was told of by itself for the first time. */
async function firstTold({ aws }: Twin): Promise<readonly Told[]> {
  const told = new Map<string, Told>();
  for (const { message, byProtocol, time } of await aws.published()) {
    if (!byProtocol) continue;
    const alert = JSON.parse((JSON.parse(message) as { readonly default: string }).default) as Partial<Alert>;
    if (alert.id !== undefined && !told.has(alert.id))
      told.set(alert.id, { alert: alert as Alert, toldTime: time });
  }
  return [...told.values()];
}

/** An alert's time is that of the event that completed it, which is when its vendor listed it. */
function secondsOf({ alert, toldTime }: Told): number {
  return (toldTime - Date.parse(String(alert.time))) / SECOND_MS;
}

function feedsOf({ evidence, time }: Alert): string {
  const completing = evidence.filter((each) => each.time === time);
  return [...new Set(completing.map(({ source, feed }) => `${source} ${feed}`))].sort().join(', ');
}
