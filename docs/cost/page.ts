/** Renders docs/cost.md. */
import { durationText, MINUTE_MS } from '../../lib/core/time.ts';
import { DEPLOYED } from './deployed.ts';
import { count, money, number, short, table } from './format.ts';
import { firstRunText, growthTable, limitTable, sweepText } from './growth.ts';
import { ASSUMED, MEASURED, MEASURED_ON, type Measured } from './measured.ts';
import { monthlyBill, totalOf, type Item } from './model.ts';
import { PRICES, PRICES_ON, type PriceId } from './prices.ts';
import { CALENDAR, EVERY_MINUTES, FEEDS, RECORDS_A_DAY, WATCHED_A_DAY } from './volumes.ts';

const SIZES = [100, 1_000, 10_000, 100_000] as const;
/** For 1,000 people, in US dollars a month. */
const BAR_USD = 15;
const BAR_WRITE_UNITS = 1;
const BAR_READ_UNITS = 0.5;
/** An Azure module that takes in 1,000 events an hour, by its authors’ own estimate. */
const PEER = { low: 30, high: 60 } as const;
const PEER_PAGE = 'https://github.com/aws-samples/sample-aws-security-lake-integrations';
/** An item that costs less everywhere is not worth a line. */
const WORTH_A_LINE_USD = 0.05;

const BILLS = SIZES.map((people) => ({ people, items: monthlyBill(people) }));

export function costPage(note: string): string {
  return `# What it costs

${note}
A deployment that reads Okta, Microsoft, Google Workspace and an AWS organization trail every ${EVERY_MINUTES} minutes, in
us-east-1, on demand, in US dollars a month, without tax. Prices are AWS’s list prices as known on ${PRICES_ON}; check them.
What AWS gives away every month is for the whole account: it counts in full only where nothing else runs there. Nothing
of this was billed by AWS yet: units are measured on the [twin](twin.md), volumes are assumptions.

${totals()}

## The bill

${billTable()}

Not in it: what people ask in Athena (5 USD a TB read; a query stops at 100 GB), data events of the organization trail,
which the trail’s owner pays, and vendors’ licences. The key costs 1 USD more after each of its first two yearly rotations.
Alerts are never deleted; the bill is that of a deployment a year old.

${dominating()}

## Beside the bar and the one published figure

${bar()}

${peer()}

## What gives way first

In people, at the volumes below and a poll of ${EVERY_MINUTES} minutes. Nothing is lost there: a feed’s polls take longer than
the time between them, or the queue grows in the morning and shrinks at night. Alarms say so (\`feed-lag\`, \`queue-lag\`).

${limitTable()}

Ten and a hundred times each size:

${growthTable(SIZES)}

- *The partition \`open\` of the alerts’ index \`by-status\`* takes 1,000 writes a second. As many alerts as the detections
  expect never come near it; everybody at once does, for a minute or two, and the queue holds the rest
  ([decision 4](decisions/0004-alerts-are-not-sharded.md)).
- *The hourly sweep* reads the alerts table from end to end (\`standingAlerts\` in lib/stores/notified.ts): ${sweepText()}
- *A first run* brings a fortnight: ${firstRunText()}
- *Concurrent runs*: the functions need some twenty at once. A new AWS account may have as few as ten: ask for more before
  the first deployment.

## What goes in

### Prices

${table(
  ['service', 'what', 'USD', 'for', 'given away a month', 'page'],
  Object.values(PRICES).map(({ service, what, usd, per, free, page }) => [
    service,
    what,
    String(usd),
    count(per),
    free === 0 ? '' : count(free),
    `<${page}>`,
  ]),
)}

### Volumes

${CALENDAR.workingDaysAMonth} working days of ${CALENDAR.hours} hours a month, a fifth of a day’s records in its busiest
hour. Together ${RECORDS_A_DAY} records of a person and working day, of which a detection watches ${number(WATCHED_A_DAY)}.
What your vendors have is in the metrics \`RecordsRead\` and \`EventsWatched\`.

${table(
  ['feed', 'every', 'overlap', 'records', 'watched', 'why'],
  FEEDS.map((feed) => [
    `${feed.vendor} \`${feed.id}\``,
    durationText(feed.everyMinutes * MINUTE_MS),
    feed.overlapMinutes === 0 ? '' : durationText(feed.overlapMinutes * MINUTE_MS),
    `${feed.records}${feed.reads === 'listing' ? ' each time' : ''}`,
    String(feed.watched),
    feed.because,
  ]),
)}

### Measured

On ${MEASURED_ON}: \`node bench/cost-units.ts\` runs the synthesised templates on the twin, 24 people with the volumes above, and
takes the fourth working day less a Sunday; the twin reckons DynamoDB’s units by AWS’s rule, indexes included.
\`node bench/cost-processor.ts\` measures processor time; a processor of Lambda’s is taken to be as quick.

${measuredTable(MEASURED)}

### Assumed

${measuredTable(ASSUMED)}
`;
}

function totals(): string {
  return table(
    ['people', ...SIZES.map((people) => count(people))],
    [
      ['list price', ...BILLS.map(({ items }) => money(totalOf(items, 'usd')))],
      ['less what AWS gives away', ...BILLS.map(({ items }) => money(totalOf(items, 'usdAfterFree')))],
      [
        'a person',
        ...BILLS.map(({ people, items }) => (totalOf(items, 'usd') / people).toFixed(people > 999 ? 3 : 2)),
      ],
    ],
  );
}

function billTable(): string {
  const worthIt = (id: PriceId): boolean =>
    BILLS.some(({ items }) => itemOf(items, id).usd >= WORTH_A_LINE_USD);
  const ids = (Object.keys(PRICES) as PriceId[]).filter(worthIt);
  const rows = ids.map((id) => {
    const { service, what } = PRICES[id];
    return [`${service}: ${what}`, ...BILLS.map(({ items }) => cell(itemOf(items, id)))];
  });
  const rest = BILLS.map(({ items }) =>
    items.filter(({ price }) => !ids.includes(price)).reduce((sum, { usd }) => sum + usd, 0),
  );
  return table(
    ['', ...SIZES.map((people) => count(people))],
    [
      ...rows,
      ['all the rest', ...rest.map(money)],
      ['**together**', ...BILLS.map(({ items }) => `**${money(totalOf(items, 'usd'))}**`)],
    ],
  );
}

function dominating(): string {
  const lines = BILLS.map(({ people, items }) => {
    const total = totalOf(items, 'usd');
    const [first, second, third] = byService(items);
    const share = ([name, usd]: readonly [string, number]): string =>
      `${name} ${Math.round((100 * usd) / total)} %`;
    return `- ${count(people)} people: ${[first, second, third].flatMap((each) => (each === undefined ? [] : [share(each)])).join(', ')}.`;
  });
  return `What dominates:

${lines.join('\n')}

Small companies pay for being watched over: metrics, alarms, the dashboard, key and secrets cost ${money(fixedUsd())} whoever
works there, and polls that find nothing ${money(pollUsd())}. Large ones pay for reading each subject anew with every message.`;
}

function bar(): string {
  const items = monthlyBill(1_000);
  const [usd, afterFree] = [totalOf(items, 'usd'), totalOf(items, 'usdAfterFree')];
  const alarms = itemOf(items, 'alarmMetrics');
  const perFunction = 2 * DEPLOYED.functions;
  const units = (measured: number, limit: number): string =>
    `${measured} (${measured <= limit ? 'met' : 'missed'})`;
  return `Our bar is ${BAR_USD} USD a month for 1,000 people. At list prices it is **${usd <= BAR_USD ? 'met' : 'missed'}: ${money(usd)}**; in an
account of its own, where all that AWS gives away counts, it is ${afterFree <= BAR_USD ? 'met' : 'missed'}: ${money(afterFree)}. CloudWatch alone is
${money(byName(items, 'CloudWatch'))}: ${alarms.quantity} metrics that alarms look at, ${perFunction} of them the errors and throttles of ten functions; a dashboard;
${itemOf(items, 'metrics').quantity} metrics of our own. Without the dashboard, and with one metric in the place of those ${perFunction} (the account’s errors
of all functions), it would be ${money(usd - itemOf(items, 'dashboards').usd - (perFunction - 1) * 0.1)}.

The bars for DynamoDB are ${BAR_WRITE_UNITS} write unit and ${BAR_READ_UNITS} read units a watched event. Measured: ${units(MEASURED.eventWriteUnits.value, BAR_WRITE_UNITS)} and
${units(MEASURED.eventReadUnits.value, BAR_READ_UNITS)}. A message reads its subject’s log of the last days, some hundred
items of half a KB; [decision 6](decisions/0006-a-log-holds-hours-and-crowds-wait.md) says why. At 1,000 people that is ${money(itemOf(items, 'readUnits').usd)}.`;
}

function peer(): string {
  const perHour = (people: number): number =>
    (people * RECORDS_A_DAY * CALENDAR.workingDaysAMonth) / (CALENDAR.daysAMonth * 24);
  const people = Math.round(1_000 / perHour(1));
  const [small, large] = [monthlyBill(1_000), monthlyBill(10_000)];
  const marginal =
    (totalOf(large, 'usd') - totalOf(small, 'usd')) / ((perHour(10_000) - perHour(1_000)) / 1_000);
  return `The one figure that a peer publishes is ${PEER.low} to ${PEER.high} USD a month for 1,000 events an hour (the Azure module of
[sample-aws-security-lake-integrations](${PEER_PAGE}), its authors’ estimate; it forwards events and keeps them, and finds
nothing in them). 1,000 records an hour, nights and weekends included, are ${people} people here: ${money(totalOf(monthlyBill(people), 'usd'))}, nearly all of it
fixed. Each further 1,000 an hour cost ${money(marginal)}.`;
}

function measuredTable(of: Readonly<Record<string, Measured>>): string {
  return table(
    ['', '', 'what'],
    Object.values(of).map(({ value, unit, what }) => [count(value), unit, what]),
  );
}

function fixedUsd(): number {
  const ids: readonly PriceId[] = ['metrics', 'alarmMetrics', 'dashboards', 'keys', 'secrets'];
  return ids.reduce((sum, id) => sum + itemOf(monthlyBill(0), id).usd, 0);
}

function pollUsd(): number {
  return totalOf(monthlyBill(0), 'usd') - fixedUsd();
}

function byService(items: readonly Item[]): readonly (readonly [string, number])[] {
  const services = [...new Set(Object.values(PRICES).map(({ service }) => service))];
  return services.map((service) => [service, byName(items, service)] as const).sort(([, a], [, b]) => b - a);
}

function byName(items: readonly Item[], service: string): number {
  return items
    .filter(({ price }) => PRICES[price].service === service)
    .reduce((sum, { usd }) => sum + usd, 0);
}

function itemOf(items: readonly Item[], id: PriceId): Item {
  const item = items.find(({ price }) => price === id);
  if (item === undefined) throw new RangeError(`no item ${id}`);
  return item;
}

function cell({ quantity, usd }: Item): string {
  return `${money(usd)} (${short(quantity)})`;
}
