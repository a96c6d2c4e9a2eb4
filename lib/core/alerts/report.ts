/**
 * Writes many alerts for somebody who has a minute: in full what has to be looked at, worst first; below it what is part of
 * a suspicion already told, and what weighs little by itself, a line each kind.
 */
import { compareText } from '../events/event.ts';
import { subjectKey } from '../people/subject.ts';
import type { Alert } from './alert.ts';
import { severityRank, type Severity } from './severity.ts';
import { alertText, forReading, PLAIN, safeAlert, type Style } from './text.ts';

/** Names on one line, the others are counted. */
const SUBJECTS_SHOWN = 8;
const IN_FULL_FROM: Severity = 'medium';

/**
 * Writes the report; every alert is in it, in full, as a line or counted in one.
 *
 * @param width - columns to wrap at
 */
export function reportText(alerts: readonly Alert[], width = 100, style: Style = PLAIN): string {
  if (alerts.length === 0) return 'No alerts.\n';
  const safe = alerts.map(safeAlert);
  const partOf = new Set(
    safe.flatMap(({ contributions = [] }) => contributions.map(({ alertId }) => alertId)),
  );
  // What else was found of somebody suspected is read with the suspicion.
  const suspects = new Set(safe.filter(isComposite).map(({ subject }) => subjectKey(subject)));
  const ordered = [...forReading(safe)].sort(
    (a, b) =>
      severityRank(b.severity) - severityRank(a.severity) || Number(isComposite(b)) - Number(isComposite(a)),
  );
  const [full, lines] = [[] as Alert[], [] as Alert[]];
  for (const alert of ordered) {
    const isWorthIt = severityRank(alert.severity) >= severityRank(IN_FULL_FROM);
    const isTold = partOf.has(alert.id) || (suspects.has(subjectKey(alert.subject)) && !isComposite(alert));
    (isWorthIt && !isTold ? full : lines).push(alert);
  }
  const blocks = full.map((alert) => alertText(alert, width, style));
  const below = groups(lines).map((group) => groupLine(group, style));
  if (below.length > 0) {
    const more = lines.length === 1 ? '1 more alert' : `${lines.length} more alerts`;
    const heading = `${more}, part of the above or of little weight; --format ndjson has each in full:`;
    blocks.push([style.faint(heading), ...below, ''].join('\n'));
  }
  return blocks.join('\n');
}

function isComposite({ contributions }: Alert): boolean {
  return contributions !== undefined;
}

interface Group {
  readonly severity: Severity;
  readonly detection: string;
  /** Subjects by how many alerts of this kind they have. */
  readonly subjects: Map<string, number>;
}

function groups(alerts: readonly Alert[]): readonly Group[] {
  const byKind = new Map<string, Group>();
  for (const { severity, detection, subject } of alerts) {
    const key = `${severity} ${detection}`;
    const group = byKind.get(key) ?? { severity, detection, subjects: new Map<string, number>() };
    byKind.set(key, group);
    group.subjects.set(subject.id, (group.subjects.get(subject.id) ?? 0) + 1);
  }
  return [...byKind.values()].sort(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || compareText(a.detection, b.detection),
  );
}

/** @example '  low           anonymized-sign-in  3: ada.novak@example.com (2), sam.doe@example.com' */
function groupLine({ severity, detection, subjects }: Group, style: Style): string {
  const all = [...subjects].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  const shown = all.slice(0, SUBJECTS_SHOWN).map(([id, count]) => (count === 1 ? id : `${id} (${count})`));
  const hidden = all.length - shown.length;
  const count = all.reduce((sum, [, each]) => sum + each, 0);
  return `  ${style.severity(severity, severity.padEnd(13))} ${detection} ${count}: ${shown.join(', ')}${hidden > 0 ? ` and ${hidden} others` : ''}`;
}
