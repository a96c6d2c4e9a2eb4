/** The alert, field for field as docs/contract.md publishes it. */
import type { SubjectKind, SubjectRef } from '../people/subject.ts';
import type { Family } from '../detections/contract.ts';
import type { Severity } from './severity.ts';

export interface Alert {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly detection: string;
  readonly family: Family;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly subject: SubjectRef;
  readonly related: readonly { readonly kind: SubjectKind; readonly id: string }[];
  /** ISO 8601 UTC with milliseconds: the event that completed it. */
  readonly time: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Distinct supporting events. */
  readonly count: number;
  readonly status: 'open' | 'acknowledged' | 'closed' | 'withdrawn';
  readonly summary: string;
  readonly why: readonly string[];
  readonly benign: readonly string[];
  readonly next: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly attack: readonly string[];
  readonly object?: AlertObject;
  readonly score?: number;
  readonly contributions?: readonly Contribution[];
}

export type Confidence = 'low' | 'medium' | 'high';

/** What the alert names besides its subject: a tool, a service, an address. */
export interface AlertObject {
  readonly kind: 'tool' | 'software' | 'service' | 'address' | 'bucket' | 'application' | 'device' | 'place';
  readonly id: string;
  readonly name?: string;
}

/** One supporting event: enough to find it again at the vendor. */
export interface Evidence {
  readonly source: string;
  readonly feed: string;
  readonly eventId: string;
  readonly time: string;
  /** What this event shows, in a few words. */
  readonly what?: string;
  readonly ip?: string;
  readonly place?: string;
  readonly network?: string;
}

export interface Contribution {
  readonly alertId: string;
  readonly detection: string;
  readonly weight: number;
  readonly clearedBy: string;
}
