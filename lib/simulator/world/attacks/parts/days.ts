import { DAY_MS } from '../../../../core/time.ts';
import type { Hire, Stage } from '../../attack.ts';
import type { Staff } from '../../staff.ts';

/** Attacks have this many days: those that need people's past begin in the third week, and all are over by then. */
export const DAYS_NEEDED = 28;

/** Gives the last day of which the night is still in the window, wherever in the world. */
export function lastDay({ start, end }: Stage): number {
  return (end - start) / DAY_MS - 2;
}

/** Gives the days that are no weekend, of a stretch; to the end of the window unless said otherwise. */
export function workdays(stage: Stage, first: number, last = lastDay(stage)): readonly number[] {
  const days: number[] = [];
  for (let day = stage.workday(first); day <= last; day = stage.workday(day + 1)) days.push(day);
  return days;
}

/** Draws a working day of the third week or soon after, when everybody’s habits are known. */
export function laterWorkday(stage: Stage): number {
  return stage.workday(stage.random.between(15, 20));
}

/** Hires somebody whose first day is in the window. */
export function hireOn(stage: Stage, day: number, options: Hire = {}): Staff {
  return stage.hire({ ...options, hired: stage.start + day * DAY_MS });
}
