/** Alerts as CSV that a spreadsheet shows and does not run. */
import type { Alert } from '../core/alerts/alert.ts';
import type { HistoryEntry } from '../stores/alert-history.ts';

/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * Writes one row. A cell that would be a formula gets an apostrophe, which spreadsheets show as text.
 *
 * @see RFC 4180
 * @example csvRow(['a', 'b, c', '=1+1', undefined]) // => `a,"b, c",'=1+1,\r\n`
 */
export function csvRow(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

export const ALERT_COLUMNS = [
  'id',
  'time',
  'detection',
  'severity',
  'confidence',
  'status',
  'subjectKind',
  'subjectId',
  'subjectName',
  'firstSeen',
  'lastSeen',
  'count',
  'summary',
] as const;

export function alertCells(alert: Alert): readonly (string | number | undefined)[] {
  const { id, time, detection, severity, confidence, status, subject } = alert;
  return [
    ...[id, time, detection, severity, confidence, status, subject.kind, subject.id, subject.name],
    ...[alert.firstSeen, alert.lastSeen, alert.count, alert.summary],
  ];
}

export const HISTORY_COLUMNS = [
  'change',
  'changeTime',
  'changeBy',
  'who',
  'what',
  'why',
  'statusAfter',
  'severityAfter',
  'countAfter',
] as const;

export function historyCells(entry: HistoryEntry): readonly (string | number | undefined)[] {
  const { sequence, time, by, who, what, why, status, severity, count } = entry;
  return [sequence, time, by, who, what, why, status, severity, count];
}

function cellOf(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n\t]|^ | $/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
