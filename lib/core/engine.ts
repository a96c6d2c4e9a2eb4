/**
 * The engine: one subject's sealed state and open events go in; its new state, its alerts and what it has to tell
 * others come out. A Lambda, the command line, a backtest and a test call this same function.
 *
 * Lateness is its business alone. The sealed part holds everything older than the horizon, folded in order; the open
 * part is every event since, as stored. Each run folds the whole open part anew from the sealed state, so a late or
 * repeated event adds, changes or withdraws alerts, and what comes out depends on the set of events, never on batches.
 */
import { alertOf, type Conclusions, type Published } from './alerts/publish.ts';
import type { Conclusion, Event, Sighting } from './events/index.ts';
import { compareEvents, compareText } from './events/index.ts';
import { stableId } from './hash.ts';
import { sighting, toldBy } from './engine/concerned.ts';
import { fold, sortedConclusions, type FoldContext, type Outbox } from './engine/fold.ts';
import type { Folded, SubjectState, Told } from './engine/state.ts';
import { subjectKey, type SubjectKind } from './people/subject.ts';
import { DAY_MS, type EpochMs } from './time.ts';

export { newSubject, type SubjectState } from './engine/state.ts';
export { rulesFor, isWatched, type Rules } from './engine/rules.ts';
export { concernedKey, subjectOf } from './engine/concerned.ts';
export type { FoldContext } from './engine/fold.ts';

/** How far back an event may arrive and still count in its place. Sightings carry the start of their day: two days more. */
export const OPEN_MS: Readonly<Record<SubjectKind, number>> = {
  person: DAY_MS,
  account: DAY_MS,
  device: 3 * DAY_MS,
  address: 3 * DAY_MS,
  organization: 3 * DAY_MS,
};

/** A day's alerts stay with the state this long after the day, in case a later event still adds to them. */
const DRAFT_KEEP_MS = 4 * DAY_MS;

export interface Evaluation {
  readonly state: SubjectState;
  /** The events still open: to be given again next time, with the new ones. */
  readonly open: readonly Event[];
  /** Every alert that stands now. */
  readonly alerts: readonly Published[];
  /** Ids given by an earlier run that no longer stand: a later event explained them. */
  readonly withdrawn: readonly string[];
  readonly sightings: readonly Sighting[];
  readonly conclusions: readonly Conclusion[];
  /** Events that came after their time was sealed: folded, but in the wrong place. */
  readonly late: number;
  /** Events given more than once. */
  readonly duplicates: number;
  readonly wakeAt: EpochMs | undefined;
}

/**
 * Evaluates one subject.
 *
 * @param state - from the last run, or `newSubject()`
 * @param events - the open events of the last run and the new ones, in any order, any number of times
 * @param now - ticks up to this instant are delivered; events older than the horizon before it are sealed. Pass
 *   `{ now, seal: false }` to keep everything open, when this is the only run
 */
export function evaluate(
  state: SubjectState,
  events: readonly Event[],
  when: { readonly now: EpochMs; readonly seal: boolean },
  given: FoldContext,
): Evaluation {
  const context = withPerson(given);
  const ordered = inOrder(events);
  const horizon = when.seal
    ? Math.max(state.sealedUntil, when.now - OPEN_MS[context.subject.kind])
    : state.sealedUntil;
  const outbox: Outbox = { sightings: new Map(), conclusions: [] };

  const due = ordered.filter((event) => event.time < horizon);
  const open = due.length === 0 ? ordered : ordered.filter((event) => event.time >= horizon);
  const sealed = when.seal ? structuredClone(state.sealed) : state.sealed;
  if (when.seal) fold(sealed, due, horizon - 1, context, outbox);
  const forgotten = when.seal ? forget(sealed, horizon, context) : NOTHING;

  const current = structuredClone(sealed);
  fold(current, open, when.now, context, outbox);

  const told = toldAfter(state.told, due);
  const alerts = alertsOf(current, context, toldAfter(told, open));
  const standing = new Set(alerts.map((alert) => alert.id));
  return {
    state: { version: 1, sealedUntil: horizon, sealed, told, raised: [...standing] },
    open,
    alerts,
    withdrawn: state.raised.filter((id) => !standing.has(id) && !forgotten.has(id)),
    sightings: sightingsFrom(ordered, outbox, context),
    conclusions: conclusionsFrom(outbox, context),
    late: due.filter((event) => event.time < state.sealedUntil).length,
    duplicates: events.length - ordered.length,
    wakeAt: nextWake(current),
  };
}

/** Puts events in the order they are folded and drops repetitions. */
export function inOrder(events: readonly Event[]): readonly Event[] {
  const sorted = [...events].sort(compareEvents);
  return sorted.filter((event, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareEvents(previous, event) !== 0;
  });
}

function alertsOf(folded: Folded, context: FoldContext, told: SubjectState['told']): readonly Published[] {
  const detections = new Map(context.rules.all.map((rule) => [rule.detection.id, rule.detection]));
  const conclusions: Conclusions = new Map(Object.entries(told));
  const alerts: Published[] = [];
  for (const draft of Object.values(folded.drafts)) {
    const detection = detections.get(draft.detection);
    const alert = detection && alertOf(draft, detection, context.subject, conclusions);
    if (alert !== undefined) alerts.push(alert);
  }
  return alerts.sort((a, b) => compareText(a.time, b.time) || compareText(a.id, b.id));
}

/** Takes in what was concluded; of two words about the same, the later counts. */
function toldAfter(told: SubjectState['told'], events: readonly Event[]): SubjectState['told'] {
  const after: Record<string, Told> = { ...told };
  for (const event of events) {
    if (event.kind !== 'conclusion' || event.time < (after[event.conclusion]?.time ?? -Infinity)) continue;
    after[event.conclusion] = { time: event.time, holds: event.holds, why: event.why };
  }
  return after;
}

function sightingsFrom(events: readonly Event[], outbox: Outbox, context: FoldContext): readonly Sighting[] {
  const sightings = new Map<string, Sighting>();
  for (const event of events) {
    const told = toldBy(event, context.subject, context.rules.watchesAddresses);
    if (told === undefined) continue;
    // Nearly every event repeats what an earlier one of its day told: a cheap key spares hashing it again.
    const key = `${told.to.id} ${told.of.id} ${Math.floor(event.time / DAY_MS)}`;
    if (!sightings.has(key)) sightings.set(key, sighting(told.to, told.of, told.what, event.time));
  }
  for (const [key, { to, what, time }] of outbox.sightings) {
    sightings.set(key, sighting(to, context.subject, what, time));
  }
  return [...sightings.values()];
}

function conclusionsFrom(outbox: Outbox, context: FoldContext): readonly Conclusion[] {
  return sortedConclusions(outbox).map(({ to, conclusion, holds, why, time }) => ({
    kind: 'conclusion',
    time,
    source: 'ringer',
    feed: 'conclusions',
    // Without `holds`: evaluated anew with more sightings, the same conclusion replaces its earlier self.
    uid: stableId(subjectKey(context.subject), subjectKey(to), conclusion, time),
    to,
    about: context.subject,
    conclusion,
    holds,
    why,
  }));
}

const NOTHING: ReadonlySet<string> = new Set();

/** Drops memories older than their detection keeps them, and alerts of days long past; gives the ids of the latter. */
function forget(sealed: Folded, horizon: EpochMs, context: FoldContext): ReadonlySet<string> {
  const forgotten = new Set<string>();
  const keepDays = new Map(
    context.rules.all.map((rule) => [rule.detection.id, rule.detection.state.keepDays]),
  );
  for (const [id, slot] of Object.entries(sealed.slots)) {
    const days = keepDays.get(id);
    if (days !== undefined && slot.lastTime < horizon - days * DAY_MS) delete sealed.slots[id];
  }
  for (const [id, draft] of Object.entries(sealed.drafts)) {
    if (draft.day === undefined || draft.time >= horizon - DRAFT_KEEP_MS) continue;
    delete sealed.drafts[id];
    forgotten.add(id);
  }
  return forgotten;
}

function nextWake(folded: Folded): EpochMs | undefined {
  const times = Object.values(folded.slots).flatMap((slot) =>
    slot.wakeAt === undefined ? [] : [slot.wakeAt],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Somebody whom neither roster nor directory has is a person all the same: policy may name them by their address. */
function withPerson(context: FoldContext): FoldContext {
  const { person, subject } = context;
  if (person !== undefined || subject.kind !== 'person') return context;
  return { ...context, person: { id: subject.id, addresses: [subject.id], onRoster: false } };
}
