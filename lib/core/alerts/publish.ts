/** Turns a draft into the alert that people and programs read. */
import type { Detection } from '../detections/contract.ts';
import type { Implicated } from '../implicated.ts';
import type { SubjectRef } from '../people/subject.ts';
import { isoTime, MINUTE_MS, type EpochMs } from '../time.ts';
import type { Alert } from './alert.ts';
import type { Case, Draft } from './draft.ts';
import { atMost, severityRank, worse, type Severity } from './severity.ts';

/** An alert, and what is known of it beside what it says. */
export type Published = Alert & {
  /** If recorded approvals cover every way in which it stands, the severity that they spare it. */
  readonly approved: Severity | false;
  /** A conclusion that may explain it has not been drawn yet, or from too little. */
  readonly awaiting?: true;
};

/** Gives the fields of the contract alone. */
export function contractOf(published: Alert & Partial<Published>): Alert {
  const { approved: _, awaiting: __, ...alert } = published;
  return alert;
}

/** Tells whether approvals cover all of an alert. */
export function isApproved({ approved }: Partial<Pick<Published, 'approved'>>): boolean {
  return approved !== undefined && approved !== false;
}

/** A listing comes in many messages: what is concluded from the first of them may not be what all of them say. */
export const AWAIT_MS = 15 * MINUTE_MS;

/** What subjects have been told, by conclusion. */
export type Conclusions = ReadonlyMap<
  string,
  { readonly holds: boolean; readonly why: string; readonly implicates?: Implicated }
>;

/**
 * Gives the alert as docs/contract.md publishes it, open; `undefined` when conclusions explain every case of it.
 *
 * The worst case that stands lends its words; of equals one that nobody approved, then the first.
 */
export function alertOf(
  draft: Draft,
  detection: Detection,
  subject: SubjectRef,
  conclusions: Conclusions,
  now: EpochMs = Infinity,
): Published | undefined {
  const standing = draft.cases.map((each) => weighed(each, conclusions)).filter((each) => each !== undefined);
  const [worst] = standing.sort(
    (a, b) =>
      severityRank(b.severity) - severityRank(a.severity) ||
      Number(a.approved !== false) - Number(b.approved !== false),
  );
  if (worst === undefined) return undefined;
  return {
    schemaVersion: 1,
    id: draft.id,
    detection: detection.id,
    family: detection.family,
    title: detection.title,
    severity: worst.severity,
    confidence: worst.confidence,
    subject,
    related: draft.related.map(({ kind, id }) => ({ kind, id })),
    time: isoTime(draft.time),
    firstSeen: draft.firstSeen,
    lastSeen: draft.lastSeen,
    count: draft.count,
    status: 'open',
    summary: worst.summary,
    why: worst.why,
    benign: distinct([...worst.benign, ...detection.falsePositives]),
    next: distinct([...worst.next, ...detection.triage]),
    evidence: draft.evidence,
    attack: detection.attack,
    ...(draft.object === undefined ? {} : { object: draft.object }),
    approved: sparedBy(standing),
    ...(isAwaiting(draft, conclusions, now) ? { awaiting: true as const } : {}),
  };
}

function isAwaiting({ cases, time }: Draft, conclusions: Conclusions, now: EpochMs): boolean {
  const isFresh = now < time + AWAIT_MS;
  return cases.some(({ conditions }) =>
    conditions.some(
      ({ conclusion, awaited }) => awaited === true && (isFresh || !conclusions.has(conclusion)),
    ),
  );
}

function sparedBy(standing: readonly Case[]): Severity | false {
  if (standing.some(({ approved }) => approved === false)) return false;
  // What an earlier version kept says only that it was approved.
  const spared = standing.map(({ approved }) => (typeof approved === 'string' ? approved : 'informational'));
  return spared.reduce<Severity>(worse, 'informational');
}

/** Applies the conclusions that hold: lowers with the reason, or takes the case away. */
function weighed(found: Case, conclusions: Conclusions): Case | undefined {
  let severity: Severity = found.severity;
  const why = [...found.why];
  for (const { conclusion, then } of found.conditions) {
    const told = conclusions.get(conclusion);
    if (told?.holds !== true) continue;
    if (then === 'withdrawn') return undefined;
    severity = atMost(severity, then.atMost);
    why.push(told.why);
  }
  return { ...found, severity, why };
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
