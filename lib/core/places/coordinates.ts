/** Reads coordinates that nobody has checked. */
import type { Coordinates } from './distance.ts';

/**
 * Gives a point on the Earth, to four decimals (11 m), or `undefined` when the numbers are not one.
 *
 * 0, 0 lies in the sea off Ghana and is what software writes for "not known": it is nobody's place.
 *
 * @example readCoordinates(48.85661, 2.35222) // => { lat: 48.8566, lon: 2.3522 }
 * @example readCoordinates(0, 0) // => undefined
 */
export function readCoordinates(lat: unknown, lon: unknown): Coordinates | undefined {
  if (typeof lat !== 'number' || typeof lon !== 'number') return undefined;
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return undefined;
  const point = { lat: round(lat), lon: round(lon) };
  return point.lat === 0 && point.lon === 0 ? undefined : point;
}

/** Adding 0 turns −0, which JSON does not keep, into 0. */
function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000 + 0;
}
