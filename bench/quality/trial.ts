/** What is run, and what is seen of it: plain JSON, because a trial has a process of its own. */
import type { Severity } from '../../lib/core/alerts/severity.ts';
import type { Remembered } from '../../lib/core/alerts/remembered.ts';
import type { SubjectKind } from '../../lib/core/people/subject.ts';
import type { EpochMs } from '../../lib/core/time.ts';
import type { Label } from '../../lib/simulator/world/world.ts';
import type { Delivery } from './delivery.ts';

export interface Trial {
  /** What its numbers are for. */
  readonly purpose: 'company' | 'fortnight' | 'delivery' | 'lists';
  readonly seed: number;
  readonly people: number;
  readonly days: number;
  /** As much of them as Ringer gets to see; all of them, unless said otherwise. */
  readonly seenDays?: number;
  readonly attacks: readonly string[];
  readonly delivery: Delivery;
  /** Whether VPN addresses that some record names are in a list, too. */
  readonly lists: 'none' | 'fresh';
}

export interface Observed {
  readonly trial: Trial;
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** On the people file. */
  readonly people: readonly Hired[];
  readonly labels: readonly Label[];
  /** By subject id. */
  readonly causes: Readonly<Record<string, readonly string[]>>;
  /** Everything that stands at the end, what approvals cover apart. */
  readonly alerts: readonly SeenAlert[];
  /** Of the plain rules beside ours. */
  readonly plain: readonly SeenAlert[];
  readonly records: number;
  readonly rejected: number;
  /** Detections that had not what they need. */
  readonly notEvaluated: readonly string[];
}

export interface Hired {
  readonly id: string;
  readonly hiredTime?: EpochMs;
  readonly endsTime?: EpochMs;
}

/** As much of an alert as is measured. */
export interface SeenAlert {
  readonly id: string;
  readonly detection: string;
  readonly severity: Severity;
  readonly subject: Party;
  readonly related: readonly Party[];
  readonly time: EpochMs;
  /** Of all that docs/contract.md publishes of it. */
  readonly digest: string;
  /** What the composite weighs; absent where it weighs nothing. */
  readonly remembered?: Remembered;
}

export interface Party {
  readonly kind: SubjectKind;
  readonly id: string;
}
