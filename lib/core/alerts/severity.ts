/** From least to most urgent. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Gives 0 for informational … 4 for critical. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Gives the more urgent of two. */
export function worse(a: Severity, b: Severity): Severity {
  return severityRank(a) >= severityRank(b) ? a : b;
}

/** Gives the less urgent of two: a ceiling. */
export function atMost(severity: Severity, ceiling: Severity): Severity {
  return severityRank(severity) <= severityRank(ceiling) ? severity : ceiling;
}

/**
 * Moves a severity by whole steps and stays on the scale.
 *
 * @example raised('high', 3) // => 'critical'
 */
export function raised(severity: Severity, steps: number): Severity {
  const rank = Math.min(SEVERITIES.length - 1, Math.max(0, severityRank(severity) + steps));
  return SEVERITIES[rank] ?? severity;
}
