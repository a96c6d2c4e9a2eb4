/** On which days somebody was seen near their claimed place, elsewhere, or hidden. Plain JSON, four weeks of it. */
import type { Evidence } from '../../alerts/alert.ts';
import { dayNumberOf, type EpochMs } from '../../time.ts';

/** What a sign-in shows, as bits of a day. */
export const SEEN = {
  near: 1,
  inCountry: 2,
  away: 4,
  abroad: 8,
  /** Behind a VPN, a proxy or Tor. */
  anonymized: 16,
  /** Out of a data centre. */
  hosted: 32,
} as const;

export interface Diary {
  /** The claim that the days are compared with. */
  claim: string;
  /** Oldest first. */
  days: Day[];
  /** Distinct days near the claimed place, up to as many as matter. */
  nearDays: number;
  /** They have been at the claimed place for a while, once. */
  converged?: true;
  /** An alert stands. */
  raised?: true;
}

interface Day {
  /** Days since 1970, UTC. */
  readonly day: number;
  seen: number;
  /** The day's first sign-in elsewhere, else the first hidden one. */
  witness?: Witness;
}

export interface Witness {
  /** It shows an exit, not where they were. */
  readonly hidden?: true;
  readonly evidence: Evidence;
  readonly country?: string;
  readonly city?: string;
}

/** Days of a window, by what they show. A day near the claimed place is that, wherever else they were on it. */
export interface Tally {
  readonly days: number;
  /** With a sign-in that can be compared with the claim as finely as it is. */
  readonly located: number;
  readonly near: number;
  /** In another country, and not in the claimed one. */
  readonly abroad: number;
  readonly inCountry: number;
  /** With nothing that shows where they were, through an anonymizer or out of a data centre. */
  readonly hidden: number;
  /** Of them, those through an anonymizer. */
  readonly anonymized: number;
  /** Of days that were not near, oldest first. */
  readonly witnesses: readonly Witness[];
}

const DAYS_KEPT = 28;
/** As many days as an alert cites. */
const WITNESSES_KEPT = 14;
/** More days near than these change nothing. */
export const NEAR_DAYS = 5;

export function newDiary(claim: string): Diary {
  return { claim, days: [], nearDays: 0 };
}

/**
 * Notes what a sign-in shows.
 *
 * @returns `elsewhere` when it is now the witness of a day that was not near, `other` when the day shows anything else
 * that it did not before
 */
export function note(
  diary: Diary,
  time: EpochMs,
  seen: number,
  witness: () => Witness | undefined,
): 'elsewhere' | 'other' | undefined {
  const day = dayOf(diary, dayNumberOf(time));
  if ((day.seen & seen) === seen) return undefined;
  if (isNear(seen) && !isNear(day.seen)) diary.nearDays = Math.min(NEAR_DAYS, diary.nearDays + 1);
  const isFirst = day.witness === undefined || (has(seen, SEEN.away) && !has(day.seen, SEEN.away));
  day.seen |= seen;
  const found = isFirst ? witness() : undefined;
  if (found === undefined) return 'other';
  day.witness = found;
  const cited = diary.days.filter((each) => each.witness !== undefined);
  for (const old of cited.slice(0, -WITNESSES_KEPT)) delete old.witness;
  return isNear(day.seen) ? 'other' : 'elsewhere';
}

function dayOf(diary: Diary, number: number): Day {
  const known = diary.days.findLast(({ day }) => day === number);
  if (known !== undefined) return known;
  const added: Day = { day: number, seen: 0 };
  // One that came too late for its place may be older than the last.
  const days = [...diary.days, added].sort((a, b) => a.day - b.day);
  diary.days = days.filter(({ day }) => day > (days.at(-1)?.day ?? day) - DAYS_KEPT);
  return added;
}

/** Sums the days of the window that ends with the day of `time`. */
export function tally({ days }: Diary, time: EpochMs, windowDays: number): Tally {
  const since = dayNumberOf(time) - windowDays;
  const window = days.filter((each) => each.day > since);
  const count = (is: (seen: number) => boolean): number => window.filter(({ seen }) => is(seen)).length;
  return {
    days: window.length,
    located: count(isLocated),
    near: count(isNear),
    abroad: count((seen) => has(seen, SEEN.abroad) && !has(seen, SEEN.inCountry)),
    inCountry: count((seen) => has(seen, SEEN.inCountry)),
    hidden: count(isHidden),
    anonymized: count((seen) => isHidden(seen) && has(seen, SEEN.anonymized)),
    witnesses: window.flatMap(({ witness, seen }) =>
      witness === undefined || isNear(seen) ? [] : [witness],
    ),
  };
}

function isNear(seen: number): boolean {
  return has(seen, SEEN.near);
}

function isLocated(seen: number): boolean {
  return has(seen, SEEN.near | SEEN.away);
}

function isHidden(seen: number): boolean {
  return has(seen, SEEN.anonymized | SEEN.hosted) && !has(seen, SEEN.near | SEEN.away | SEEN.inCountry);
}

function has(seen: number, bits: number): boolean {
  return (seen & bits) !== 0;
}
