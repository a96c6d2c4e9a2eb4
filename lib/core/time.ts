/** Instants and the calendar of alerts. Instants inside Ringer are milliseconds since 1970 UTC; text exists only at the edges. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A UTC day, `2026-03-09`. */
export type Day = string;

/**
 * Names the UTC day an instant falls in.
 *
 * @example dayOf(Date.UTC(2026, 2, 9, 23, 59)) // => '2026-03-09'
 */
export function dayOf(time: EpochMs): Day {
  return new Date(time).toISOString().slice(0, 10);
}

/** Numbers the UTC day an instant falls in: days since 1970. */
export function dayNumberOf(time: EpochMs): number {
  return Math.floor(time / DAY_MS);
}

/** Gives the first instant of the UTC day that `time` falls in. */
export function startOfDay(time: EpochMs): EpochMs {
  return dayNumberOf(time) * DAY_MS;
}

/**
 * Writes an instant as alerts carry it: UTC, milliseconds, `Z`.
 *
 * @example isoTime(0) // => '1970-01-01T00:00:00.000Z'
 */
export function isoTime(time: EpochMs): string {
  return new Date(time).toISOString();
}

/**
 * Says how long something took in the two largest units, for people to read.
 *
 * @example durationText(5_400_000) // => '1 h 30 min'
 */
export function durationText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE_MS);
  if (minutes === 0) return `${Math.round(Math.abs(ms) / SECOND_MS)} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} days`;
}
