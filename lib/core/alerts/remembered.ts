/** What the composite needs to know of an alert, kept after the alert itself is no longer with its subject's state. */
import type { EpochMs } from '../time.ts';
import type { Alert, Evidence } from './alert.ts';
import type { Published } from './publish.ts';
import type { Severity } from './severity.ts';

/** Plain JSON: it is kept with the subject's state. */
export interface Remembered {
  readonly alertId: string;
  readonly detection: string;
  readonly severity: Severity;
  readonly summary: string;
  /** When it was complete. */
  readonly time: EpochMs;
  /** When it was last seen to hold. */
  readonly lastTime: EpochMs;
  readonly count: number;
  /** The completing one. */
  readonly evidence: Evidence;
  /** What it is about beside its subject: alerts of one detection about one thing are one sign, on however many days. */
  readonly about: string;
  readonly related: Alert['related'];
}

/** Enough to know where to look; the alert has them all. */
const RELATED_KEPT = 10;

/**
 * Takes from an alert what is remembered of it.
 *
 * @returns `undefined` for one that approvals cover: it weighs nothing
 */
export function remembered(alert: Published): Remembered | undefined {
  if (alert.approved !== false) return undefined;
  const time = Date.parse(alert.time);
  const evidence = alert.evidence.find((each) => each.time === alert.time) ?? alert.evidence[0];
  if (evidence === undefined) return undefined;
  return {
    alertId: alert.id,
    detection: alert.detection,
    severity: alert.severity,
    summary: alert.summary,
    time,
    lastTime: Math.max(time, Date.parse(alert.lastSeen)),
    count: alert.count,
    evidence,
    about: alert.object === undefined ? '' : `${alert.object.kind}:${alert.object.id}`,
    related: alert.related.slice(0, RELATED_KEPT),
  };
}
