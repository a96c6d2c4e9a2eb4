/**
 * Evaluates one subject against its tables. Two runs may do so at once, and a run may die between any two writes:
 *
 * 1. New events are appended before anything is read, so that of two runs at least the later reads both's events.
 * 2. The ids of new alerts are saved before the alerts are written, and what they say after: of a run that died in between,
 *    the next knows what it may have to withdraw. The state is saved only if nobody else saved since.
 * 3. After saving, the log is read once more: events that came in between are evaluated too.
 * 4. An event older than what is sealed is appended last: the log then tells a second copy from a late one.
 * 5. What is sealed a moment after it was stored is marked: whoever stored it tells it so from an event that came too late.
 *    After sealing, the log is searched for what came in between.
 * 6. Whoever leaves something open books the tick by which it is sealed, before saving.
 *
 * A subject about whom there is nothing to say costs the append and one query. One whose log is longer than a query
 * gives is crowded: its events are appended and it is evaluated at its next tick, once for all that came until then, so
 * that a program which reads a hundred thousand objects a day holds nobody up.
 */
import { OPEN_MS } from '../core/engine.ts';
import { RingerError } from '../core/errors.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { fingerprintOf } from '../stores/alerts.ts';
import { eventMark } from '../stores/ledger-keys.ts';
import { appendEvents, findKnown } from '../stores/subject-log.ts';
import {
  nextVersion,
  readSubject,
  saveSubject,
  type Kept,
  type Said,
  type StoredSubject,
} from '../stores/subjects.ts';
import { bookWake } from '../stores/wake-ups.ts';
import { assess, findOverlooked, SEAL_EVERY_MS, type Assessment } from './assess-subject.ts';
import type { Detecting } from './detect.ts';
import { tellOthers } from './tell-others.ts';
import { announce, writeAlerts } from './write-alerts.ts';

export interface Detected {
  /** Alerts that are new or say something new. */
  readonly written: number;
  readonly withdrawn: number;
  /** Events that came after their time was sealed. */
  readonly late: number;
}

/** What concerns one subject in a message. */
export interface Concerning {
  readonly subject: SubjectRef;
  readonly events: readonly Event[];
  /** It is due to be looked at, with events or without. */
  readonly isDue: boolean;
}

/** Enough for every other run at once to go first. */
const ROUNDS = 20;
/** As many as two messages have events. */
const MARKS_KEPT = 500;

/** @throws STORE_FAILED when other runs kept getting in first */
export async function detectSubject(concerning: Concerning, run: Detecting): Promise<Detected> {
  const { subject, events, isDue } = concerning;
  const { ledger, clock } = run;
  const { timely, late } = await sorted(subject, events, run);
  await appendEvents(ledger, subject, timely, clock.now());
  const stored = await readSubject(ledger, subject, clock.now());
  const given = [...timely, ...late];
  if (stored.isCrowded && !isDue && !isAnyBefore(given, stored)) {
    await bookOnce(subject, clock.now(), run);
    return { written: 0, withdrawn: 0, late: 0 };
  }
  const detected = await settle(concerning, given, stored, run);
  await appendEvents(ledger, subject, late, clock.now());
  return detected;
}

/**
 * Evaluates a subject until what is saved is what its log says.
 *
 * @param given - the events of the message that were not known
 */
async function settle(
  { subject, events, isDue }: Concerning,
  given: readonly Event[],
  first: StoredSubject,
  run: Detecting,
): Promise<Detected> {
  const { ledger, clock } = run;
  const sum = { written: 0, withdrawn: 0, late: 0 };
  const unsaved = new Set<string>();
  let stored = first;
  for (let round = 1; round <= ROUNDS; round++) {
    const now = clock.now();
    const assessment = await assess(subject, given, stored, now, run);
    const said = await tellOthers(assessment, stored, run);
    if (isDue || isToBook(assessment, events, stored)) await bookNext(subject, assessment, now, run);
    const kept = keptAfter(assessment, said, stored);
    if (kept === undefined && unsaved.size === 0) return sum;
    const announced = await announce(subject, assessment, stored, now, run);
    if (announced !== undefined) {
      const revision = nextVersion(announced.version, now);
      const changes = await writeAlerts(assessment, stored, unsaved, revision, run);
      sum.written += changes.written;
      sum.withdrawn += changes.withdrawn;
      if (kept === undefined) return sum;
      if ((await saveSubject(ledger, subject, kept, announced, now)) !== undefined) {
        sum.late += assessment.late.length;
        unsaved.clear();
        const before = stored;
        stored = await readSubject(ledger, subject, clock.now());
        // All that was given is folded or in the log: before what is sealed, it would seem to be late.
        given = assessment.isSealing
          ? await findOverlooked(subject, before.kept?.state.sealedUntil ?? 0, stored, clock.now(), run)
          : [];
        // Whoever appended to a crowded log meanwhile has booked the next tick.
        const isAllIn = before.isCrowded || stored.events.length === assessment.openCount;
        if (given.length === 0 && isAllIn) return sum;
        continue;
      }
    }
    stored = await readSubject(ledger, subject, clock.now());
  }
  throw new RingerError('STORE_FAILED', 'others changed a subject again and again', { retryable: true });
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
  const fresh = events.filter((event) => !known.has(eventMark(event)));
  const sealedUntil = (await readSubject(ledger, subject, now)).kept?.state.sealedUntil ?? 0;
  return {
    timely: fresh.filter((event) => event.time >= sealedUntil),
    late: fresh.filter((event) => event.time < sealedUntil),
  };
}

/** Tells whether another run has sealed the time of some events since they were sorted. */
function isAnyBefore(events: readonly Event[], { kept }: StoredSubject): boolean {
  const sealedUntil = kept?.state.sealedUntil ?? 0;
  return events.some(({ time }) => time < sealedUntil);
}

/**
 * The tick that seals is booked by whoever brings the oldest open event, and by whoever seals; one that a detection
 * asks for, by whoever learns of it. Everybody else finds it booked.
 *
 * @param events - of the message, those that are known too: who stored them may have died before it came to this
 */
function isToBook(assessment: Assessment, events: readonly Event[], { kept }: StoredSubject): boolean {
  const { oldestOpen, wakeAt, isSealing } = assessment;
  if (isSealing || wakeAt !== kept?.wakeAt) return true;
  return oldestOpen !== undefined && events.some((event) => event.time === oldestOpen);
}

async function bookNext(
  subject: SubjectRef,
  { oldestOpen, wakeAt = Infinity }: Assessment,
  now: EpochMs,
  run: Detecting,
): Promise<void> {
  const sealAt =
    oldestOpen === undefined ? Infinity : Math.max(oldestOpen + OPEN_MS[subject.kind], now) + SEAL_EVERY_MS;
  const next = Math.min(wakeAt, sealAt);
  if (next !== Infinity) await bookWake(run.ledger, subject, next, now);
}

/** Books a crowded subject for the next slot, unless this process has done so already. */
async function bookOnce(subject: SubjectRef, now: EpochMs, { ledger, booked }: Detecting): Promise<void> {
  if (booked.has(subject, now)) return;
  booked.remember(subject, await bookWake(ledger, subject, now, now));
}

/** What there is to save; `undefined` when nothing changed. */
function keptAfter(
  assessment: Assessment,
  said: Said | undefined,
  { kept }: StoredSubject,
): Kept | undefined {
  const before = kept?.written ?? {};
  const written: Record<string, string> = {};
  for (const alert of assessment.alerts) written[alert.id] = fingerprintOf(alert);
  const ids = Object.keys(written);
  const isSame = ids.length === Object.keys(before).length && ids.every((id) => written[id] === before[id]);
  const { state, wakeAt, isSealing } = assessment;
  const isAsSaid = JSON.stringify(said) === JSON.stringify(kept?.said);
  if (isSame && isAsSaid && !isSealing && wakeAt === kept?.wakeAt) return undefined;
  const { marks } = assessment;
  const late = [...marks, ...(kept?.late ?? [])].slice(0, Math.max(marks.length, MARKS_KEPT));
  return {
    ...{ state, written, late },
    ...(said === undefined ? {} : { said }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  };
}
