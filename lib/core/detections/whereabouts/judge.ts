/** Judges from a diary whether somebody is where they are said to work. */
import type { Severity } from '../../alerts/severity.ts';
import type { EpochMs } from '../../time.ts';
import { tenureDays } from '../../people/tenure.ts';
import { NEAR_DAYS, tally, type Diary, type Tally } from './diary.ts';
import type { LocationContext } from './parameters.ts';

/** `elsewhere`: not near the claimed place. `abroad`: not even in its country. `withheld`: nobody can tell. */
export type Mismatch = 'elsewhere' | 'abroad' | 'withheld';

export interface Judgement {
  readonly mismatch: Mismatch;
  readonly severity: Severity;
  readonly tally: Tally;
  readonly windowDays: number;
  /** Why it counts for no more than it does. */
  readonly because?: string;
}

type Tenure = 'new' | 'settled' | 'unknown';

/** Finds what is amiss; `undefined` when nothing is, or too little has been seen. */
export function judge(diary: Diary, time: EpochMs, context: LocationContext): Judgement | undefined {
  return diary.converged === true ? judgeMoved(diary, time, context) : judgeUnproven(diary, time, context);
}

/** Somebody who was never seen at the claimed place for long. */
function judgeUnproven(diary: Diary, time: EpochMs, context: LocationContext): Judgement | undefined {
  const { parameters } = context;
  const { windowDays, minDays, minDaysAbroad, minDaysSettled } = parameters;
  const window = tally(diary, time, windowDays);
  const tenure = tenureOf(time, context);
  const mismatch = mismatchIn(window, minDays, minDaysAbroad, parameters.nearShare);
  if (mismatch !== undefined) {
    const days = mismatch === 'abroad' ? window.abroad : window.located;
    if (tenure !== 'settled' || days >= minDaysSettled)
      return { mismatch, severity: 'high', tally: window, windowDays };
    const because = `They have been here for more than ${parameters.newHireDays} days and nothing earlier is known: it may be a trip, until it is ${minDaysSettled} days.`;
    return { mismatch, severity: 'low', tally: window, windowDays, because };
  }
  if (window.days < minDays || window.hidden <= window.days * parameters.hiddenShare) return undefined;
  const isNearNever = diary.nearDays === 0;
  const isHigh =
    tenure === 'new' && isNearNever && window.anonymized >= window.days * parameters.hiddenShareHigh;
  const isMedium = isNearNever && window.anonymized > window.days * parameters.hiddenShare;
  const severity = isHigh ? 'high' : isMedium ? 'medium' : 'low';
  return { mismatch: 'withheld', severity, tally: window, windowDays };
}

/** Somebody who was at the claimed place for a while, once: they travel, or they have moved. */
function judgeMoved(diary: Diary, time: EpochMs, { parameters }: LocationContext): Judgement | undefined {
  const { awayWindowDays, minDaysAway, nearShare } = parameters;
  const window = tally(diary, time, awayWindowDays);
  const mismatch = mismatchIn(window, minDaysAway, minDaysAway, nearShare);
  if (mismatch === undefined) return undefined;
  const because = 'They were at the claimed place before: they have moved, or are away for long.';
  const severity = mismatch === 'abroad' ? 'medium' : 'low';
  return { mismatch, severity, tally: window, windowDays: awayWindowDays, because };
}

function mismatchIn(
  { located, near, abroad, inCountry }: Tally,
  minDays: number,
  minDaysAbroad: number,
  nearShare: number,
): Mismatch | undefined {
  if (near >= located * nearShare && located > 0) return undefined;
  if (abroad >= minDaysAbroad && inCountry < (abroad + inCountry) * nearShare) return 'abroad';
  return located >= minDays ? 'elsewhere' : undefined;
}

/** Tells whether somebody is by now mostly at the claimed place: what was found before is explained. */
export function isConverged(diary: Diary, time: EpochMs, { parameters }: LocationContext): boolean {
  const { near, located } = tally(diary, time, parameters.windowDays);
  return diary.nearDays >= NEAR_DAYS && near * 2 >= located && near > 0;
}

function tenureOf(time: EpochMs, { person, parameters }: LocationContext): Tenure {
  const days = tenureDays(person, time);
  if (days === undefined) return 'unknown';
  return days <= parameters.newHireDays ? 'new' : 'settled';
}
