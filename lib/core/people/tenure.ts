import type { Person } from './person.ts';
import { DAY_MS, type EpochMs } from '../time.ts';

/**
 * Gives how many days somebody has been with the company at an instant; below 0 before their first one.
 *
 * @returns `undefined` when nobody says when they were hired
 */
export function tenureDays(person: Person | undefined, time: EpochMs): number | undefined {
  return person?.hiredTime === undefined ? undefined : (time - person.hiredTime) / DAY_MS;
}
