/** What was told of a hoard: the same again on the next days is a habit. */
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Tally } from './hoard.ts';

/** By the length of the window in minutes. */
export type ToldWindows = Readonly<Record<string, Told>>;

/** How much it was on the day of which an alert told in earnest, and the last day it was as much. Days since 1970. */
interface Told {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly objects: number;
  readonly bytes: number;
}

/** After a fortnight without it, it is news. */
const TOLD_DAYS = 14;
/** Twice as much is more than the same again. */
const SAME_FACTOR = 2;

/** Tells whether somebody took as much on an earlier day, of which was told. */
export function isSameAgain(told: ToldWindows, minutes: number, tally: Tally, time: EpochMs): boolean {
  const before = told[minutes];
  const day = Math.floor(time / DAY_MS);
  return (
    before !== undefined &&
    before.firstDay < day &&
    day - before.lastDay <= TOLD_DAYS &&
    tally.objects <= SAME_FACTOR * before.objects &&
    tally.bytes <= SAME_FACTOR * Math.max(before.bytes, 1)
  );
}

/** Tells whether an alert told of any window of this fortnight on an earlier day. */
export function isToldAlready(told: ToldWindows, time: EpochMs): boolean {
  const day = Math.floor(time / DAY_MS);
  return Object.values(told).some(({ firstDay, lastDay }) => firstDay < day && day - lastDay <= TOLD_DAYS);
}

/** Notes what is told. A habit that goes on keeps its first size, so that it cannot grow by itself. */
export function afterTelling(
  told: ToldWindows,
  minutes: number,
  { objects, bytes }: Tally,
  time: EpochMs,
): ToldWindows {
  const day = Math.floor(time / DAY_MS);
  const before = told[minutes];
  if (before !== undefined && isSameAgain(told, minutes, { objects, bytes, events: 0 }, time))
    return { ...told, [minutes]: { ...before, lastDay: day } };
  const grown =
    before?.firstDay === day
      ? { objects: Math.max(before.objects, objects), bytes: Math.max(before.bytes, bytes) }
      : { objects, bytes };
  return { ...told, [minutes]: { firstDay: day, lastDay: day, ...grown } };
}
