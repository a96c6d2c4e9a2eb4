/** Where somebody is on each day that they work. */
import { greatCircleKm } from '../../../core/places/distance.ts';
import { ORGANIZATION } from '../../../core/people/subject.ts';
import { DAY_MS, HOUR_MS, type EpochMs } from '../../../core/time.ts';
import { isHoliday, isWeekend, localTime } from '../calendar.ts';
import { happens, normal } from '../chance.ts';
import type { Line } from '../geography.ts';
import { CITIES, type CityName } from '../places/cities.ts';
import { RATES } from '../rates.ts';
import type { Worker } from '../worker.ts';
import { homesOf, type Home } from './homes.ts';
import { tripsOf, visitsOf, type Journey, type OffSite } from './journeys.ts';
import type { Scene } from './scene.ts';

/** A day of work. */
export interface Day {
  readonly begin: EpochMs;
  readonly end: EpochMs;
  readonly city: CityName;
  /** What the laptop is connected by. */
  readonly line: Line;
  readonly place: 'home' | 'office' | 'hotel' | 'colleague';
}

const WEEKEND_HOURS = 3;
const LATE_HOURS = 4;
/** What takes more than a day by aeroplane. */
const FAR_KM = 9_000;

/** Gives the days on which somebody works, in order. */
export function itineraryOf(worker: Worker, scene: Scene, offSites: readonly OffSite[]): readonly Day[] {
  const { staff } = worker;
  const { window, causes } = scene;
  const homes = homesOf(worker, scene);
  const visits = visitsOf(worker, scene);
  const gatherings = offSites.filter(({ people }) => people.has(worker));
  const journeys: readonly Journey[] = [
    ...gatherings,
    ...tripsOf(worker, scene).filter(
      (trip) => !gatherings.some(({ from, to }) => trip.from <= to && trip.to >= from),
    ),
  ];
  const days: Day[] = [];
  for (let index = 0; index < window.days; index++) {
    const date = window.start + index * DAY_MS;
    if (date < staff.hired || date > (staff.ends ?? Infinity)) continue;
    const home = homes.findLast(({ day }) => day <= index) as Home;
    // Of the day of a move nothing is left for work.
    if (homes.some(({ day, isMove }) => isMove === true && day === index)) continue;
    const journey = journeys.find(({ from, to }) => from <= index && index <= to);
    const hours =
      journey === undefined
        ? hoursAt(worker, date, home.city, scene)
        : hoursAway(worker, journey, index, date);
    if (hours === undefined) continue;
    if (journey !== undefined) causes.note(journey.why, staff.address, journey.line.v4.ip);
    days.push({ ...hours, ...whereOn(worker, home, journey, visits.get(index), scene) });
  }
  return days;
}

interface Hours {
  readonly begin: EpochMs;
  readonly end: EpochMs;
}

function hoursAt(
  { staff, habits, random }: Worker,
  date: EpochMs,
  cityName: CityName,
  { causes }: Scene,
): Hours | undefined {
  const city = CITIES[cityName];
  if (isWeekend(date) || isHoliday(date, city)) {
    if (!happens(random, RATES.weekendWork)) return undefined;
    causes.note('weekend-work', staff.address);
    const begin = localTime(date, 10 + 6 * random.next(), city);
    return { begin, end: begin + WEEKEND_HOURS * HOUR_MS };
  }
  if (happens(random, RATES.absent)) return undefined;
  const begin = localTime(date, habits.startHour + 0.5 * normal(random), city);
  const isLate = habits.nightShift === undefined && happens(random, RATES.lateEvenings);
  if (isLate) causes.note('late-evening', staff.address);
  return { begin, end: begin + (habits.hours + (isLate ? LATE_HOURS : 0)) * HOUR_MS };
}

/** Abroad the day is one of the place, whatever shift they have at home. Whoever goes far, or by night, arrives a day later. */
function hoursAway(
  { random, staff, habits }: Worker,
  { from, to, city, why }: Journey,
  index: number,
  date: EpochMs,
): Hours | undefined {
  const isFar = greatCircleKm(staff.city, CITIES[city]) > FAR_KM || habits.nightShift !== undefined;
  if (index <= from + (isFar ? 1 : 0) || index === to) return undefined;
  if (why === 'foreign-trip' && (isWeekend(date) || !happens(random, RATES.workingAbroad))) return undefined;
  const begin = localTime(date, 9 + normal(random), CITIES[city]);
  return { begin, end: begin + 7 * HOUR_MS };
}

function whereOn(
  worker: Worker,
  home: Home,
  journey: Journey | undefined,
  host: Worker | undefined,
  { causes }: Scene,
): Pick<Day, 'city' | 'line' | 'place'> {
  const { staff, office, random } = worker;
  if (journey !== undefined) return { city: journey.city, line: journey.line, place: 'hotel' };
  if (host?.city === home.city) {
    causes.note('colleague-visit', staff.address, host.line.v4.ip);
    return { city: host.city, line: host.line, place: 'colleague' };
  }
  if (office !== undefined && happens(random, RATES.officeDays)) {
    if (!office.isListed) causes.note('unlisted-office', staff.address, office.from.ip, ORGANIZATION.id);
    return { city: office.city, line: { v4: office.from }, place: 'office' };
  }
  return { city: home.city, line: home.line, place: 'home' };
}
