/** Whether somebody has just come or is about to go: when data leaves, both matter. */
import type { Person } from '../../people/person.ts';
import { DAY_MS, dayOf, type EpochMs } from '../../time.ts';

export const TENURE_PARAMETERS = {
  newHireDays: {
    value: 90,
    why: 'Placed workers begin to take data in their first months, before anybody knows what their work needs.',
  },
  leavingDays: {
    value: 30,
    why: 'Most data that people take along goes in the last month before they leave.',
  },
} as const;

/** Says that somebody was hired lately, as a sentence; `undefined` of everybody else, and where the day is not known. */
export function hiredLatelyText(
  person: Person | undefined,
  time: EpochMs,
  { newHireDays }: { readonly newHireDays: number },
): string | undefined {
  const hired = person?.hiredTime;
  if (hired === undefined || time - hired > newHireDays * DAY_MS) return undefined;
  return `Hired on ${dayOf(hired)}, not more than ${newHireDays} days before.`;
}

/** Says that somebody ends soon, or has ended, as a sentence; `undefined` of everybody else. */
export function leavingText(
  person: Person | undefined,
  time: EpochMs,
  { leavingDays }: { readonly leavingDays: number },
): string | undefined {
  const ends = person?.endsTime;
  if (ends === undefined || ends - time > leavingDays * DAY_MS) return undefined;
  return time > ends ? `Their work ended on ${dayOf(ends)}.` : `Their work ends on ${dayOf(ends)}.`;
}
