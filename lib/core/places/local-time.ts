/** The clock on somebody's wall: which day and hour it is in a time zone at an instant, summer time included. */
import { DAY_MS, dayNumberOf, type EpochMs, HOUR_MS, MINUTE_MS, startOfDay } from '../time.ts';

export interface LocalTime {
  /** Days since 1970-01-01 on the local calendar. */
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 0–23. */
  readonly hour: number;
}

interface Zone {
  readonly formatter: Intl.DateTimeFormat;
  /** By UTC day: minutes east of Greenwich; `undefined` on a day on which clocks change. */
  readonly days: Map<number, number | undefined>;
}

/** Asking `Intl` costs microseconds, and this is asked for every event. The names of zones come from outside. */
const zones = new Map<string, Zone | undefined>();
const MOST_ZONES = 1_000;
const MOST_DAYS = 1_000;

/**
 * Gives the local time of an instant.
 *
 * @param timeZone - an IANA name
 * @returns `undefined` when there is no such zone
 * @example localTime('America/Chicago', Date.UTC(2026, 0, 1, 3)) // => { day: 20453, weekday: 3, hour: 21 }
 */
export function localTime(timeZone: string, time: EpochMs): LocalTime | undefined {
  const offset = utcOffsetMinutes(timeZone, time);
  if (offset === undefined) return undefined;
  const local = time + offset * MINUTE_MS;
  const day = dayNumberOf(local);
  // 1970 began on a Thursday.
  return { day, weekday: (day + 4) % 7, hour: Math.floor((local - day * DAY_MS) / HOUR_MS) };
}

/**
 * Gives the instant at which a calendar day is over in a time zone.
 *
 * @param day - any instant of the UTC day of that date
 * @returns `undefined` when there is no such zone
 * @example endOfLocalDay(Date.UTC(2026, 2, 31), 'Europe/Lisbon') // => Date.UTC(2026, 2, 31, 23)
 */
export function endOfLocalDay(day: EpochMs, timeZone: string): EpochMs | undefined {
  const midnight = startOfDay(day) + DAY_MS;
  const near = utcOffsetMinutes(timeZone, midnight);
  if (near === undefined) return undefined;
  // The clocks may change between the UTC midnight and the local one.
  const offset = utcOffsetMinutes(timeZone, midnight - near * MINUTE_MS) ?? near;
  return midnight - offset * MINUTE_MS;
}

/** Gives how far a zone's clocks are ahead of UTC at an instant; `undefined` when there is no such zone. */
export function utcOffsetMinutes(timeZone: string, time: EpochMs): number | undefined {
  const zone = zoneNamed(timeZone);
  if (zone === undefined) return undefined;
  const day = dayNumberOf(time);
  if (!zone.days.has(day)) {
    const [first, last] = [day * DAY_MS, (day + 1) * DAY_MS - MINUTE_MS].map((each) => offsetAt(zone, each));
    if (zone.days.size >= MOST_DAYS) zone.days.clear();
    zone.days.set(day, first === last ? first : undefined);
  }
  return zone.days.get(day) ?? offsetAt(zone, time);
}

function zoneNamed(timeZone: string): Zone | undefined {
  if (!zones.has(timeZone)) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(timeZone, openZone(timeZone));
  }
  return zones.get(timeZone);
}

function openZone(timeZone: string): Zone | undefined {
  try {
    return {
      formatter: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
      days: new Map(),
    };
  } catch {
    return undefined;
  }
}

/** Reads `GMT`, `GMT-05:00`, `GMT+05:30`. */
function offsetAt({ formatter }: Zone, time: EpochMs): number {
  const name = formatter.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -offset : offset;
}
