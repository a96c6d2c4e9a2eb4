/** Turns a draft into the alert that people and programs read. */
import type { Detection } from '../detections/contract.ts';
import type { SubjectRef } from '../people/subject.ts';
import { isoTime } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Draft } from './draft.ts';

/** Gives the alert as docs/contract.md publishes it, open. */
export function alertOf(draft: Draft, detection: Detection, subject: SubjectRef): Alert {
  return {
    schemaVersion: 1,
    id: draft.id,
    detection: detection.id,
    family: detection.family,
    title: detection.title,
    severity: draft.severity,
    confidence: draft.confidence,
    subject,
    related: draft.related.map(({ kind, id }) => ({ kind, id })),
    time: isoTime(draft.time),
    firstSeen: draft.firstSeen,
    lastSeen: draft.lastSeen,
    count: draft.count,
    status: 'open',
    summary: draft.summary,
    why: draft.why,
    benign: distinct([...draft.benign, ...detection.falsePositives]),
    next: distinct([...draft.next, ...detection.triage]),
    evidence: draft.evidence,
    attack: detection.attack,
    ...(draft.object === undefined ? {} : { object: draft.object }),
  };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
