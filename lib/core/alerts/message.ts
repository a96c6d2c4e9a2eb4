/** What is sent to people, before it is Slack's, Amazon Q's or an e-mail: our own head, and sections of lines. */
import type { SubjectKind } from '../people/subject.ts';
import type { Alert, Evidence } from './alert.ts';
import { asId, asSubject, quoted, shortId } from './quoted.ts';
import type { Severity } from './severity.ts';

/** `minimal` is for channels that people in question may read: it names nobody. */
export type Detail = 'full' | 'minimal';

export interface Message {
  readonly kind: 'alert' | 'digest' | 'weekly' | 'test';
  /** Names the occasion: what is sent twice has the same. */
  readonly id: string;
  /** Our own words alone, ASCII, shorter than 100: SNS takes no other, and a vendor's text could forge a header. */
  readonly subject: string;
  /** Our own words too. */
  readonly title: string;
  readonly sections: readonly Section[];
  /** The severities it is for, to filter by: all of them for what everybody is to have. */
  readonly severities: readonly Severity[];
  readonly detection?: string;
  readonly subjectKind?: SubjectKind;
}

export interface Section {
  /** Our own words. */
  readonly heading?: string;
  /** Safe to show as plain text; a renderer still escapes. */
  readonly lines: readonly string[];
}

/** No single line of a message is longer: a name of ten thousand characters would push everything else out. */
export const LONGEST_LINE = 500;
const WHY_SHOWN = 6;
const BENIGN_SHOWN = 3;
const NEXT_SHOWN = 4;
const EVIDENCE_SHOWN = 4;

/**
 * Says what an alert says.
 *
 * @param before - the severity its readers were told of earlier, when it has risen since
 * @example messageOfAlert(alert, 'full').subject // => 'Ringer: high, impossible-travel (1f0c2a9e)'
 */
export function messageOfAlert(alert: Alert, detail: Detail, before?: Severity): Message {
  const { severity } = alert;
  const detection = asId(alert.detection);
  const id = shortId(alert.id);
  const level = before === undefined ? severity : `${severity} (was ${before})`;
  return {
    kind: 'alert',
    id: detail === 'full' ? alert.id : id,
    subject: asSubject(`Ringer: ${level}, ${detection} (${id})`),
    title: `${level.charAt(0).toUpperCase()}${level.slice(1)}: ${quoted(alert.title, 100)}`,
    sections: detail === 'full' ? fullSections(alert) : [minimalSection(id)],
    severities: [severity],
    detection,
    subjectKind: alert.subject.kind,
  };
}

/** Names whom or what an alert is about, on one line. */
export function whoText({ subject }: Alert): string {
  const name = subject.name === undefined ? '' : ` (${quoted(subject.name, 100)})`;
  return `${quoted(subject.id, 200)}${name}`;
}

function minimalSection(id: string): Section {
  return { lines: [`Alert ${id}. Who and why is in Ringer: ringer alerts show ${id}`] };
}

function fullSections(alert: Alert): readonly Section[] {
  const about = [whoText(alert), quoted(alert.summary, LONGEST_LINE)];
  const facts = `${alert.time}, ${countText(alert)}, confidence ${alert.confidence}, ${shortId(alert.id)}`;
  return [
    { lines: about },
    { heading: 'Why', lines: shown(alert.why, WHY_SHOWN) },
    { heading: 'Innocent if', lines: shown(alert.benign, BENIGN_SHOWN) },
    { heading: 'Check', lines: shown(alert.next, NEXT_SHOWN) },
    { heading: 'Evidence', lines: endsOf(alert.evidence).map(evidenceLine) },
    { lines: [quoted(facts, LONGEST_LINE)] },
  ].filter(({ lines }) => lines.length > 0);
}

function shown(texts: readonly string[], most: number): readonly string[] {
  return texts.slice(0, most).map((text) => quoted(text, LONGEST_LINE));
}

function endsOf(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.length <= EVIDENCE_SHOWN
    ? evidence
    : [...evidence.slice(0, EVIDENCE_SHOWN - 1), ...evidence.slice(-1)];
}

function evidenceLine({ time, source, feed, eventId, what, ip, place, network }: Evidence): string {
  const facts = [time, what, ip, place, network].filter((fact) => fact !== undefined);
  // The id last: it is the longest, and only a machine reads it.
  return quoted(
    [...facts.map((fact) => quoted(fact, 120)), `${source}/${feed}`, eventId].join(', '),
    LONGEST_LINE,
  );
}

function countText({ count }: Alert): string {
  return count === 1 ? '1 event' : `${count} events`;
}
