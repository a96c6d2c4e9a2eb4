/** When somebody may be expected to work, by what is said of them, and whether they are somewhere else just now. */
import type { EventBase } from '../../events/index.ts';
import type { Person } from '../../people/person.ts';
import { utcOffsetMinutes } from '../../places/local-time.ts';
import { covers, type Policy } from '../../policy.ts';
import { hidesPlace } from '../sign-ins/hidden-place.ts';
import { distanceHours } from './busiest-block.ts';

/** A working day: its middle in hours of local time, and half its length. */
export interface Workday {
  readonly middle: number;
  readonly halfHours: number;
}

export interface ClaimedHours {
  readonly timeZone: string;
  /** One or more; several for somebody who works in shifts. */
  readonly workdays: readonly Workday[];
}

/** Ten to six: what most people's days have in common, whether they begin at seven or at eleven. */
const ORDINARY: Workday = { middle: 14, halfHours: 4 };

/** Fifteen degrees of longitude are an hour; zones stray from that by up to three. */
const DEGREES_PER_HOUR = 15;

/**
 * Gives the time zone of a person, and their working days there: those of the schedules that cover them, or ordinary ones.
 *
 * @returns `undefined` when nobody says in which time zone they work, or there is no such zone
 */
export function claimedHours(
  person: Person | undefined,
  { schedules }: Policy,
  time: number,
): ClaimedHours | undefined {
  const own = schedules.filter((schedule) => covers(schedule.for, { person }));
  const timeZone = person?.timeZone ?? own[0]?.timeZone;
  const offset = timeZone === undefined ? undefined : utcOffsetMinutes(timeZone, time);
  if (timeZone === undefined || offset === undefined) return undefined;
  const workdays = own.map(({ startMinute, endMinute, timeZone: zone }) => {
    const length = (endMinute - startMinute + 1_440) % 1_440 || 1_440;
    const middle = startMinute + length / 2 + offset - (utcOffsetMinutes(zone, time) ?? offset);
    return { middle: (((middle / 60) % 24) + 24) % 24, halfHours: length / 120 };
  });
  return { timeZone, workdays: workdays.length === 0 ? [ORDINARY] : workdays };
}

/** Gives the middle of the working day that lies nearest to a time of day. */
export function nearestWorkday({ workdays }: ClaimedHours, hour: number): Workday {
  return workdays.reduce((nearest, each) =>
    distanceHours(each.middle, hour) < distanceHours(nearest.middle, hour) ? each : nearest,
  );
}

/** Tells whether an event comes from so far that its hours are those of a journey. */
export function isElsewhere(
  { time, srcEndpoint }: EventBase,
  { timeZone }: ClaimedHours,
  travelHours: number,
): boolean {
  const { place, network } = srcEndpoint ?? {};
  const offset = utcOffsetMinutes(timeZone, time);
  if (place === undefined || offset === undefined || place.disputedBy !== undefined) return false;
  if (hidesPlace(network) !== undefined || network?.kind === 'hosting') return false;
  return distanceHours(place.lon / DEGREES_PER_HOUR, offset / 60) > travelHours;
}
