/** Folds what is stored of a subject, and decides whether it is time to seal. */
import { beginFolding, inOrder, newSubject, OPEN_MS, subjectOf, type Outcome } from '../core/engine.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { HOUR_MS, type EpochMs } from '../core/time.ts';
import { eventMark } from '../stores/ledger-keys.ts';
import { findFresh, findOldest, readLog, type LogPart } from '../stores/subject-log.ts';
import type { StoredSubject } from '../stores/subjects.ts';
import type { Detecting } from './detect.ts';

export interface Assessment extends Omit<Outcome, 'late'> {
  readonly isSealing: boolean;
  /** Events that came after their time was sealed, for the first time. */
  readonly late: readonly Event[];
  /** Marks of what was folded for good while somebody may be at it: the late ones, and what was stored a moment ago. */
  readonly marks: readonly string[];
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
  const late = inOrder(unfolded(given, stored));
  const isSealing = late.length > 0 || (await isSealingDue(subject, stored, now, run));
  const { rules, policy, organization, failed, cannotTell } = run;
  const folding = beginFolding(
    state,
    { now, seal: isSealing },
    {
      ...{ subject: named(subject, stored, run), rules, policy, organization, failed, cannotTell },
      person: subject.kind === 'person' ? run.directory.person(subject.id) : undefined,
    },
  );
  folding.add(late);
  const marks = late.map(eventMark);
  const open = { count: 0, oldest: undefined as EpochMs | undefined };
  for await (const { events, fresh } of partsOf(subject, stored, now, run)) {
    folding.add(events);
    for (const { time } of events) {
      if (time < folding.horizon) continue;
      open.oldest ??= time;
      open.count++;
    }
    if (isSealing) marks.push(...fresh.filter(({ time }) => time < folding.horizon).map(eventMark));
  }
  return { ...folding.finish(), isSealing, late, marks, openCount: open.count, oldestOpen: open.oldest };
}

/**
 * Finds events that came into the log while their time was being sealed, so that nobody folded them: whoever stored them
 * may have looked before that was saved, and have gone.
 *
 * @param from - up to where it was sealed before
 * @param stored - as it is after
 */
export async function findOverlooked(
  subject: SubjectRef,
  from: EpochMs,
  stored: StoredSubject,
  now: EpochMs,
  { ledger }: Detecting,
): Promise<readonly Event[]> {
  const fresh = await findFresh(ledger, subject, from, stored.kept?.state.sealedUntil ?? 0, now);
  return unfolded(fresh, stored);
}

/** Gives those whose time is sealed, so that they are no longer read from the log, and that nobody has folded. */
function unfolded(events: readonly Event[], { kept }: StoredSubject): readonly Event[] {
  const sealedUntil = kept?.state.sealedUntil ?? 0;
  const folded = new Set(kept?.late);
  return events.filter((event) => event.time < sealedUntil && !folded.has(eventMark(event)));
}

async function* partsOf(
  subject: SubjectRef,
  stored: StoredSubject,
  now: EpochMs,
  { ledger }: Detecting,
): AsyncGenerator<LogPart> {
  if (stored.isCrowded) yield* readLog(ledger, subject, stored.kept?.state.sealedUntil ?? 0, now);
  else yield stored;
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
async function isSealingDue(
  subject: SubjectRef,
  { kept, oldest: known, isCrowded }: StoredSubject,
  now: EpochMs,
  { ledger }: Detecting,
): Promise<boolean> {
  const oldest = isCrowded ? await findOldest(ledger, subject, kept?.state.sealedUntil ?? 0) : known;
  if (oldest === undefined) return false;
  const isOld = oldest.time < now - OPEN_MS[subject.kind] - SEAL_EVERY_MS;
  return isOld && oldest.storedTime <= now - SEAL_EVERY_MS;
}
