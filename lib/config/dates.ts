/** Dates as people write them in ringer.yaml and the people file: ISO 8601, a day or an instant. */
import { DAY_MS, type EpochMs } from '../core/time.ts';

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s*([Zz]|[+-]\d\d(?::?\d\d)?)?$/;

/**
 * Reads a date. A day alone means its first millisecond UTC at the `start` of a span and its last at the `end`; an
 * instant without a zone is UTC.
 *
 * @returns `undefined` for anything else, 31 February among it
 * @example readDate('2026-12-31', 'end') // => Date.UTC(2026, 11, 31, 23, 59, 59, 999)
 */
export function readDate(text: string, edge: 'start' | 'end'): EpochMs | undefined {
  const written = text.trim();
  const day = startOfWrittenDay(written);
  if (day !== undefined) return edge === 'start' ? day : day + DAY_MS - 1;
  const [, date = '', clock = '', zone = 'Z'] = INSTANT.exec(written) ?? [];
  if (startOfWrittenDay(date) === undefined) return undefined;
  const time = Date.parse(`${date}T${clock}${isoZone(zone)}`);
  return Number.isNaN(time) ? undefined : time;
}

function startOfWrittenDay(text: string): EpochMs | undefined {
  const match = DAY.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  // 31 February rolls over into March; a date that does not come back as written is not a date.
  return new Date(time).toISOString().startsWith(text) ? time : undefined;
}

function isoZone(zone: string): string {
  if (/^z$/i.test(zone)) return 'Z';
  return `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`;
}
