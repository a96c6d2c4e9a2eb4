/**
 * Evaluates a whole company in one go: every subject once, then what people tell addresses and the organization, then
 * those who are told something back.
 */
import type { Published } from './alerts/publish.ts';
import { compareText, type Event } from './events/index.ts';
import { evaluate, newSubject, type Evaluation, type FoldContext, type Rules } from './engine.ts';
import type { Directory } from './people/directory.ts';
import { ORGANIZATION, subjectKey, type SubjectRef } from './people/subject.ts';
import type { Policy } from './policy.ts';
import type { EpochMs } from './time.ts';

/** Subjects with all their events; may be walked more than once. */
export interface Groups {
  /** Every subject, or only those whose keys are given, in any order. */
  readonly each: (keys?: ReadonlySet<string>) => Iterable<Group>;
}

export interface Group {
  readonly subject: SubjectRef;
  readonly events: readonly Event[];
}

export interface CompanyContext {
  readonly rules: Rules;
  readonly policy: Policy;
  readonly directory: Directory;
  readonly organization: FoldContext['organization'];
  readonly now: EpochMs;
  readonly failed: FoldContext['failed'];
  readonly cannotTell: FoldContext['cannotTell'];
  /** Called after each subject, for progress. */
  readonly evaluated?: () => void;
}

/**
 * Gives every alert that stands at `now`, ordered by time, then id.
 *
 * What people tell never depends on what they are told, so one round there and one back is all there can be.
 */
export function evaluateCompany(groups: Groups, context: CompanyContext): readonly Published[] {
  const alerts = new Map<string, Evaluation['alerts']>();
  const told = new Map<string, { subject: SubjectRef; events: Event[] }>();
  const tell = (subject: SubjectRef, events: readonly Event[]): void => {
    if (events.length === 0) return;
    const key = subjectKey(subject);
    const mail = told.get(key) ?? { subject, events: [] };
    for (const event of events) mail.events.push(event);
    told.set(key, mail);
  };

  for (const { subject, events } of groups.each()) {
    if (subject.kind === ORGANIZATION.kind) {
      tell(subject, events);
      continue;
    }
    const evaluation = evaluateSubject(subject, events, context);
    if (evaluation.alerts.length > 0) alerts.set(subjectKey(subject), evaluation.alerts);
    for (const sighting of evaluation.sightings) tell(sighting.to, [sighting]);
    context.evaluated?.();
  }

  const answers = new Map<string, Event[]>();
  const answer = (key: string, subject: SubjectRef, events: readonly Event[]): void => {
    const evaluation = evaluateSubject(subject, events, context);
    if (evaluation.alerts.length > 0) alerts.set(key, [...(alerts.get(key) ?? []), ...evaluation.alerts]);
    for (const sighting of evaluation.sightings) tell(sighting.to, [sighting]);
    for (const conclusion of evaluation.conclusions) {
      const to = subjectKey(conclusion.to);
      answers.set(to, [...(answers.get(to) ?? []), conclusion]);
    }
  };
  // Addresses and devices have something to tell the organization; it comes last.
  const organizationKey = subjectKey(ORGANIZATION);
  for (const [key, { subject, events }] of [...told].sort(([a], [b]) => compareText(a, b)))
    if (key !== organizationKey) answer(key, subject, events);
  const whole = told.get(organizationKey);
  if (whole !== undefined) answer(organizationKey, whole.subject, whole.events);

  for (const { subject, events } of answers.size === 0 ? [] : groups.each(new Set(answers.keys()))) {
    const key = subjectKey(subject);
    const all = [...events, ...(told.get(key)?.events ?? []), ...(answers.get(key) ?? [])];
    alerts.set(key, evaluateSubject(subject, all, context).alerts);
  }
  return [...alerts.values()].flat().sort((a, b) => compareText(a.time, b.time) || compareText(a.id, b.id));
}

function evaluateSubject(subject: SubjectRef, events: readonly Event[], context: CompanyContext): Evaluation {
  const person = subject.kind === 'person' ? context.directory.person(subject.id) : undefined;
  const named = person?.name === undefined ? subject : { ...subject, name: person.name };
  return evaluate(
    newSubject(),
    events,
    { now: context.now, seal: false },
    { ...context, subject: named, person },
  );
}
