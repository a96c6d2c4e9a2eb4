/** Our travel detection beside the rule that everybody writes first, in the same worlds. */
import { impossibleTravel } from '../../lib/core/detections/impossible-travel.ts';
import { isExpected, isOfAttack } from './matching.ts';
import { daysIn, honestSpans } from './person-days.ts';
import { rateOf, shareOf, type Rate, type Share } from './statistics.ts';
import type { Observed, SeenAlert } from './trial.ts';
import { atLeast } from './counts.ts';

export interface PlainResult {
  readonly rule: string;
  /** Of attacks that are to be found by travel alone or among others. */
  readonly found: Share;
  readonly falseAlerts: Rate;
}

/** Gives ours at any severity, ours at medium or more, then the plain rules. */
export function plainResults(observed: readonly Observed[]): readonly PlainResult[] {
  const ours = (alerts: readonly SeenAlert[]): readonly SeenAlert[] =>
    alerts.filter(({ detection }) => detection === impossibleTravel.id);
  const plain = [...new Set(observed.flatMap((each) => each.plain.map(({ detection }) => detection)))].sort();
  return [
    resultOf(impossibleTravel.id, observed, ({ alerts }) => ours(alerts)),
    resultOf(`${impossibleTravel.id}, medium or more`, observed, ({ alerts }) =>
      atLeast(ours(alerts), 'medium'),
    ),
    ...plain.map((rule) =>
      resultOf(rule, observed, (each) => each.plain.filter(({ detection }) => detection === rule)),
    ),
  ];
}

function resultOf(
  rule: string,
  observed: readonly Observed[],
  alertsOf: (observed: Observed) => readonly SeenAlert[],
): PlainResult {
  let [found, played, wrong] = [0, 0, 0];
  for (const each of observed) {
    const alerts = alertsOf(each);
    wrong += alerts.filter((alert) => !each.labels.some((label) => isOfAttack(alert, label))).length;
    for (const label of each.labels) {
      if (!label.expects.includes(impossibleTravel.id)) continue;
      played += 1;
      // Whatever it is called, it says what our own would say.
      if (alerts.some((alert) => isExpected({ ...alert, detection: impossibleTravel.id }, label))) found += 1;
    }
  }
  return {
    rule,
    found: shareOf(found, played),
    falseAlerts: rateOf(wrong, daysIn(observed.flatMap(honestSpans))),
  };
}
