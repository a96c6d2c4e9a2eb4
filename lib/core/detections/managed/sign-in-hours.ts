/**
 * In which hours somebody signed in from what they should have, and from what they should not. One sign-in at one vendor is
 * several events, and several vendors tell of one: an hour counts once.
 */
import { DAY_MS, dayNumberOf, type EpochMs, HOUR_MS } from '../../time.ts';

/** Of one UTC day; a bit for each hour. Plain JSON. */
export interface DayHours {
  /** Days since 1970. */
  readonly day: number;
  /** From computers that are managed, or of which nothing can be told. */
  usual: number;
  unmanaged: number;
}

export interface Sum {
  /** Hours of the window with a sign-in from a computer. */
  readonly hours: number;
  readonly unmanagedHours: number;
  /** Of all days that are kept. */
  readonly unmanagedDays: number;
}

/** Marks the hour of a sign-in and drops days that are no longer of use. */
export function markHour(
  days: readonly DayHours[],
  time: EpochMs,
  isUnmanaged: boolean,
  keepDays: number,
): DayHours[] {
  const day = dayNumberOf(time);
  const kept = days.filter((each) => each.day > day - keepDays);
  let today = kept.find((each) => each.day === day);
  if (today === undefined) kept.push((today = { day, usual: 0, unmanaged: 0 }));
  const bit = 1 << Math.floor((time - day * DAY_MS) / HOUR_MS);
  if (isUnmanaged) today.unmanaged |= bit;
  else today.usual |= bit;
  return kept;
}

export function sumOf(days: readonly DayHours[], windowDays: number): Sum {
  const last = Math.max(...days.map(({ day }) => day));
  const window = days.filter(({ day }) => day > last - windowDays);
  return {
    hours: window.reduce((sum, { usual, unmanaged }) => sum + bitsIn(usual | unmanaged), 0),
    unmanagedHours: window.reduce((sum, { unmanaged }) => sum + bitsIn(unmanaged), 0),
    unmanagedDays: days.filter(({ unmanaged }) => unmanaged !== 0).length,
  };
}

function bitsIn(mask: number): number {
  let [count, rest] = [0, mask];
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}
