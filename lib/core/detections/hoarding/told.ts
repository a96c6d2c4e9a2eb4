/** What was told of a hoard: the same again on the next days is a habit. */
import { dayNumberOf, type EpochMs } from '../../time.ts';
import { busiestPast, type Hoard, type Tally } from './hoard.ts';

/** By the length of the window in minutes. */
export type ToldWindows = Readonly<Record<string, Told>>;

/** How much it was on the day of which an alert first told in earnest, and the last day it was. Days since 1970. */
interface Told {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly objects: number;
}

/** After a fortnight without it, it is news. */
const TOLD_DAYS = 14;
/** So many times the busiest day before is more than the same again; */
const BUSIEST_FACTOR = 3;
/** and so many times what was first told, however slowly it has grown. */
const FIRST_FACTOR = 6;

/** Tells whether an alert told of any window of this fortnight on an earlier day. */
export function isToldAlready({ told = {} }: Hoard, time: EpochMs): boolean {
  const day = dayNumberOf(time);
  return Object.values(told).some(({ firstDay, lastDay }) => firstDay < day && day - lastDay <= TOLD_DAYS);
}

/** Tells whether somebody takes what they took on earlier days, of which was told. */
export function isSameAgain(hoard: Hoard, minutes: number, tally: Tally, time: EpochMs): boolean {
  if (!isToldAlready(hoard, time)) return false;
  const past = busiestPast(hoard, minutes, time, 1);
  const first = hoard.told?.[minutes]?.objects ?? Infinity;
  return (
    past !== undefined &&
    tally.objects <= Math.min(BUSIEST_FACTOR * past.objects, FIRST_FACTOR * first) &&
    tally.bytes <= BUSIEST_FACTOR * Math.max(past.bytes, 1)
  );
}

/** Notes what is told. A habit that goes on keeps its first size. */
export function afterTelling(
  hoard: Hoard,
  minutes: number,
  tally: Tally,
  isSame: boolean,
  time: EpochMs,
): void {
  const day = dayNumberOf(time);
  const before = hoard.told?.[minutes];
  const first =
    before !== undefined && (isSame || before.firstDay === day)
      ? {
          ...before,
          objects: before.firstDay === day ? Math.max(before.objects, tally.objects) : before.objects,
        }
      : { firstDay: day, objects: tally.objects };
  hoard.told = { ...hoard.told, [minutes]: { ...first, lastDay: day } };
}
