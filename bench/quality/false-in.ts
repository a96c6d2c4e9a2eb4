/** Which alerts are false, and whom they are about. */
import { isOfAttack } from './matching.ts';
import { honestSpans } from './person-days.ts';
import { shareOf, type Share } from './statistics.ts';
import type { Observed, SeenAlert } from './trial.ts';

/** Gives the alerts of a trial that are about no attack. */
export function falseIn({ alerts, labels }: Observed): readonly SeenAlert[] {
  return alerts.filter((alert) => !labels.some((label) => isOfAttack(alert, label)));
}

/** Gives how many of the honest were told of wrongly at least once, by alerts of a kind. */
export function peopleAccused(observed: readonly Observed[], isMeant: (alert: SeenAlert) => boolean): Share {
  let [accused, honest] = [0, 0];
  for (const trial of observed) {
    const wrong = falseIn(trial).filter(isMeant);
    const named = new Set(wrong.map(({ subject }) => subject.id));
    const people = new Set(honestSpans(trial).map(({ id }) => id));
    honest += people.size;
    accused += [...people].filter((id) => named.has(id)).length;
  }
  return shareOf(accused, honest);
}
