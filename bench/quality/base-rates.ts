/** What a rate of false alarms means when nearly everybody is honest. */

/** How many of the people hired are impostors: what reports of the scheme suggest, no measurement. */
export const IMPOSTORS_PER_HIRE = 1 / 1_000;
const HIRES = 1_000;

export interface BaseRate {
  readonly what: string;
  /** It was measured; otherwise it stands for comparison. */
  readonly isMeasured: boolean;
  /** The share of honest people that is wrongly told of, at least once, in the time measured. */
  readonly falseShare: number;
  /** The share of impostors that is told of. */
  readonly recall: number;
  /** Of 1,000 people hired. */
  readonly trueAlarms: number;
  readonly falseAlarms: number;
  /** The chance that an alarm is true; absent when there is none. */
  readonly precision?: number;
}

/**
 * Reckons with Bayes' rule.
 *
 * @example baseRate('one in a hundred', 0.01, 1).precision // => 0.091 or so
 */
export function baseRate(what: string, falseShare: number, recall: number, isMeasured = false): BaseRate {
  const impostors = HIRES * IMPOSTORS_PER_HIRE;
  const trueAlarms = impostors * recall;
  const falseAlarms = (HIRES - impostors) * falseShare;
  const all = trueAlarms + falseAlarms;
  return {
    ...{ what, isMeasured, falseShare, recall, trueAlarms, falseAlarms },
    ...(all === 0 ? {} : { precision: trueAlarms / all }),
  };
}
