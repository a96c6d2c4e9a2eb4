/** What the options of `ringer alerts` mean. */
import type { Alert } from '../core/alerts/alert.ts';
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
import type { EpochMs } from '../core/time.ts';
import { parseTime } from '../sources/times.ts';
import type { AlertQuery } from '../stores/alert-queries.ts';
import { UsageError } from './usage-error.ts';

export interface QueryOptions {
  readonly status?: readonly Alert['status'][];
  readonly severity?: Severity;
  readonly since?: string;
  readonly until?: string;
  readonly subject?: string;
  readonly detection?: string;
}

/** @throws UsageError naming the option and what was expected */
export function queryOf(options: QueryOptions): AlertQuery {
  const { status, severity, subject, detection } = options;
  return {
    statuses: status,
    severities:
      severity === undefined
        ? undefined
        : SEVERITIES.filter((each) => severityRank(each) >= severityRank(severity)),
    since: timeOf('--since', options.since),
    until: timeOf('--until', options.until),
    subjects: subject === undefined ? undefined : subjectKeys(subject),
    detection,
  };
}

const KINDS = ['person', 'account', 'device', 'address', 'organization'] as const;

/**
 * Gives the keys of the subjects that a text may mean: one if it names the kind, else one of each kind.
 *
 * @example subjectKeys('person:Ada.Novak@example.com') // => ['person:ada.novak@example.com']
 */
function subjectKeys(text: string): readonly string[] {
  const named = KINDS.find((kind) => text.startsWith(`${kind}:`));
  const id = named === undefined ? text : text.slice(named.length + 1);
  return (named === undefined ? KINDS : [named]).map(
    (kind) => `${kind}:${kind === 'person' ? id.toLowerCase() : id}`,
  );
}

function timeOf(option: string, text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time === undefined)
    throw new UsageError(
      `${option}: expected a time such as 2026-03-10T12:00:00Z, got ${JSON.stringify(text.slice(0, 40))}`,
    );
  return time;
}
