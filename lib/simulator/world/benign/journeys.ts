/** Days on which somebody is neither at home nor at the office. */
import type { Line } from '../geography.ts';
import { oneOf, times } from '../chance.ts';
import { CITIES, type CityName } from '../places/cities.ts';
import { inDays, RATES } from '../rates.ts';
import type { Worker } from '../worker.ts';
import type { Scene } from './scene.ts';

export interface Journey {
  /** The first and the last day, on which they travel and do not work. */
  readonly from: number;
  readonly to: number;
  readonly city: CityName;
  readonly line: Line;
  readonly why: 'foreign-trip' | 'off-site';
}

const ABROAD: readonly CityName[] = [
  'London',
  'Paris',
  'Barcelona',
  'Rome',
  'Lisbon',
  'Amsterdam',
  'Copenhagen',
  'Athens',
  'Berlin',
  'Istanbul',
  'Dubai',
  'New York',
  'San Francisco',
  'Toronto',
  'Mexico City',
  'Buenos Aires',
  'Singapore',
  'Osaka',
  'Sydney',
  'Bengaluru',
];
const LEAST_DAYS = 3;
const MOST_DAYS = 10;
const YEAR_DAYS = 365;

/** Draws somebody's journeys abroad; none overlaps another. */
export function tripsOf(
  { random, staff, isUneventful }: Worker,
  { window: { days }, book }: Scene,
): readonly Journey[] {
  if (isUneventful) return [];
  const trips: Journey[] = [];
  const abroad = ABROAD.filter((city) => CITIES[city].countryCode !== staff.city.countryCode);
  for (let left = times(random, (RATES.foreignTripsYearly * days) / YEAR_DAYS); left > 0; left--) {
    const from = random.between(0, days - 1);
    const to = from + random.between(LEAST_DAYS, MOST_DAYS) - 1;
    const city = oneOf(random, abroad);
    if (city === undefined || trips.some((other) => from <= other.to + 1 && to >= other.from - 1)) continue;
    trips.push({ from, to, city, line: { v4: book.with(random).hotel(city) }, why: 'foreign-trip' });
  }
  return trips;
}

/** Two days in one hotel, and who is there. */
export interface OffSite extends Journey {
  readonly people: ReadonlySet<Worker>;
}

const OFF_SITE_CITIES = ['Lisbon', 'Nashville', 'Barcelona', 'Denver'] as const;
const AWAY_DAYS = 4;

/** Draws the gatherings of the window; at most half of the company goes to one. */
export function offSitesOf(
  { window: { days }, book, workers }: Scene,
  random: Worker['random'],
): readonly OffSite[] {
  return Array.from({ length: days < 2 * AWAY_DAYS ? 0 : RATES.offSites }, () => {
    const city = random.pick(OFF_SITE_CITIES);
    const from = random.between(1, days - AWAY_DAYS - 1);
    const people = new Set<Worker>();
    const most = Math.min(RATES.offSitePeople, Math.floor(workers.length / 2));
    while (people.size < most) people.add(random.pick(workers as [Worker, ...Worker[]]));
    const line = { v4: book.with(random).hotel(city) };
    return { from, to: from + AWAY_DAYS - 1, city, line, why: 'off-site', people };
  });
}

/** Days on which somebody works at a colleague's home. */
export function visitsOf(
  { random, city, isUneventful }: Worker,
  { window: { days }, workers }: Scene,
): ReadonlyMap<number, Worker> {
  const hosts = workers.filter((host) => host.city === city && host.office === undefined);
  const visits = new Map<number, Worker>();
  if (isUneventful) return visits;
  for (let left = times(random, inDays(RATES.visitsMonthly, days)); left > 0; left--) {
    const host = oneOf(random, hosts);
    if (host !== undefined && host.random !== random) visits.set(random.between(0, days - 1), host);
  }
  return visits;
}
