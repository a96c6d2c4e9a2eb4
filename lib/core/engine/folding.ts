/**
 * Folds one subject's ordered events, piece by piece, from its sealed state to its new state and its alerts: what
 * `evaluate` does, for subjects with more events than fit in memory as well.
 */
import { alertId } from '../alerts/draft.ts';
import { alertOf, AWAIT_MS, type Conclusions, type Published } from '../alerts/publish.ts';
import { compareText, type Conclusion, type Event, type Sighting } from '../events/index.ts';
import { raised } from '../alerts/severity.ts';
import { stableId } from '../hash.ts';
import { subjectKey, type SubjectKind } from '../people/subject.ts';
import { DAY_MS, dayNumberOf, dayOf, type EpochMs } from '../time.ts';
import { composed } from './compose.ts';
import { sighting, toldBy } from './concerned.ts';
import { forget } from './forget.ts';
import { fold, sortedConclusions, type FoldContext, type Outbox } from './fold.ts';
import { STATE_VERSION, type Folded, type SubjectState, type Told } from './state.ts';

/** How far back an event may arrive and still count in its place. Sightings carry the start of their day: two days more. */
export const OPEN_MS: Readonly<Record<SubjectKind, number>> = {
  person: DAY_MS,
  account: DAY_MS,
  device: 3 * DAY_MS,
  address: 3 * DAY_MS,
  organization: 3 * DAY_MS,
};

/** What an evaluation comes to. */
export interface Outcome {
  readonly state: SubjectState;
  /** Every alert that stands now. */
  readonly alerts: readonly Published[];
  /** Ids given by an earlier run that no longer stand: a later event explained them. */
  readonly withdrawn: readonly string[];
  readonly sightings: readonly Sighting[];
  readonly conclusions: readonly Conclusion[];
  /** Events that came after their time was sealed: folded, but in the wrong place. */
  readonly late: number;
  readonly wakeAt: EpochMs | undefined;
}

/** When an evaluation happens, and whether it may seal. */
export interface When {
  /** Ticks up to this instant are delivered; events older than the horizon before it are sealed. */
  readonly now: EpochMs;
  /** False keeps everything open, when this is the only run. */
  readonly seal: boolean;
}

/** An evaluation that is given its events piece by piece, for subjects with more of them than fit in memory. */
export interface Folding {
  /** Everything before this instant is sealed. */
  readonly horizon: EpochMs;
  /** Takes events that are in order, without repetitions, and none earlier than those before. */
  readonly add: (events: readonly Event[]) => void;
  readonly finish: () => Outcome;
}

/** Begins an evaluation: see `evaluate`. */
export function beginFolding(state: SubjectState, when: When, given: FoldContext): Folding {
  const context = withPerson(given);
  const { now, seal } = when;
  const horizon = seal ? Math.max(state.sealedUntil, now - OPEN_MS[context.subject.kind]) : state.sealedUntil;
  const outbox: Outbox = { sightings: new Map(), conclusions: [] };
  const sightings = new Map<string, Sighting>();
  const sealed = seal ? structuredClone(state.sealed) : state.sealed;
  const told = { sealed: { ...state.told }, open: new Map<string, Told>() };
  let late = 0;
  let added = 0;
  let dueInAll = 0;
  let current: Folded | undefined;
  let forgotten = NOTHING;

  /** Closes the sealed part; what follows is folded into a copy of it. */
  const opened = (): Folded => {
    if (current !== undefined) return current;
    if (seal) {
      fold(sealed, [], horizon - 1, context, outbox);
      forgotten = forget(sealed, horizon, new Map(Object.entries(told.sealed)), context);
    }
    current = structuredClone(sealed);
    return current;
  };
  return {
    horizon,
    add(events) {
      let due = 0;
      for (const event of events) {
        tell(event, context, sightings);
        const isDue = event.time < horizon;
        if (isDue) due++;
        if (event.time < state.sealedUntil) late++;
        if (event.kind === 'conclusion') takeIn(event, told, isDue);
      }
      added += events.length;
      dueInAll += due;
      // A run that does not seal has no place for what is older.
      if (due > 0 && seal) fold(sealed, events.slice(0, due), -Infinity, context, outbox);
      if (due < events.length) fold(opened(), events.slice(due), -Infinity, context, outbox);
    },
    finish() {
      const folded = opened();
      fold(folded, [], now, context, outbox);
      for (const [key, { to, what, time }] of outbox.sightings)
        sightings.set(key, sighting(to, context.subject, what, time));
      const conclusions = new Map([...Object.entries(told.sealed), ...told.open]);
      const own = alertsOf(folded, context, conclusions, now);
      const composite = composed(own, folded.past ?? [], conclusions, context);
      const alerts = composite === undefined ? own : [...own, composite].sort(byTime);
      const standing = new Set(alerts.map((alert) => alert.id));
      return {
        state: {
          version: STATE_VERSION,
          sealedUntil: horizon,
          sealed,
          sealedCount: state.sealedCount + (seal ? dueInAll : 0),
          told: told.sealed,
          raised: [...standing],
        },
        alerts,
        withdrawn: state.raised.filter((id) => !standing.has(id) && !forgotten.has(id)),
        sightings: [...sightings.values()],
        conclusions: conclusionsFrom(outbox, context, state.sealedCount + added),
        late,
        wakeAt: nextWake(folded, alerts, now),
      };
    },
  };
}

function alertsOf(
  folded: Folded,
  context: FoldContext,
  conclusions: Conclusions,
  now: EpochMs,
): readonly Published[] {
  const detections = new Map(context.rules.all.map((rule) => [rule.detection.id, rule.detection]));
  const alerts: Published[] = [];
  for (const draft of Object.values(folded.drafts)) {
    const detection = detections.get(draft.detection);
    const alert = detection && alertOf(draft, detection, context.subject, conclusions, now);
    if (alert !== undefined) alerts.push(alert);
  }
  return alerts.sort(byTime);
}

function byTime(a: Published, b: Published): number {
  return compareText(a.time, b.time) || compareText(a.id, b.id);
}

/** Takes in what was concluded; of two words about the same, the later counts. */
function takeIn(
  { conclusion, time, revision, holds, why, implicates }: Conclusion,
  told: { readonly sealed: Record<string, Told>; readonly open: Map<string, Told> },
  isDue: boolean,
): void {
  const before = told.open.get(conclusion) ?? told.sealed[conclusion];
  if (before !== undefined && (time - before.time || revision - (before.revision ?? 0)) < 0) return;
  const word = { time, revision, holds, why, ...(implicates === undefined ? {} : { implicates }) };
  if (isDue) told.sealed[conclusion] = word;
  else told.open.set(conclusion, word);
}

/** Notes what an event tells others. Nearly every one repeats what an earlier one of its day told: a cheap key spares hashing it again. */
function tell(event: Event, context: FoldContext, sightings: Map<string, Sighting>): void {
  const told = toldBy(event, context.subject, context.rules.watchesAddresses, context.person);
  if (told === undefined) return;
  const key = `${told.to.id} ${told.of.id} ${dayNumberOf(event.time)}`;
  if (!sightings.has(key)) sightings.set(key, sighting(told.to, told.of, told.what, event.time));
}

function conclusionsFrom(outbox: Outbox, context: FoldContext, revision: number): readonly Conclusion[] {
  return sortedConclusions(outbox).map(({ to, conclusion, holds, why, time, implicates, rule }) => ({
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
    revision,
    why,
    ...(implicates === undefined
      ? {}
      : {
          implicates: {
            alertId: alertId(
              rule.detection.id,
              context.subject,
              implicates.object,
              rule.detection.alertPer === 'standing' ? undefined : dayOf(time),
            ),
            detection: rule.detection.id,
            subject: context.subject,
            severity: raised(implicates.severity, rule.severitySteps),
            summary: implicates.summary,
            evidence: implicates.evidence,
            ...(implicates.since === undefined ? {} : { since: implicates.since }),
          },
        }),
  }));
}

const NOTHING: ReadonlySet<string> = new Set();

/** What a detection asked for, or the time by which people are told of what may still be explained. */
function nextWake(folded: Folded, alerts: readonly Published[], now: EpochMs): EpochMs | undefined {
  const times = Object.values(folded.slots).flatMap((slot) =>
    slot.wakeAt === undefined ? [] : [slot.wakeAt],
  );
  for (const { awaiting, time } of alerts) {
    const settled = Date.parse(time) + AWAIT_MS;
    if (awaiting === true && settled > now) times.push(settled);
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Somebody whom neither roster nor directory has is a person all the same: policy may name them by their address. */
function withPerson(context: FoldContext): FoldContext {
  const { person, subject } = context;
  if (person !== undefined || subject.kind !== 'person') return context;
  return { ...context, person: { id: subject.id, addresses: [subject.id], onRoster: false } };
}
