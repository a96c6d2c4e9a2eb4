/**
 * Reads the times vendors write: ISO 8601 with or without zone, space for `T`, any number of fractional digits, US dates
 * with AM/PM, numbers. A time without a zone is UTC. A number below 10¹¹ is seconds, else milliseconds.
 */
import type { EpochMs } from '../core/time.ts';
import type { RawRecord } from './source.ts';

/** No log this product reads is older; `0001-01-01` and 1970 are vendors' words for "never". */
const EARLIEST: EpochMs = Date.UTC(2000, 0, 1);
const LATEST: EpochMs = Date.UTC(2200, 0, 1);

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/;
const US =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4}),?[ T](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?\s*(?:Z|UTC|GMT)?$/;
const DIGITS = /^-?\d+(\.\d+)?$/;
const ENGLISH = /^(?:[A-Za-z]{3,9},? )?(?:\d{1,2} [A-Za-z]{3,9}|[A-Za-z]{3,9} \d{1,2},?) \d{4}/;

/**
 * Reads one time.
 *
 * @returns milliseconds since 1970 UTC, or `undefined` when it is not a time or lies outside 2000…2200
 * @example parseTime('2025-01-15T09:30:25.1234567Z') // => 1736933425123
 * @example parseTime('4/11/2025 6:21:02 PM') // => 1744395662000
 * @example parseTime(1736933425) // => 1736933425000
 */
export function parseTime(value: unknown): EpochMs | undefined {
  const time =
    typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value) : undefined;
  return time !== undefined && time >= EARLIEST && time < LATEST ? time : undefined;
}

/** Reads the time at the first of several keys that has one. */
export function timeAt(record: RawRecord | undefined, ...keys: readonly string[]): EpochMs | undefined {
  if (record === undefined) return undefined;
  for (const key of keys) {
    const time = Object.hasOwn(record, key) ? parseTime(record[key]) : undefined;
    if (time !== undefined) return time;
  }
  return undefined;
}

function fromNumber(value: number): EpochMs | undefined {
  if (!Number.isFinite(value)) return undefined;
  return Math.round(Math.abs(value) < 1e11 ? value * 1_000 : value);
}

function fromText(value: string): EpochMs | undefined {
  return fromPlainIso(value) ?? fromAnyText(value);
}

/**
 * Reads `2025-01-15T09:30:25.123Z`, with any number of fractional digits, without a pattern: nearly every record of
 * every vendor passes here. Whatever is odd, late days of a month included, is left to the patterns.
 */
function fromPlainIso(text: string): EpochMs | undefined {
  const last = text.length - 1;
  if (last < 19 || last > 30 || text[last] !== 'Z' || text[4] !== '-' || text[7] !== '-') return undefined;
  if (text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60))
    return undefined;
  let ms = 0;
  if (last > 19) {
    const fraction = digits(text, 20, last);
    if (text[19] !== '.' || Number.isNaN(fraction)) return undefined;
    const count = last - 20;
    ms = count > 3 ? Math.floor(fraction / 10 ** (count - 3)) : fraction * 10 ** (3 - count);
  }
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

/** The number written from `start` up to `end`, or NaN. */
function digits(text: string, start: number, end: number): number {
  let number = start < end ? 0 : NaN;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN;
  }
  return number;
}

function fromAnyText(value: string): EpochMs | undefined {
  const text = value.length > 64 ? '' : value.trim();
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, fraction, zone] = iso;
    return utc(year, month, day, hour, minute, second, fraction, zoneMinutes(zone));
  }
  const us = US.exec(text);
  if (us !== null) {
    const [, month, day, year, hour, minute, second, fraction, half] = us;
    return utc(year, month, day, String(hour24(Number(hour), half)), minute, second, fraction, 0);
  }
  if (DIGITS.test(text)) return fromNumber(Number(text));
  if (!ENGLISH.test(text)) return undefined;
  // RFC 2822 and its relatives; without a zone they would be read as local time.
  const zoned = /(?:Z|GMT|UTC|[+-]\d{4}|[A-Z]{3,4})\)?$/.test(text) ? text : `${text} UTC`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}

function utc(
  year = '',
  month = '',
  day = '',
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  offsetMinutes: number,
): EpochMs | undefined {
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // ISO 8601 has 24:00:00 for the end of a day, and nothing after it.
  if (h > 24 || mi > 59 || s > 60 || (h === 24 && mi + s > 0) || Number.isNaN(offsetMinutes))
    return undefined;
  const date = Date.UTC(y, mo - 1, d);
  // 31 February rolls over into March; a date that does not come back as written is not a date.
  if (new Date(date).getUTCMonth() !== mo - 1 || mo < 1 || d < 1) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return date + ((h * 60 + mi - offsetMinutes) * 60 + s) * 1_000 + ms;
}

/** Minutes east of UTC; `NaN` for more than the 14 hours that any place keeps. */
function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  if (minutes > 14 * 60 || Number(zone.slice(-2)) > 59) return NaN;
  return zone.startsWith('-') ? -minutes : minutes;
}

function hour24(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}
