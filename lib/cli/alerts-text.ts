/** Kept alerts for people to read on a terminal: a line each, and a history. */
import type { Alert } from '../core/alerts/alert.ts';
import { forReading, safeText } from '../core/alerts/text.ts';
import type { HistoryEntry } from '../stores/alert-history.ts';
import { columns } from './columns.ts';

/** One line each, worst first, then newest. */
export function alertLines(alerts: readonly Alert[]): string {
  const rows = forReading(alerts).map((alert) => [
    alert.id.slice(0, 8),
    minute(alert.time),
    alert.severity,
    alert.status,
    alert.detection,
    safeText(nameOf(alert)),
  ]);
  return columns([['ID', 'TIME (UTC)', 'SEVERITY', 'STATUS', 'DETECTION', 'SUBJECT'], ...rows]);
}

/** One line each, oldest first, the reason below. */
export function historyLines(entries: readonly HistoryEntry[]): string {
  const rows = entries.map((entry) => [
    `  ${minute(entry.time)}`,
    safeText(entry.who),
    entry.why === undefined ? whatOf(entry) : `${whatOf(entry)}: ${safeText(entry.why)}`,
  ]);
  return columns(rows);
}

function whatOf({ what, severity, count }: HistoryEntry): string {
  return what === 'raised' ? `raised as ${severity}, ${count === 1 ? '1 event' : `${count} events`}` : what;
}

function nameOf({ subject }: Alert): string {
  return subject.name === undefined ? subject.id : `${subject.id} (${subject.name})`;
}

/** @example minute('2026-03-09T14:02:11.000Z') // => '2026-03-09 14:02' */
function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
