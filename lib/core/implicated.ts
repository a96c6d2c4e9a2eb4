import type { Evidence } from './alerts/alert.ts';
import type { Severity } from './alerts/severity.ts';
import type { SubjectRef } from './people/subject.ts';
import type { EpochMs } from './time.ts';

/** As much of an alert about something shared as the composites of those who share it need. */
export interface Implicated {
  readonly alertId: string;
  /** Whom or what the alert is about. */
  readonly subject: SubjectRef;
  readonly detection: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly evidence: Evidence;
  /** When it was first found, if the evidence is newer. */
  readonly since?: EpochMs;
}
