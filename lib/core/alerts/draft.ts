/** An alert in the making: findings of one detection about one subject, object and day, folded into one. */
import type { Condition, Finding } from '../detections/contract.ts';
import { compareText } from '../events/event.ts';
import { stableId } from '../hash.ts';
import { subjectKey, type SubjectRef } from '../people/subject.ts';
import { dayOf, isoTime, type Day, type EpochMs } from '../time.ts';
import type { AlertObject, Confidence, Evidence } from './alert.ts';
import type { Severity } from './severity.ts';

/** Most evidence an alert carries; the first, the completing and the last are always among it. */
export const EVIDENCE_LIMIT = 50;
const RELATED_LIMIT = 200;
const TEXTS_LIMIT = 12;
const CASES_LIMIT = 12;

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
  /** The different ways in which it was found, oldest first; the worst that stands speaks for the alert. */
  readonly cases: Case[];
  evidence: Evidence[];
  /** Position of the completing evidence. */
  completing: number;
  related: SubjectRef[];
}

/** What a finding says of itself, and under which conditions. */
export interface Case {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly conditions: readonly Condition[];
  /** The severity that a recorded approval spared it. */
  readonly approved: Severity | false;
  readonly summary: string;
  readonly why: readonly string[];
  readonly benign: readonly string[];
  readonly next: readonly string[];
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
  at: { readonly time: EpochMs; readonly standing: boolean; readonly approved: Severity | false },
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
    cases: [caseOf(finding, at.approved)],
    evidence: [],
    completing: 0,
    related: [],
  };
  for (const evidence of finding.evidence) addEvidence(draft, evidence);
  draft.completing = Math.max(0, draft.evidence.length - 1);
  addRelated(draft, finding);
  return draft;
}

/** Folds a later finding into an alert: it supports it, and when it says something else, is one more case of it. */
export function addFinding(
  draft: Draft,
  finding: Finding,
  at: { readonly time: EpochMs; readonly approved: Severity | false },
): void {
  const time = isoTime(at.time);
  if (time > draft.lastSeen) draft.lastSeen = time;
  draft.count += finding.uncited ?? 0;
  const added = caseOf(finding, at.approved);
  const known = draft.cases.findIndex((each) => isSameCase(each, added));
  if (known < 0 && draft.cases.length < CASES_LIMIT) draft.cases.push(added);
  else if (known >= 0 && finding.restates === true) draft.cases[known] = added;
  for (const evidence of finding.evidence) addEvidence(draft, evidence);
  addRelated(draft, finding);
}

function caseOf(finding: Finding, approved: Severity | false): Case {
  return {
    severity: finding.severity,
    confidence: finding.confidence,
    conditions: finding.conditions ?? [],
    approved,
    summary: finding.summary,
    why: finding.why.slice(0, TEXTS_LIMIT),
    benign: (finding.benign ?? []).slice(0, TEXTS_LIMIT),
    next: (finding.next ?? []).slice(0, TEXTS_LIMIT),
  };
}

function isSameCase(a: Case, b: Case): boolean {
  return (
    a.severity === b.severity &&
    a.approved === b.approved &&
    a.conditions.length === b.conditions.length &&
    a.conditions.every(({ conclusion }, index) => conclusion === b.conditions[index]?.conclusion)
  );
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
