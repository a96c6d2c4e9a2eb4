/**
 * Evaluates one subject against its tables. Two runs may do so at once, and a run may die between any two writes:
 *
 * 1. New events are appended before anything is read, so that of two runs at least the later reads both's events.
 * 2. Alerts are written before the state that remembers them; the state is saved only if nobody else saved since.
 * 3. After saving, the log is read once more: events that came in between are evaluated too.
 * 4. An event older than what is sealed is appended last: the log then tells a second copy from a late one.
 *
 * A subject about whom there is nothing to say costs the append and one query.
 */
import { evaluate, inOrder, newSubject, OPEN_MS, subjectOf, type Evaluation } from '../core/engine.ts';
import { RingerError } from '../core/errors.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { HOUR_MS, type EpochMs } from '../core/time.ts';
import { fingerprintOf, putAlert, withdrawAlert } from '../stores/alerts.ts';
import { eventSort } from '../stores/ledger-keys.ts';
import {
  appendEvents,
  findKnown,
  nextVersion,
  readSubject,
  saveSubject,
  type Kept,
  type StoredSubject,
} from '../stores/subjects.ts';
import type { Detecting } from './detect.ts';

export interface Detected {
  /** Alerts that are new or say something new. */
  readonly written: number;
  readonly withdrawn: number;
  /** Events that came after their time was sealed. */
  readonly late: number;
}

/** Sealing at most twice a day instead of on every run saves a write for nearly every event. */
const SEAL_EVERY_MS = 12 * HOUR_MS;
/** Enough for every other run at once to go first. */
const ROUNDS = 20;
const LATE_KEPT = 200;

/** @throws STORE_FAILED when other runs kept getting in first */
export async function detectSubject(
  subject: SubjectRef,
  events: readonly Event[],
  run: Detecting,
): Promise<Detected> {
  const { ledger, clock } = run;
  const { timely, late } = await sorted(subject, events, run);
  await appendEvents(ledger, subject, timely, clock.now());
  const sum = { written: 0, withdrawn: 0, late: 0 };
  let stored = await readSubject(ledger, subject, clock.now());
  for (let round = 1; ; round++) {
    const now = clock.now();
    const evaluation = assess(subject, [...timely, ...late], stored, now, run);
    await tell(evaluation, run);
    const kept = keptAfter(evaluation, stored);
    if (kept === undefined) break;
    const changes = await writeAlerts(evaluation, stored, nextVersion(stored.version, now), run);
    sum.written += changes.written;
    sum.withdrawn += changes.withdrawn;
    const saved = await saveSubject(ledger, subject, kept, stored.version, now);
    if (saved) sum.late += evaluation.late.length;
    stored = await readSubject(ledger, subject, clock.now());
    if (saved && stored.events.length === evaluation.open.length) break;
    if (round === ROUNDS) {
      throw new RingerError('STORE_FAILED', 'others changed a subject again and again', { retryable: true });
    }
  }
  await appendEvents(ledger, subject, late, clock.now());
  return sum;
}

/** Tells events that are older than what is sealed from the others. Those among the old that are known are left out. */
async function sorted(
  subject: SubjectRef,
  events: readonly Event[],
  { ledger, clock }: Detecting,
): Promise<{ readonly timely: readonly Event[]; readonly late: readonly Event[] }> {
  const now = clock.now();
  // Nothing newer is ever sealed, so that most messages end here.
  const old = events.filter((event) => event.time < now - OPEN_MS[subject.kind]);
  if (old.length === 0) return { timely: events, late: [] };
  const known = await findKnown(ledger, subject, old);
  const fresh = events.filter((event) => !known.has(eventSort(event)));
  const sealedUntil = (await readSubject(ledger, subject, now)).kept?.state.sealedUntil ?? 0;
  return {
    timely: fresh.filter((event) => event.time >= sealedUntil),
    late: fresh.filter((event) => event.time < sealedUntil),
  };
}

type Assessment = Omit<Evaluation, 'late'> & { readonly sealed: boolean; readonly late: readonly Event[] };

function assess(
  subject: SubjectRef,
  given: readonly Event[],
  stored: StoredSubject,
  now: EpochMs,
  run: Detecting,
): Assessment {
  const state = stored.kept?.state ?? newSubject();
  const folded = new Set(stored.kept?.late);
  // What is sealed is no longer read from the log, so that a late event comes from the message itself.
  const late = given.filter((event) => event.time < state.sealedUntil && !folded.has(eventSort(event)));
  const sealed = late.length > 0 || isSealingDue(subject, stored, now);
  const person = subject.kind === 'person' ? run.directory.person(subject.id) : undefined;
  const { rules, policy, organization, failed, cannotTell } = run;
  const evaluation = evaluate(
    state,
    [...stored.events, ...late],
    { now, seal: sealed },
    { subject: named(subject, stored, run), person, rules, policy, organization, failed, cannotTell },
  );
  return { ...evaluation, sealed, late };
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
    inOrder(events)
      .map((event) => subjectOf(event, directory, policy.serviceAccounts)?.name)
      .findLast((each) => each !== undefined);
  return { kind, id, ...(name === undefined ? {} : { name }) };
}

/**
 * Old events are sealed once they are half a day past their time and have been here for half a day: a first run brings
 * two weeks in many messages, in no order, and none of them may seal before the others are in.
 */
function isSealingDue(subject: SubjectRef, { events, firstStored }: StoredSubject, now: EpochMs): boolean {
  if (firstStored === undefined || firstStored > now - SEAL_EVERY_MS) return false;
  const oldest = events.reduce((time, event) => Math.min(time, event.time), Infinity);
  return oldest < now - OPEN_MS[subject.kind] - SEAL_EVERY_MS;
}

/** What there is to save; `undefined` when nothing changed. */
function keptAfter(evaluation: Assessment, stored: StoredSubject): Kept | undefined {
  const before = stored.kept?.written ?? {};
  const written: Record<string, string> = {};
  for (const alert of evaluation.alerts) written[alert.id] = fingerprintOf(alert);
  const ids = Object.keys(written);
  const same = ids.length === Object.keys(before).length && ids.every((id) => written[id] === before[id]);
  if (same && !evaluation.sealed) return undefined;
  const late = [...evaluation.late.map(eventSort), ...(stored.kept?.late ?? [])].slice(0, LATE_KEPT);
  return { state: evaluation.state, written, late };
}

async function writeAlerts(
  { alerts, withdrawn }: Assessment,
  stored: StoredSubject,
  revision: number,
  run: Detecting,
): Promise<{ written: number; withdrawn: number }> {
  const before = stored.kept?.written ?? {};
  const changes = { written: 0, withdrawn: 0 };
  for (const alert of alerts) {
    if (fingerprintOf(alert) === before[alert.id]) continue;
    if (await putAlert(run.alerts, alert, revision)) changes.written++;
  }
  for (const id of withdrawn) if (await withdrawAlert(run.alerts, id, revision)) changes.withdrawn++;
  return changes;
}

/** Says to others what they are to know, before anything is saved that would keep it from being said again. */
async function tell({ sightings, conclusions }: Assessment, run: Detecting): Promise<void> {
  const events = run.told.untold([...sightings, ...conclusions]);
  if (events.length === 0) return;
  await run.queue.send(events);
  run.told.remember(events);
}
