/** Kept alerts as JSON: the contract's fields, in the contract's order, which a table does not keep. */
import type { Alert, AlertObject, Contribution, Evidence } from '../core/alerts/alert.ts';
import type { SubjectRef } from '../core/people/subject.ts';

/** Gives the contract's fields alone: whether an approval covers it is in `why`. */
export function contractAlert(alert: Alert): Alert {
  const { subject, related, evidence, object, contributions } = alert;
  return inOrder<Alert>(FIELDS, {
    ...alert,
    subject: inOrder(SUBJECT, subject),
    related: related.map((each) => inOrder<SubjectRef>(SUBJECT, each)),
    evidence: evidence.map((each) => inOrder(EVIDENCE, each)),
    ...(object === undefined ? {} : { object: inOrder<AlertObject>(SUBJECT, object) }),
    ...(contributions === undefined
      ? {}
      : { contributions: contributions.map((each) => inOrder(CONTRIBUTION, each)) }),
  });
}

const FIELDS = [
  ...(['schemaVersion', 'id', 'detection', 'family', 'title', 'severity', 'confidence', 'subject'] as const),
  ...(['related', 'time', 'firstSeen', 'lastSeen', 'count', 'status', 'summary', 'why', 'benign'] as const),
  ...(['next', 'evidence', 'attack', 'object', 'score', 'contributions'] as const),
] satisfies readonly (keyof Alert)[];
const SUBJECT = ['kind', 'id', 'name'] satisfies readonly (keyof SubjectRef)[];
const EVIDENCE = [
  ...(['source', 'feed', 'eventId', 'time', 'what', 'ip', 'place', 'network'] as const),
] satisfies readonly (keyof Evidence)[];
const CONTRIBUTION = [
  ...(['alertId', 'detection', 'weight', 'clearedBy'] as const),
] satisfies readonly (keyof Contribution)[];

function inOrder<T extends object>(names: readonly (keyof T)[], value: T): T {
  const there = names.filter((name) => value[name] !== undefined);
  return Object.fromEntries(there.map((name) => [name, value[name]])) as T;
}
