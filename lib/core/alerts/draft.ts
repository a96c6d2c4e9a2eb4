/** An alert in the making: findings of one detection about one subject, object and day, folded into one. */
import type { Finding } from '../detections/contract.ts';
import { compareText } from '../events/event.ts';
import { stableId } from '../hash.ts';
import { subjectKey, type SubjectRef } from '../people/subject.ts';
import { dayOf, isoTime, type Day, type EpochMs } from '../time.ts';
import type { AlertObject, Confidence, Evidence } from './alert.ts';
import { severityRank, type Severity } from './severity.ts';

/** Most evidence an alert carries; the first, the completing and the last are always among it. */
export const EVIDENCE_LIMIT = 50;
const RELATED_LIMIT = 200;
const TEXTS_LIMIT = 12;

/** Plain JSON: it is kept with the subject's state. */
export interface Draft {
  readonly id: string;
  readonly detection: string;
  readonly day?: Day;
  readonly object?: AlertObject;
  /** When the first finding was complete. */
  readonly time: EpochMs;
  firstSeen: string;
  lastSeen: string;
  count: number;
  severity: Severity;
  confidence: Confidence;
  summary: string;
  why: readonly string[];
  benign: readonly string[];
  next: readonly string[];
  evidence: Evidence[];
  /** Position of the completing evidence. */
  completing: number;
  related: SubjectRef[];
  /** Every finding in it is covered by a recorded approval. */
  approved: boolean;
}

/**
 * Names an alert: the same detection, subject, object and day give the same id, whatever the events' order.
 *
 * @param day - absent for standing conditions
 */
export function alertId(
  detection: string,
  subject: SubjectRef,
  object: AlertObject | undefined,
  day: Day | undefined,
): string {
  return stableId(
    detection,
    subjectKey(subject),
    object === undefined ? '' : `${object.kind}:${object.id}`,
    day ?? '',
  );
}

/** Starts an alert with its first finding. */
export function draftOf(
  detection: string,
  subject: SubjectRef,
  finding: Finding,
  at: { readonly time: EpochMs; readonly standing: boolean; readonly approved: boolean },
): Draft {
  const day = at.standing ? undefined : dayOf(at.time);
  const time = isoTime(at.time);
  const draft: Draft = {
    id: alertId(detection, subject, finding.object, day),
    detection,
    ...(day === undefined ? {} : { day }),
    ...(finding.object === undefined ? {} : { object: finding.object }),
    time: at.time,
    firstSeen: time,
    lastSeen: time,
    count: finding.uncited ?? 0,
    severity: finding.severity,
    confidence: finding.confidence,
    ...textsOf(finding),
    evidence: [],
    completing: 0,
    related: [],
    approved: at.approved,
  };
  for (const evidence of finding.evidence) addEvidence(draft, evidence);
  draft.completing = Math.max(0, draft.evidence.length - 1);
  addRelated(draft, finding);
  return draft;
}

/** Folds a later finding into an alert. A worse one brings its own words; a lesser one only supports. */
export function addFinding(
  draft: Draft,
  finding: Finding,
  at: { readonly time: EpochMs; readonly approved: boolean },
): void {
  const time = isoTime(at.time);
  if (time > draft.lastSeen) draft.lastSeen = time;
  draft.count += finding.uncited ?? 0;
  const worse = severityRank(finding.severity) > severityRank(draft.severity);
  // An unapproved finding outranks approved ones of the same severity: its words are what people have to read.
  const same = finding.severity === draft.severity;
  if (worse || (same && (finding.restates === true || (draft.approved && !at.approved)))) {
    draft.severity = finding.severity;
    draft.confidence = finding.confidence;
    Object.assign(draft, textsOf(finding));
  }
  draft.approved &&= at.approved;
  for (const evidence of finding.evidence) addEvidence(draft, evidence);
  addRelated(draft, finding);
}

function textsOf(finding: Finding): Pick<Draft, 'summary' | 'why' | 'benign' | 'next'> {
  return {
    summary: finding.summary,
    why: finding.why.slice(0, TEXTS_LIMIT),
    benign: (finding.benign ?? []).slice(0, TEXTS_LIMIT),
    next: (finding.next ?? []).slice(0, TEXTS_LIMIT),
  };
}

function addEvidence(draft: Draft, evidence: Evidence): void {
  if (evidence.time < draft.firstSeen) draft.firstSeen = evidence.time;
  if (evidence.time > draft.lastSeen) draft.lastSeen = evidence.time;
  if (draft.evidence.some((known) => sameEvidence(known, evidence))) return;
  draft.count += 1;
  draft.evidence.push(evidence);
  if (draft.evidence.length <= EVIDENCE_LIMIT) return;
  // The newest but one goes, unless it is the completing one: the first ones tell the story, the last one its end.
  const drop = EVIDENCE_LIMIT - 1 === draft.completing ? EVIDENCE_LIMIT - 2 : EVIDENCE_LIMIT - 1;
  draft.evidence.splice(drop, 1);
  if (draft.completing > drop) draft.completing -= 1;
}

function sameEvidence(a: Evidence, b: Evidence): boolean {
  return (
    a.eventId === b.eventId &&
    a.source === b.source &&
    a.feed === b.feed &&
    a.time === b.time &&
    a.what === b.what
  );
}

function addRelated(draft: Draft, finding: Finding): void {
  for (const subject of finding.related ?? []) {
    if (draft.related.length >= RELATED_LIMIT) return;
    if (!draft.related.some((known) => known.kind === subject.kind && known.id === subject.id))
      draft.related.push(subject);
  }
  draft.related.sort((a, b) => compareText(subjectKey(a), subjectKey(b)));
}
