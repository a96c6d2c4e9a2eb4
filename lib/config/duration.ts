import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/time.ts';

const UNITS: ReadonlyMap<string, number> = new Map([
  ...['s', 'sec', 'second', 'seconds'].map((unit) => [unit, SECOND_MS] as const),
  ...['m', 'min', 'minute', 'minutes'].map((unit) => [unit, MINUTE_MS] as const),
  ...['h', 'hour', 'hours'].map((unit) => [unit, HOUR_MS] as const),
  ...['d', 'day', 'days'].map((unit) => [unit, DAY_MS] as const),
]);

/**
 * Reads a length of time: a whole number and its unit, in full or short.
 *
 * @returns milliseconds; `undefined` when it is not one or is zero
 * @example durationMs('5 minutes') // => 300000
 * @example durationMs('1h') // => 3600000
 */
export function durationMs(text: string): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,6})\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS.get(unit.toLowerCase()) ?? 0);
  return ms > 0 ? ms : undefined;
}
