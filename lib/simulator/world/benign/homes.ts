/** Where somebody lives from day to day, and on what line. */
import type { Line } from '../geography.ts';
import { happens, oneOf, times } from '../chance.ts';
import { CITIES, NEIGHBOURS, type CityName } from '../places/cities.ts';
import { inDays, RATES } from '../rates.ts';
import type { Worker } from '../worker.ts';
import type { Scene } from './scene.ts';

/** From a day on, until the next. */
export interface Home {
  readonly day: number;
  readonly city: CityName;
  readonly line: Line;
  /** It is in another city than the one before. */
  readonly isMove?: true;
}

const WEEK_DAYS = 7;
/** Share of a wandering line's addresses that databases put into the next town. */
const NEXT_TOWN = 0.4;

/** Cities that people move between. */
const MOVES: readonly CityName[] = [
  'Austin',
  'Denver',
  'New York',
  'Chicago',
  'Atlanta',
  'Portland',
  'Toronto',
  'Vancouver',
  'London',
  'Berlin',
  'Munich',
  'Paris',
  'Lyon',
  'Madrid',
  'Barcelona',
  'Milan',
  'Rome',
  'Bengaluru',
  'Hyderabad',
];

/** Gives somebody's homes, the first from day 0 on. */
export function homesOf(worker: Worker, { window: { days }, book, causes }: Scene): readonly Home[] {
  const { random, staff, office, habits } = worker;
  const lines = book.with(random);
  const homes: Home[] = [{ day: 0, city: worker.city, line: worker.line }];
  if (worker.isUneventful) return homes;
  const move =
    office === undefined && happens(random, inDays(RATES.movesMonthly, days))
      ? random.between(1, days)
      : days;
  const target = oneOf(
    random,
    MOVES.filter((city) => city !== worker.city && CITIES[city].countryCode === staff.city.countryCode),
  );
  if (move < days && target !== undefined) {
    causes.note('moved', staff.address);
    homes.push({ day: move, city: target, line: lines.line(target), isMove: true });
    if (move + random.between(...RATES.moveRecordedDays) <= days) worker.recorded = CITIES[target];
  }
  const cityOn = (day: number): CityName => homes.findLast((home) => home.day <= day)?.city ?? worker.city;
  for (let left = times(random, inDays(RATES.newProviderMonthly, days)); left > 0; left--) {
    const day = random.between(1, days - 1);
    causes.note('new-provider', staff.address);
    homes.push({ day, city: cityOn(day), line: lines.line(cityOn(day)) });
  }
  for (let day = WEEK_DAYS; habits.addressWanders && day < days; day += WEEK_DAYS) {
    const city = cityOn(day);
    const town = happens(random, NEXT_TOWN) ? (NEIGHBOURS[city] ?? city) : city;
    causes.note('wandering-address', staff.address);
    homes.push({ day, city, line: lines.line(town) });
  }
  return homes.sort((a, b) => a.day - b.day);
}
