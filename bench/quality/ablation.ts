/** What the composite finds when a part of what it weighs is taken away. */
import type { Explanation } from '../../lib/core/detections/contract.ts';
import { EXPLANATIONS, RAISED_FROM, standingOf, suspicionOf, type Suspect } from './suspects.ts';
import { rateOf, shareOf, type Rate, type Share } from './statistics.ts';

export interface Ablation {
  /** Absent where nothing is taken away. */
  readonly without?: Explanation;
  readonly impostors: Share;
  readonly falseAlerts: Rate;
}

/**
 * Gives the composite as it is, then without the alerts of each explanation.
 *
 * @param impostors - keys of the attacks whose impostor is to be suspected
 */
export function ablations(
  suspects: readonly Suspect[],
  impostors: ReadonlySet<string>,
  personDays: number,
): readonly Ablation[] {
  return [undefined, ...EXPLANATIONS].map((without) => {
    const raised = suspects
      .map((suspect) => suspicionOf(suspect, standingWithout(suspect, without)))
      .filter(({ value }) => value >= RAISED_FROM);
    const told = new Set(raised.flatMap(({ attacks }) => attacks).filter((key) => impostors.has(key)));
    return {
      ...(without === undefined ? {} : { without }),
      impostors: shareOf(told.size, impostors.size),
      falseAlerts: rateOf(raised.filter(({ attacks }) => attacks.length === 0).length, personDays),
    };
  });
}

function standingWithout(suspect: Suspect, without: Explanation | undefined) {
  return standingOf(suspect, (contributes) =>
    contributes.explainedBy === without ? undefined : contributes,
  );
}
