/** Folds what is stored of a subject, and decides whether it is time to seal. */
import { beginFolding, inOrder, newSubject, OPEN_MS, subjectOf, type Outcome } from '../core/engine.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { HOUR_MS, type EpochMs } from '../core/time.ts';
import { eventMark } from '../stores/ledger-keys.ts';
import { readLog } from '../stores/subject-log.ts';
import type { StoredSubject } from '../stores/subjects.ts';
import type { Detecting } from './detect.ts';

export interface Assessment extends Omit<Outcome, 'late'> {
  readonly isSealing: boolean;
  /** Events that came after their time was sealed, for the first time. */
  readonly late: readonly Event[];
  readonly openCount: number;
  /** Time of the oldest event that stays open. */
  readonly oldestOpen: EpochMs | undefined;
}

/** Sealing at most twice a day instead of on every run saves a write for nearly every event. */
export const SEAL_EVERY_MS = 12 * HOUR_MS;

/** @param given - the events of the message: what is sealed is no longer read from the log, so that late ones come from here */
export async function assess(
  subject: SubjectRef,
  given: readonly Event[],
  stored: StoredSubject,
  now: EpochMs,
  run: Detecting,
): Promise<Assessment> {
  const state = stored.kept?.state ?? newSubject();
  const folded = new Set(stored.kept?.late);
  const late = given.filter((event) => event.time < state.sealedUntil && !folded.has(eventMark(event)));
  const isSealing = late.length > 0 || isSealingDue(subject, stored, now);
  const { rules, policy, organization, failed, cannotTell } = run;
  const folding = beginFolding(
    state,
    { now, seal: isSealing },
    {
      ...{ subject: named(subject, stored, run), rules, policy, organization, failed, cannotTell },
      person: subject.kind === 'person' ? run.directory.person(subject.id) : undefined,
    },
  );
  folding.add(inOrder(late));
  const open = { count: 0, oldest: undefined as EpochMs | undefined };
  for await (const events of eventsOf(subject, stored, run)) {
    folding.add(events);
    for (const { time } of events) {
      if (time < folding.horizon) continue;
      open.oldest ??= time;
      open.count++;
    }
  }
  return { ...folding.finish(), isSealing, late, openCount: open.count, oldestOpen: open.oldest };
}

async function* eventsOf(
  subject: SubjectRef,
  { kept, events, isCrowded }: StoredSubject,
  { ledger }: Detecting,
): AsyncGenerator<readonly Event[]> {
  if (isCrowded) yield* readLog(ledger, subject, kept?.state.sealedUntil ?? 0);
  else yield events;
}

/** Names a subject by the directory, else by its newest event that has a name: by what is stored, never by the batch. */
function named(
  { kind, id }: SubjectRef,
  { events }: StoredSubject,
  { directory, policy }: Detecting,
): SubjectRef {
  const known = kind === 'person' ? directory.person(id)?.name : undefined;
  const name =
    known ??
    events
      .map((event) => subjectOf(event, directory, policy.serviceAccounts)?.name)
      .findLast((each) => each !== undefined);
  return { kind, id, ...(name === undefined ? {} : { name }) };
}

/**
 * Old events are sealed once the oldest is half a day past its time and has been here for half a day: a first run brings
 * two weeks in many messages, in no order, and none of them may seal before the others are in.
 */
function isSealingDue(subject: SubjectRef, { oldest }: StoredSubject, now: EpochMs): boolean {
  if (oldest === undefined) return false;
  const isOld = oldest.time < now - OPEN_MS[subject.kind] - SEAL_EVERY_MS;
  return isOld && oldest.storedTime <= now - SEAL_EVERY_MS;
}
