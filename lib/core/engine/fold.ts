/** Folds one subject's ordered events through the rules. */
import { addFinding, draftOf } from '../alerts/draft.ts';
import { raised } from '../alerts/severity.ts';
import type { Concluded, Context, Finding, Verdict } from '../detections/contract.ts';
import type { Event, SightingOf, Tick } from '../events/index.ts';
import { compareText } from '../events/index.ts';
import type { Person } from '../people/person.ts';
import { subjectKey, type SubjectRef } from '../people/subject.ts';
import type { Policy } from '../policy.ts';
import { dayNumberOf, type EpochMs } from '../time.ts';
import { approvalFor } from './approval.ts';
import type { Rule, Rules } from './rules.ts';
import type { Folded, Slot } from './state.ts';

/** What a fold is handed beside events and state. */
export interface FoldContext {
  readonly subject: SubjectRef;
  readonly rules: Rules;
  readonly policy: Policy;
  readonly person?: Person | undefined;
  readonly organization: Context['organization'];
  /** A detection that throws is reported here and skipped for the event; the others go on. */
  readonly failed: (detection: string, event: Event, cause: unknown) => void;
  readonly cannotTell: (detection: string, because: string) => void;
}

/** What a fold has to tell other subjects. */
export interface Outbox {
  readonly sightings: Map<
    string,
    { readonly to: SubjectRef; readonly what: SightingOf; readonly time: EpochMs }
  >;
  readonly conclusions: (Concluded & { readonly rule: Rule; readonly time: EpochMs })[];
}

/**
 * Folds events, which are in order and all later than what is folded in already, and the ticks that fall due among
 * them. Changes `folded` in place.
 *
 * @param until - ticks up to and including this instant are delivered; those of the instant itself after its events
 */
export function fold(
  folded: Folded,
  events: readonly Event[],
  until: EpochMs,
  context: FoldContext,
  outbox: Outbox,
): void {
  for (const event of events) {
    deliverTicks(folded, event.time - 1, context, outbox);
    for (const rule of context.rules.watching.get(event.kind) ?? []) {
      if (rule.detection.subjects.includes(context.subject.kind)) apply(rule, event, folded, context, outbox);
    }
  }
  deliverTicks(folded, until, context, outbox);
}

/** Most ticks one fold delivers; a detection that asks for more is stuck in a loop. */
const TICK_LIMIT = 100_000;

function deliverTicks(folded: Folded, until: EpochMs, context: FoldContext, outbox: Outbox): void {
  for (let count = 0; count < TICK_LIMIT; count++) {
    let due: { rule: Rule; slot: Slot; time: EpochMs } | undefined;
    for (const rule of context.rules.watching.get('tick') ?? []) {
      const slot = folded.slots[rule.detection.id];
      if (slot?.wakeAt === undefined || slot.wakeAt > until) continue;
      if (due === undefined || slot.wakeAt < due.time) due = { rule, slot, time: slot.wakeAt };
    }
    if (due === undefined) return;
    delete due.slot.wakeAt;
    const tick: Tick = {
      kind: 'tick',
      time: due.time,
      source: 'ringer',
      feed: 'tick',
      uid: due.rule.detection.id,
    };
    apply(due.rule, tick, folded, context, outbox);
  }
}

function apply(rule: Rule, event: Event, folded: Folded, context: FoldContext, outbox: Outbox): void {
  const { detection } = rule;
  let slot = folded.slots[detection.id];
  // State of another version is not understood; starting anew is safe, because baselines only ever add suspicion late.
  if (slot?.version !== detection.state.version) {
    slot = { version: detection.state.version, state: detection.state.empty(), lastTime: event.time };
  }
  let verdict: Verdict<unknown>;
  try {
    verdict = detection.evaluate(event, slot.state, {
      subject: context.subject,
      parameters: rule.parameters,
      policy: context.policy,
      ...(context.person === undefined ? {} : { person: context.person }),
      organization: context.organization,
    });
  } catch (cause) {
    context.failed(detection.id, event, cause);
    return;
  }
  if (verdict.outcome === 'cannot-tell') context.cannotTell(detection.id, verdict.because);
  if (verdict.outcome === 'clear' || verdict.outcome === 'finding') {
    slot.state = verdict.state;
    slot.lastTime = event.time;
    folded.slots[detection.id] = slot;
    const asked = verdict.wakeAt;
    // A tick may only ask for a later one, or it would never end.
    if (asked !== undefined && (event.kind !== 'tick' || asked > event.time)) {
      slot.wakeAt = Math.min(asked, slot.wakeAt ?? asked);
    }
  }
  for (const { object, day } of verdict.explains ?? []) {
    for (const [id, draft] of Object.entries(folded.drafts)) {
      if (draft.detection !== detection.id || draft.object === undefined) continue;
      if (day !== undefined && draft.day !== day) continue;
      if (draft.object.kind === object.kind && draft.object.id === object.id) delete folded.drafts[id];
    }
  }
  const findings = verdict.outcome === 'finding' ? verdict.findings : [];
  const approved = findings.map((finding) => record(rule, finding, event, folded, context));
  // What an approval covers implicates nobody.
  const isApproved = approved.length > 0 && !approved.includes(false);
  for (const sighting of verdict.sightings ?? []) {
    const { to, what } = sighting;
    const of =
      what.type === 'software'
        ? `${what.detection}:${what.object}:${what.device}`
        : what.type === 'noted'
          ? `${what.detection}:${what.object}`
          : '';
    const key = `${subjectKey(to)} ${what.type} ${of} ${dayNumberOf(event.time)}`;
    // What began the day speaks for it, so that it does not matter how much of the day has come.
    if (!outbox.sightings.has(key)) outbox.sightings.set(key, { ...sighting, time: event.time });
  }
  for (const concluded of verdict.conclusions ?? []) {
    const holds = concluded.holds && !(isApproved && concluded.implicates !== undefined);
    outbox.conclusions.push({ ...concluded, holds, rule, time: event.time });
  }
}

/** @returns whether a recorded approval covers it */
function record(rule: Rule, found: Finding, event: Event, folded: Folded, context: FoldContext): boolean {
  const approval = approvalFor(found.approvable, event.time, context.policy, context.person);
  const severity = raised(found.severity, rule.severitySteps);
  const finding: Finding =
    approval === undefined
      ? { ...found, severity }
      : { ...found, severity: 'informational', why: [...found.why, approval] };
  const standing = rule.detection.alertPer === 'standing';
  const at = { time: event.time, standing, approved: approval === undefined ? (false as const) : severity };
  const draft = draftOf(rule.detection.id, context.subject, finding, at);
  const known = folded.drafts[draft.id];
  if (known === undefined) folded.drafts[draft.id] = draft;
  else addFinding(known, finding, at);
  return approval !== undefined;
}

/** Orders what goes to others, so that it does not depend on the order of a map. */
export function sortedConclusions(outbox: Outbox): Outbox['conclusions'] {
  return [...outbox.conclusions].sort(
    (a, b) =>
      a.time - b.time ||
      compareText(subjectKey(a.to), subjectKey(b.to)) ||
      compareText(a.conclusion, b.conclusion),
  );
}
