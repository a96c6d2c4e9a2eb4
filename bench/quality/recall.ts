/** Which attacks were found, by what, how severe and after how long. */
import { SEVERITIES, severityRank, type Severity } from '../../lib/core/alerts/severity.ts';
import type { EpochMs } from '../../lib/core/time.ts';
import type { Label } from '../../lib/simulator/world/world.ts';
import { isComposite, isExpected, isOfAttack } from './matching.ts';
import { quantile, shareOf, type Share } from './statistics.ts';
import type { Observed, SeenAlert } from './trial.ts';

/** An attack as it was played once, and what was seen of it. */
export interface Played {
  readonly label: Label;
  /** Alerts that it is to be found by, the earliest first. */
  readonly expected: readonly SeenAlert[];
  readonly composite: SeenAlert | undefined;
  /** Something else was raised about it. */
  readonly isNoticed: boolean;
}

/** Of all times an attack was played. */
export interface AttackResult {
  readonly attack: string;
  readonly found: Share;
  /** How often the worst that was raised of it, the composite among them, was of each severity. */
  readonly worst: Readonly<Record<Severity, number>>;
  /** Of those whose impostor was to be suspected. */
  readonly composite: Share;
  readonly delay: Delay;
  readonly compositeDelay: Delay;
}

/** From the first record of an attack to an alert, by the times of events. Absent when nothing was found. */
export interface Delay {
  readonly medianMs?: number;
  readonly p90Ms?: number;
}

export interface Recall {
  /** Of attacks that something is expected of. */
  readonly found: Share;
  /** Of the same, those of which somebody was told: medium or more, the composite among them. */
  readonly told: Share;
  readonly composite: Share;
  readonly delay: Delay;
  readonly compositeDelay: Delay;
}

/** Attacks that are known to be missed, which are no part of recall. */
export interface MissedResult {
  readonly attack: string;
  readonly played: number;
  /** How often something was raised all the same. */
  readonly noticed: number;
}

export function playedIn(observed: readonly Observed[]): readonly Played[] {
  return observed.flatMap(({ labels, alerts }) =>
    labels.map((label) => ({
      label,
      expected: alerts.filter((alert) => isExpected(alert, label)).sort((a, b) => a.time - b.time),
      composite: alerts.find((alert) => isComposite(alert, label)),
      isNoticed: alerts.some((alert) => isOfAttack(alert, label)),
    })),
  );
}

export function recallOf(played: readonly Played[]): Recall {
  const scored = played.filter(isScored);
  const told = scored.filter((each) => severityRank(worstOf(each)) >= severityRank('medium'));
  return {
    found: shareOf(scored.filter(isFound).length, scored.length),
    told: shareOf(told.length, scored.length),
    ...compositeOf(scored),
    delay: delayOf(scored, ({ expected }) => expected[0]?.time),
  };
}

/** By name, in alphabetical order. */
export function byAttack(played: readonly Played[]): readonly AttackResult[] {
  return grouped(played.filter(isScored)).map(([attack, each]) => ({
    attack,
    found: shareOf(each.filter(isFound).length, each.length),
    worst: countWorst(each),
    ...compositeOf(each),
    delay: delayOf(each, ({ expected }) => expected[0]?.time),
  }));
}

export function missedOnPurpose(played: readonly Played[]): readonly MissedResult[] {
  return grouped(played.filter((each) => !isScored(each))).map(([attack, each]) => ({
    attack,
    played: each.length,
    noticed: each.filter(({ isNoticed }) => isNoticed).length,
  }));
}

export function isScored({ label }: Played): boolean {
  return label.expects.length > 0;
}

function isFound({ expected }: Played): boolean {
  return expected.length > 0;
}

function worstOf({ expected, composite }: Played): Severity {
  const all = composite === undefined ? expected : [...expected, composite];
  return SEVERITIES[Math.max(0, ...all.map(({ severity }) => severityRank(severity)))] ?? 'informational';
}

function countWorst(played: readonly Played[]): Readonly<Record<Severity, number>> {
  const counts = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const each of played) if (isFound(each) || each.composite !== undefined) counts[worstOf(each)] += 1;
  return counts;
}

function compositeOf(played: readonly Played[]): Pick<Recall, 'composite' | 'compositeDelay'> {
  const wanted = played.filter(({ label }) => label.expectsComposite);
  const raised = wanted.filter(({ composite }) => composite !== undefined);
  return {
    composite: shareOf(raised.length, wanted.length),
    compositeDelay: delayOf(raised, ({ composite }) => composite?.time),
  };
}

function delayOf(played: readonly Played[], timeOf: (played: Played) => EpochMs | undefined): Delay {
  const delays = played.flatMap((each) => {
    const time = timeOf(each);
    return time === undefined ? [] : [Math.max(0, time - each.label.begin)];
  });
  const [medianMs, p90Ms] = [quantile(delays, 0.5), quantile(delays, 0.9)];
  return medianMs === undefined || p90Ms === undefined ? {} : { medianMs, p90Ms };
}

function grouped(played: readonly Played[]): readonly (readonly [string, readonly Played[]])[] {
  const groups = Map.groupBy(played, ({ label }) => label.attack);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
