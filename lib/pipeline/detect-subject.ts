/**
 * Evaluates one subject against its tables. Two runs may do so at once, and a run may die between any two writes:
 *
 * 1. New events are appended before anything is read, so that of two runs at least the later reads both's events.
 * 2. Alerts are written before the state that remembers them; the state is saved only if nobody else saved since.
 * 3. After saving, the log is read once more: events that came in between are evaluated too.
 * 4. An event older than what is sealed is appended last: the log then tells a second copy from a late one.
 * 5. Whoever leaves something open books the tick by which it is sealed, before saving.
 *
 * A subject about whom there is nothing to say costs the append and one query. One whose log is longer than a query
 * gives is crowded: its events are appended and it is evaluated at its next tick, once for all that came until then, so
 * that a program which reads a hundred thousand objects a day holds nobody up.
 */
import { OPEN_MS } from '../core/engine.ts';
import { RingerError } from '../core/errors.ts';
import type { Conclusion, Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { fingerprintOf, putAlert, withdrawAlert } from '../stores/alerts.ts';
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
import { assess, SEAL_EVERY_MS, type Assessment } from './assess-subject.ts';
import type { Detecting } from './detect.ts';
import { sparedAlert } from './own-alerts.ts';

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
const LATE_KEPT = 200;

/** @throws STORE_FAILED when other runs kept getting in first */
export async function detectSubject(
  { subject, events, isDue }: Concerning,
  run: Detecting,
): Promise<Detected> {
  const { ledger, clock } = run;
  const { timely, late } = await sorted(subject, events, run);
  await appendEvents(ledger, subject, timely, clock.now());
  const sum = { written: 0, withdrawn: 0, late: 0 };
  let stored = await readSubject(ledger, subject, clock.now());
  if (stored.isCrowded && !isDue && late.length === 0) {
    await bookOnce(subject, clock.now(), run);
    return sum;
  }
  for (let round = 1; ; round++) {
    const now = clock.now();
    const assessment = await assess(subject, [...timely, ...late], stored, now, run);
    const said = await tell(assessment, stored, run);
    if (isDue || isToBook(assessment, timely, stored)) await bookNext(subject, assessment, now, run);
    const kept = keptAfter(assessment, said, stored);
    if (kept === undefined) break;
    const changes = await writeAlerts(assessment, stored, nextVersion(stored.version, now), run);
    sum.written += changes.written;
    sum.withdrawn += changes.withdrawn;
    const saved = await saveSubject(ledger, subject, kept, stored, now);
    if (saved) sum.late += assessment.late.length;
    // Whoever appended to a crowded log meanwhile has booked the next tick.
    if (saved && stored.isCrowded) break;
    stored = await readSubject(ledger, subject, clock.now());
    if (saved && stored.events.length === assessment.openCount) break;
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
  const fresh = events.filter((event) => !known.has(eventMark(event)));
  const sealedUntil = (await readSubject(ledger, subject, now)).kept?.state.sealedUntil ?? 0;
  return {
    timely: fresh.filter((event) => event.time >= sealedUntil),
    late: fresh.filter((event) => event.time < sealedUntil),
  };
}

/**
 * The tick that seals is booked by whoever brings the oldest open event, and by whoever seals; one that a detection
 * asks for, by whoever learns of it. Everybody else finds it booked.
 */
function isToBook(assessment: Assessment, timely: readonly Event[], { kept }: StoredSubject): boolean {
  const { oldestOpen, wakeAt, isSealing } = assessment;
  if (isSealing || wakeAt !== kept?.wakeAt) return true;
  return oldestOpen !== undefined && timely.some((event) => event.time === oldestOpen);
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
  const late = [...assessment.late.map(eventMark), ...(kept?.late ?? [])].slice(0, LATE_KEPT);
  return {
    ...{ state, written, late },
    ...(said === undefined ? {} : { said }),
    ...(wakeAt === undefined ? {} : { wakeAt }),
  };
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
    const own = sparedAlert(alert);
    if (own !== undefined) await putAlert(run.alerts, own, revision);
  }
  for (const id of withdrawn) if (await withdrawAlert(run.alerts, id, revision)) changes.withdrawn++;
  return changes;
}

/** Enough of an id to tell the conclusions of one subject apart. */
const MARK_LENGTH = 10;

/**
 * Says to others what they are to know, before anything is saved that would keep it from being said again. A conclusion is
 * said when it was not yet, or was otherwise: that is kept with the subject, for another process may have said it.
 *
 * @returns what has been said then
 */
async function tell(
  { sightings, conclusions }: Assessment,
  { kept }: StoredSubject,
  run: Detecting,
): Promise<Said | undefined> {
  const markOf = ({ uid }: Conclusion): string => uid.slice(0, MARK_LENGTH);
  const before = new Map<string, boolean>();
  for (const mark of kept?.said?.holding ?? []) before.set(mark, true);
  for (const mark of kept?.said?.not ?? []) before.set(mark, false);
  const untold = run.told.untold(sightings);
  const news = conclusions.filter((conclusion) => before.get(markOf(conclusion)) !== conclusion.holds);
  if (untold.length + news.length > 0) await run.queue.send([...untold, ...news]);
  run.told.remember(untold);
  if (conclusions.length === 0) return undefined;
  const marks = (holds: boolean): readonly string[] =>
    conclusions.filter((conclusion) => conclusion.holds === holds).map(markOf);
  return { holding: marks(true), not: marks(false) };
}
