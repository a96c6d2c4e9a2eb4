/** Remembers for which slot this process has booked crowded subjects; forgetting costs one write. */
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { wakeSlot } from '../stores/wake-ups.ts';

const MOST = 10_000;

export interface Booked {
  /** Tells whether a subject is booked for the slot after this instant. */
  readonly has: (subject: SubjectRef, now: EpochMs) => boolean;
  readonly remember: (subject: SubjectRef, slot: EpochMs) => void;
}

export function newBooked(): Booked {
  const slots = new Map<string, EpochMs>();
  return {
    has: (subject, now) => slots.get(subjectKey(subject)) === wakeSlot(now, now),
    remember(subject, slot) {
      if (slots.size >= MOST) slots.clear();
      slots.set(subjectKey(subject), slot);
    },
  };
}
