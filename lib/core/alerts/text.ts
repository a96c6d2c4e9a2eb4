/** Writes alerts for people to read on a terminal: worst first; who, why, what would explain it, what to check. */
import type { Alert, Evidence } from './alert.ts';
import { severityRank, type Severity } from './severity.ts';

/** How to set off parts of the text; `PLAIN` leaves everything as it is. */
export interface Style {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export const PLAIN: Style = { severity: (_, text) => text, strong: (text) => text, faint: (text) => text };

/** On a terminal the nearest explanations and the first steps are enough; NDJSON has them all. */
const BENIGN_SHOWN = 2;
const NEXT_SHOWN = 3;
const EVIDENCE_SHOWN = 4;

/** Orders alerts for reading: worst first, then newest. */
export function forReading<A extends Alert>(alerts: readonly A[]): readonly A[] {
  return [...alerts].sort(
    (a, b) =>
      severityRank(b.severity) - severityRank(a.severity) ||
      (a.time < b.time ? 1 : a.time > b.time ? -1 : a.id < b.id ? -1 : 1),
  );
}

/**
 * Writes one alert as a block of lines.
 *
 * @param width - columns to wrap at
 */
export function alertText(alert: Alert, width: number = 100, style: Style = PLAIN): string {
  const name = alert.subject.name === undefined ? '' : ` (${alert.subject.name})`;
  const head = `${style.severity(alert.severity, ` ${alert.severity.toUpperCase()} `)} ${style.strong(`${alert.title}: ${alert.subject.id}${name}`)}`;
  const lines = [
    onOneLine(head),
    ...wrapped(alert.summary, width, '  '),
    style.faint(
      `  ${alert.time}  ${counted(alert)}  confidence ${alert.confidence}  ${alert.attack.join(' ')}  ${alert.id.slice(0, 8)}`,
    ),
    ...section('why', alert.why, width, style),
    ...section('innocent if', alert.benign.slice(0, BENIGN_SHOWN), width, style),
    ...section('check', alert.next.slice(0, NEXT_SHOWN), width, style),
    ...section('evidence', shown(alert.evidence).map(evidenceText), width, style),
  ];
  return `${lines.map(onOneLine).join('\n')}\n`;
}

/** Control, bidirectional and zero-width characters: what could steer a terminal or turn text around. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u200b-\u200d\u2028\u2029\ufeff]/gu;

/**
 * Replaces what could steer a terminal or turn text around; tabs and newlines become spaces.
 *
 * Vendors' data holds names that strangers chose.
 */
export function safeText(text: string): string {
  return text.replace(/[\t\n]/g, ' ').replace(UNSAFE, '\ufffd');
}

/** Makes every text of an alert safe to show. */
export function safeAlert<A extends Alert>(alert: A): A {
  return JSON.parse(JSON.stringify(alert), (_, value: unknown) =>
    typeof value === 'string' ? safeText(value) : value,
  ) as A;
}

function section(title: string, texts: readonly string[], width: number, style: Style): string[] {
  return texts.flatMap((text, index) => {
    const label = index === 0 ? title : '';
    const [first = '', ...rest] = wrapped(text, width, ' '.repeat(16));
    return [`  ${style.faint(label.padEnd(12))}  ${first.trimStart()}`, ...rest];
  });
}

function shown(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.length <= EVIDENCE_SHOWN
    ? evidence
    : [...evidence.slice(0, EVIDENCE_SHOWN - 1), ...evidence.slice(-1)];
}

function evidenceText(evidence: Evidence): string {
  const parts = [evidence.what, evidence.ip, evidence.place, evidence.network].filter(
    (part) => part !== undefined,
  );
  return `${evidence.time} ${evidence.source}/${evidence.feed} ${evidence.eventId}${parts.length === 0 ? '' : ` · ${parts.join(' · ')}`}`;
}

function counted(alert: Alert): string {
  if (alert.count === 1) return '1 event';
  return `${alert.count} events, ${alert.firstSeen.slice(0, 16)} to ${alert.lastSeen.slice(0, 16)}`;
}

function wrapped(text: string, width: number, indent: string): string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(indent + line);
  return lines;
}

function onOneLine(line: string): string {
  return line.replaceAll('\n', ' ').trimEnd();
}
