/** Days and clocks where people are. */
import { DAY_MS, HOUR_MS, type EpochMs } from '../../core/time.ts';
import type { City } from './geography.ts';

/** Public holidays on fixed dates, month and day. Those that move are left out. */
const HOLIDAYS: Readonly<Record<string, string>> = {
  everywhere: '01-01 12-25',
  US: '06-19 07-04 11-11',
  CA: '07-01 12-26',
  GB: '12-26',
  DE: '05-01 10-03 12-26',
  FR: '05-01 05-08 07-14 08-15 11-01 11-11',
  ES: '01-06 05-01 08-15 10-12 11-01 12-06 12-08',
  PT: '04-25 05-01 06-10 08-15 11-01 12-01 12-08',
  IT: '01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-26',
  PL: '01-06 05-01 05-03 08-15 11-01 11-11 12-26',
  SE: '01-06 05-01 06-06 12-26',
  IN: '01-26 08-15 10-02',
  BR: '04-21 05-01 09-07 10-12 11-02 11-15',
  MX: '05-01 09-16',
  AR: '05-01 05-25 07-09 12-08',
};

/** By zone and noon: `Intl` is slow, and a world asks for few zones and days. */
const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Gives the instant at which a wall clock in a city shows an hour of a day.
 *
 * @param day - the first instant, UTC, of the date on the calendar there
 * @param hour - may have a fraction, be negative or past 24
 */
export function localTime(day: EpochMs, hour: number, { timeZone }: City): EpochMs {
  const wall = Math.round(day + hour * HOUR_MS);
  return wall - offsetOf(timeZone, wall);
}

/** The date is a Saturday or Sunday. */
export function isWeekend(day: EpochMs): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday === 0 || weekday === 6;
}

export function isHoliday(day: EpochMs, { countryCode }: City): boolean {
  const date = new Date(day).toISOString().slice(5, 10);
  return `${HOLIDAYS['everywhere']} ${HOLIDAYS[countryCode] ?? ''}`.includes(date);
}

/** On the day that the clocks change it may be an hour off around the change. */
function offsetOf(timeZone: string, wall: EpochMs): number {
  const noon = Math.floor(wall / DAY_MS) * DAY_MS + DAY_MS / 2;
  const key = `${timeZone} ${noon}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const name = format.formatToParts(noon).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60) * HOUR_MS;
  offsets.set(key, offset);
  return offset;
}
