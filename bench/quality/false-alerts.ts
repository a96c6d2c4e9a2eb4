/** What was raised though nobody attacked: how much of it, by which detection, and what would explain it. */
import type { Severity } from '../../lib/core/alerts/severity.ts';
import { Causes, type CauseResult, type Suspicion } from './causes.ts';
import { atLeast, bySeverity, compareCounts, countsOf, type Counts } from './counts.ts';
import { falseIn } from './false-in.ts';
import { daysIn, honestSpans } from './person-days.ts';
import { rateOf, type Rate } from './statistics.ts';
import type { Observed, SeenAlert } from './trial.ts';

export interface FalseAlerts {
  readonly personDays: number;
  readonly bySeverity: Readonly<Record<Severity, Rate>>;
  readonly mediumOrMore: Rate;
  readonly highOrMore: Rate;
  readonly byDetection: readonly DetectionResult[];
  readonly byCause: readonly CauseResult[];
}

export interface DetectionResult {
  readonly detection: string;
  readonly counts: Counts;
  /** What those whom it names have more often than others: by its alerts of medium or more, if there are any. */
  readonly likeliest?: Suspicion;
}

export function falseAlerts(observed: readonly Observed[]): FalseAlerts {
  const found = observed.flatMap(falseIn);
  const personDays = daysIn(observed.flatMap(honestSpans));
  const counts = countsOf(found);
  const causes = new Causes(observed);
  return {
    personDays,
    bySeverity: bySeverity((severity) => rateOf(counts[severity], personDays)),
    mediumOrMore: rateOf(atLeast(found, 'medium').length, personDays),
    highOrMore: rateOf(atLeast(found, 'high').length, personDays),
    byDetection: [...Map.groupBy(found, ({ detection }) => detection)]
      .map(([detection, alerts]) => resultOf(detection, alerts, causes))
      .sort((a, b) => compareCounts(a.counts, b.counts) || (a.detection < b.detection ? -1 : 1)),
    byCause: causes.results(),
  };
}

function resultOf(detection: string, alerts: readonly SeenAlert[], causes: Causes): DetectionResult {
  const told = atLeast(alerts, 'medium');
  const likeliest = causes.likeliest(told.length > 0 ? told : alerts);
  return { detection, counts: countsOf(alerts), ...(likeliest === undefined ? {} : { likeliest }) };
}
