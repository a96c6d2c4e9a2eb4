/** How much everything found of one person weighs at an instant. */
import { severityRank } from '../../alerts/severity.ts';
import { tenureDays } from '../../people/tenure.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import type { Explanation, Weighed } from '../contract.ts';
import type { ImpostorContext } from './parameters.ts';

export interface Score {
  readonly time: EpochMs;
  readonly score: number;
  /** The innocent explanations it would take to cover everything that counted. */
  readonly explanations: readonly Explanation[];
  /** Something counted that compares with what the person cannot write. */
  readonly independent: boolean;
  /** What counted, the heaviest first. */
  readonly parts: readonly { readonly found: Weighed; readonly points: number }[];
}

/** What a step of severity away from the detection's usual one makes of its weight. */
const STEP_DOWN = 0.5;
const STEP_UP = 1.25;

/**
 * Weighs what was found by an instant.
 *
 * Points halve with each half-life since a finding last held; of several findings of one detection about one thing the
 * heaviest counts alone, of one explanation no more than the cap.
 */
export function scoreAt(time: EpochMs, found: readonly Weighed[], context: ImpostorContext): Score {
  const heaviest = new Map<string, { found: Weighed; points: number }>();
  for (const each of found) {
    if (each.time > time) continue;
    const points = pointsOf(each, time, context);
    if (points < context.parameters.leastPoints) continue;
    const key = `${each.detection} ${each.about}`;
    const known = heaviest.get(key);
    if (known === undefined || isHeavier({ found: each, points }, known))
      heaviest.set(key, { found: each, points });
  }
  const parts = [...heaviest.values()].sort((a, b) => (isHeavier(a, b) ? -1 : 1));
  const sums = new Map<Explanation, number>();
  for (const { found: each, points } of parts) {
    const { explainedBy } = each.contributes;
    sums.set(explainedBy, (sums.get(explainedBy) ?? 0) + points);
  }
  const cap = context.parameters.mostPerExplanation;
  const score = [...sums.values()].reduce((sum, points) => sum + Math.min(cap, points), 0);
  return {
    time,
    score: Math.round(score * 10) / 10,
    explanations: [...sums.keys()].sort(),
    independent: parts.some((part) => part.found.contributes.independent),
    parts,
  };
}

function pointsOf(each: Weighed, time: EpochMs, context: ImpostorContext): number {
  const { parameters } = context;
  const { weight, independent } = each.contributes;
  const steps = severityRank(each.severity) - severityRank(each.usualSeverity);
  const factor = steps < 0 ? STEP_DOWN ** -steps : STEP_UP ** Math.min(steps, 1);
  const idleDays = Math.max(0, time - each.lastTime) / DAY_MS;
  const tenure = independent ? tenureFactor(each.time, context) : 1;
  return weight * factor * tenure * 0.5 ** (idleDays / parameters.halfLifeDays);
}

/** New people are whom the scheme places; what they cannot write counts for more. */
function tenureFactor(time: EpochMs, { person, parameters }: ImpostorContext): number {
  const days = tenureDays(person, time) ?? Infinity;
  if (days <= parameters.newHireDays) return parameters.newHireFactor;
  return days <= parameters.recentHireDays ? parameters.recentHireFactor : 1;
}

function isHeavier(
  a: { readonly found: Weighed; readonly points: number },
  b: { readonly found: Weighed; readonly points: number },
): boolean {
  if (a.points !== b.points) return a.points > b.points;
  return a.found.time !== b.found.time ? a.found.time < b.found.time : a.found.alertId < b.found.alertId;
}
