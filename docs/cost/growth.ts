/** What gives way as a company grows, as docs/cost.md shows it. */
import { count, number, rounded, table } from './format.ts';
import { detectLimit, limits } from './limits.ts';
import { ASSUMED } from './measured.ts';
import { PRICES } from './prices.ts';
import { CALENDAR } from './volumes.ts';

export function limitTable(): string {
  return table(
    ['from', 'what', 'why', 'the way past'],
    limits().map(({ what, people, because, wayPast }) => [rounded(people), what, because, wayPast]),
  );
}

/** Says what is met first at ten and a hundred times each size. */
export function growthTable(sizes: readonly number[]): string {
  return table(
    ['people', 'at 10 times', 'at 100 times'],
    sizes.map((people) => [count(people), firstAt(10 * people), firstAt(100 * people)]),
  );
}

function firstAt(people: number): string {
  const met = limits().filter((limit) => limit.people <= people && limit.isAvoided !== true);
  const [first, ...others] = met;
  const size = `${count(people)}: `;
  if (first === undefined) return `${size}none`;
  return `${size}${first.what}${others.length === 0 ? '' : `, and ${others.length} more of the table`}`;
}

export function sweepText(): string {
  const bytes = ASSUMED.alertBytes.value;
  const alertsFor = (usd: number): number =>
    (usd * PRICES.readUnits.per * 8_192) / (PRICES.readUnits.usd * 730 * bytes);
  return `0.5 read units for each 4 KB, ${count(Math.round(alertsFor(1) / 1e3) * 1e3)} alerts a dollar a month, ${count(Math.round(alertsFor(10) / 1e4) * 1e4)} ten dollars. Time runs out far later.`;
}

export function firstRunText(): string {
  const daysAnHour = detectLimit().people * CALENDAR.busiestHourShare;
  const hoursOf = (people: number): string => number((10 * people) / daysAnHour);
  return `ten working days, which detect evaluates in ${hoursOf(1_000)} hours at 1,000 people and ${hoursOf(100_000)} at 100,000, at most: events that come together are evaluated together. Meanwhile the alarm for the queue rings.`;
}
