/** Everybody honest: who works here, where, since when and until when. */
import { DAY_MS, startOfDay, type EpochMs } from '../../../core/time.ts';
import type { Random } from '../../random.ts';
import { happens, randomOf, weighted } from '../chance.ts';
import type { CityName } from '../places/cities.ts';
import { CITIES } from '../places/cities.ts';
import { inDays, RATES } from '../rates.ts';
import type { Staff } from '../staff.ts';
import { addressOf, makeStaff } from './make-staff.ts';
import { nameAt } from './names.ts';
import type { Office } from './offices.ts';

export interface Window {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly days: number;
}

/** One of the staff, and the office they go to. */
export interface Placed {
  readonly staff: Staff;
  readonly city: CityName;
  readonly office?: Office;
}

const DEPARTMENTS: readonly (readonly [string, number])[] = [
  ['Engineering', 38],
  ['Sales', 14],
  ['Support', 12],
  ['Product', 8],
  ['Marketing', 7],
  ['Operations', 7],
  ['Finance', 6],
  ['IT', 4],
  ['People', 3],
  ['Legal', 1],
];

/** Where remote employees live. */
const HOMES: readonly (readonly [CityName, number])[] = [
  ...(['Austin', 'New York', 'San Francisco', 'Seattle', 'Boston', 'Chicago'] as const).map(
    (city) => [city, 6] as const,
  ),
  ...(['Denver', 'Atlanta', 'Los Angeles', 'Portland', 'Raleigh'] as const).map((city) => [city, 4] as const),
  ...(['Minneapolis', 'Phoenix', 'Salt Lake City', 'Nashville'] as const).map((city) => [city, 2] as const),
  ...(['Toronto', 'Vancouver', 'Montreal'] as const).map((city) => [city, 3] as const),
  ...(['London', 'Berlin'] as const).map((city) => [city, 6] as const),
  ...(['Dublin', 'Munich', 'Amsterdam', 'Paris', 'Madrid', 'Lisbon', 'Milan'] as const).map(
    (city) => [city, 2] as const,
  ),
  ...(['Warsaw', 'Stockholm', 'Zurich'] as const).map((city) => [city, 1] as const),
];

const ABROAD: readonly (readonly [CityName, number])[] = [
  ['Bengaluru', 3],
  ['Hyderabad', 2],
  ['Krakow', 2],
  ['Sao Paulo', 2],
  ['Buenos Aires', 1],
  ['Mexico City', 1],
  ['Manila', 1],
];

const DATA_TEAM_LEAST = 2;
const YEARS_OF_COMPANY = 8;

/**
 * Makes the people.
 *
 * @param offices - by how likely somebody is to work there
 */
export function makeWorkforce(
  seed: number,
  count: number,
  window: Window,
  offices: readonly (readonly [Office, number])[],
): readonly Placed[] {
  const dataTeam = dataTeamOf(count);
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed, 'staff', index);
    const isAbroad = index > 0 && happens(random, RATES.contractorsAbroad);
    // The first is the administrator; the data team comes next.
    const department = index === 0 ? 'IT' : index <= dataTeam ? 'Data' : weighted(random, DEPARTMENTS);
    const office = !isAbroad && happens(random, RATES.officeWorkers) ? weighted(random, offices) : undefined;
    const city = office?.city ?? weighted(random, isAbroad ? ABROAD : HOMES);
    const facts = {
      department,
      employment: isAbroad ? ('contractor' as const) : ('employee' as const),
      manager: addressOf(nameAt(index % Math.max(1, Math.ceil(count / 12)))),
      claimed: CITIES[city],
      city: CITIES[city],
      privileged: index === 0 || (department === 'IT' && happens(random, 0.5)),
      ...employed(index, window, random),
    };
    return { staff: makeStaff(index, facts, random), city, ...(office !== undefined && { office }) };
  });
}

/** The administrator and the data team were here before and stay. */
function employed(
  index: number,
  { start, end, days }: Window,
  random: Random,
): Pick<Staff, 'hired' | 'ends'> {
  const longAgo = startOfDay(start) - random.between(60, YEARS_OF_COMPANY * 365) * DAY_MS;
  if (index < 10) return { hired: longAgo };
  const isNew = happens(random, inDays(RATES.hiredMonthly, days));
  const hired = isNew ? workday(start + random.between(0, days - 1) * DAY_MS) : longAgo;
  const leaves = !isNew && happens(random, inDays(RATES.leavingMonthly, days));
  if (!leaves) return { hired };
  const last = start + random.between(1, Math.max(1, days - 3)) * DAY_MS;
  return { hired, ends: Math.min(workday(last), end) + DAY_MS - 1 };
}

/** Nobody begins or ends on a weekend. */
function workday(day: EpochMs): EpochMs {
  const weekday = new Date(day).getUTCDay();
  return day + (weekday === 6 ? 2 : weekday === 0 ? 1 : 0) * DAY_MS;
}

/** How many people of a company are in the data team. */
export function dataTeamOf(count: number): number {
  return Math.max(DATA_TEAM_LEAST, Math.round(count * RATES.dataTeam));
}
