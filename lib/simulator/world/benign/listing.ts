/** What all inventories have in common. */
import { DAY_MS, type EpochMs } from '../../../core/time.ts';
import type { Staff } from '../staff.ts';

/** The hour, UTC, in which inventories are taken. */
export const LISTED_HOUR = 6;

/** Somebody has had their laptop for a day, and has not left. */
export function isHere({ hired, ends }: Staff, at: EpochMs): boolean {
  return hired + DAY_MS <= at && at <= (ends ?? Infinity);
}
