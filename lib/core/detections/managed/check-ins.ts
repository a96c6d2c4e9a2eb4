/**
 * When a managed device last reported to its management, and whether somebody works on it all the same. Sign-ins name the
 * device by the name it calls itself; no inventory has their id.
 */
import { DAY_MS, dayNumberOf, type EpochMs } from '../../time.ts';
import type { Parameters } from '../contract.ts';

export const SILENCE_PARAMETERS = {
  silentDays: {
    value: 7,
    why: 'Managed computers report at least daily while they are on; a week is no holiday if somebody signs in from it.',
  },
  silentSignInDaysAtLeast: { value: 4, why: 'Of seven days: a working week in which the device was used.' },
} as const satisfies Parameters;

type SilenceParameters = { readonly [K in keyof typeof SILENCE_PARAMETERS]: number };

/** Plain JSON. */
export interface CheckIns {
  last: EpochMs;
  /** Distinct days of it, counted to three: less, and it is not known to report by itself. */
  days: number;
  /** Days since 1970 with a sign-in from it after the last check-in, the latest ones. */
  signIns: number[];
}

const REGULAR_DAYS = 3;

/** Takes in a check-in; one that is listed again is no news. */
export function checkedIn(before: CheckIns | undefined, time: EpochMs): CheckIns {
  if (before === undefined) return { last: time, days: 1, signIns: [] };
  if (time <= before.last) return before;
  const isAnotherDay = dayNumberOf(time) > dayNumberOf(before.last);
  return { last: time, days: Math.min(REGULAR_DAYS, before.days + Number(isAnotherDay)), signIns: [] };
}

/** Takes in a sign-in from the device; `true` when it is used daily and has been silent too long. */
export function isSilent(checkIns: CheckIns, time: EpochMs, parameters: SilenceParameters): boolean {
  const today = dayNumberOf(time);
  const { silentDays, silentSignInDaysAtLeast } = parameters;
  const recent = checkIns.signIns.filter((day) => day !== today && day > today - silentDays);
  if (time > checkIns.last) checkIns.signIns = [...recent, today];
  return (
    checkIns.days >= REGULAR_DAYS &&
    time - checkIns.last > silentDays * DAY_MS &&
    checkIns.signIns.length >= silentSignInDaysAtLeast
  );
}
