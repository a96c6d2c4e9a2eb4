/** When schedules have their turns: `rate(5 minutes)`, `cron(0 7 ? * MON *)`, in UTC. */
import { RingerError } from '../../../core/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../../../core/time.ts';

const UNITS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
/** A day that comes is found within a leap year and the years around it. */
const LONGEST_SEARCH_DAYS = 8 * 366;

export interface Turns {
  /** The first turn of a schedule that is made then. */
  readonly first: (made: EpochMs) => EpochMs;
  readonly after: (turn: EpochMs) => EpochMs;
}

/**
 * Reads a schedule expression.
 *
 * @param atOnce - whether a rate has its first turn at once
 * @throws INVARIANT for one that the twin does not know, as those with L, W and # in them
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function readTurns(expression: string, atOnce: boolean): Turns {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const everyMs = Number(rate[1]) * (UNITS[rate[2] ?? ''] ?? NaN);
    return { first: (made) => (atOnce ? made : made + everyMs), after: (turn) => turn + everyMs };
  }
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  if (cron === null) throw new RingerError('INVARIANT', `the twin does not know the schedule ${expression}`);
  const [, minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = cron;
  const fields: Fields = {
    minutes: readField(minutes, 0, 59),
    hours: readField(hours, 0, 23),
    days: readField(days, 1, 31),
    months: readField(months, 1, 12, MONTHS),
    weekdays: readField(weekdays, 1, 7, WEEKDAYS),
    years: readField(years, 1970, 2199),
  };
  const next = (time: EpochMs): EpochMs => nextOf(fields, time, expression);
  return { first: next, after: next };
}

type Fields = Readonly<
  Record<'minutes' | 'hours' | 'days' | 'months' | 'weekdays' | 'years', (value: number) => boolean>
>;

function nextOf(fields: Fields, time: EpochMs, expression: string): EpochMs {
  const start = (Math.floor(time / MINUTE_MS) + 1) * MINUTE_MS;
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS;
  for (let day = firstDay; day < firstDay + LONGEST_SEARCH_DAYS * DAY_MS; day += DAY_MS) {
    if (!isDay(fields, new Date(day))) continue;
    for (let at = Math.max(day, start); at < day + DAY_MS; at += MINUTE_MS) {
      const date = new Date(at);
      if (fields.hours(date.getUTCHours()) && fields.minutes(date.getUTCMinutes())) return at;
    }
  }
  throw new RingerError('INVARIANT', `${expression} never has a turn`);
}

function isDay(fields: Fields, date: Date): boolean {
  return (
    fields.years(date.getUTCFullYear()) &&
    fields.months(date.getUTCMonth() + 1) &&
    fields.days(date.getUTCDate()) &&
    fields.weekdays(date.getUTCDay() + 1)
  );
}

/** @param names - of the values from `low` on */
function readField(
  written: string,
  low: number,
  high: number,
  names: readonly string[] = [],
): (value: number) => boolean {
  if (written === '*' || written === '?') return () => true;
  const values = new Set<number>();
  for (const part of written.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to = part.includes('/') ? String(high) : from] =
      range === '*' ? [String(low)] : range.split('-');
    for (let value = numberOf(from); value <= numberOf(to); value += numberOf(step)) values.add(value);
  }
  return (value) => values.has(value);

  function numberOf(text: string): number {
    const named = names.indexOf(text.toUpperCase());
    if (named >= 0) return low + named;
    if (/^\d{1,4}$/.test(text) && Number(text) <= high) return Number(text);
    throw new RingerError('INVARIANT', `the twin does not know ${written} in a schedule`);
  }
}
