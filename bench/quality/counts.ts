/** Alerts counted by severity. */
import { SEVERITIES, severityRank, type Severity } from '../../lib/core/alerts/severity.ts';
import type { SeenAlert } from './trial.ts';

export type Counts = Readonly<Record<Severity, number>>;

export function countsOf(alerts: readonly SeenAlert[]): Counts {
  return bySeverity((severity) => alerts.filter((alert) => alert.severity === severity).length);
}

export function atLeast(alerts: readonly SeenAlert[], severity: Severity): readonly SeenAlert[] {
  return alerts.filter((alert) => severityRank(alert.severity) >= severityRank(severity));
}

/** Puts the one with more of the worst first. */
export function compareCounts(a: Counts, b: Counts): number {
  for (const severity of [...SEVERITIES].reverse())
    if (a[severity] !== b[severity]) return b[severity] - a[severity];
  return 0;
}

export function bySeverity<T>(of: (severity: Severity) => T): Readonly<Record<Severity, T>> {
  return Object.fromEntries(SEVERITIES.map((severity) => [severity, of(severity)])) as Record<Severity, T>;
}
