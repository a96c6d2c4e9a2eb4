/** From which severity on alerts are sent, and to whom. */
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
import type { RingerConfig } from './schema.ts';

/** Gives a severity and all that are more urgent: what a channel with this minimum gets. */
export function severitiesFrom(minimum: Severity): readonly Severity[] {
  return SEVERITIES.slice(severityRank(minimum));
}

/** Gives the least severity that any channel wants; medium, as for a channel that does not say, where there is none. */
export function leastSeverity({ channels }: RingerConfig['alerts']): Severity {
  const ranks = channels.map((channel) => severityRank(channel.minimumSeverity));
  return ranks.length === 0 ? 'medium' : (SEVERITIES[Math.min(...ranks)] ?? 'medium');
}
