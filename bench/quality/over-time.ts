/**
 * Evaluates records as they come, with a state for each subject that seals what is a day old: what a deployment ends at,
 * where `scan` has everything before it begins.
 */
import type { Published } from '../../lib/core/alerts/publish.ts';
import {
  evaluate,
  isWatched,
  newSubject,
  subjectOf,
  type FoldContext,
  type SubjectState,
} from '../../lib/core/engine.ts';
import { eventKey, type Event, type SourceEvent } from '../../lib/core/events/index.ts';
import type { Directory } from '../../lib/core/people/directory.ts';
import { subjectKey, type SubjectRef } from '../../lib/core/people/subject.ts';
import { HOUR_MS, type EpochMs } from '../../lib/core/time.ts';
import { newTold } from '../../lib/pipeline/told.ts';

/** A day has four of them: every record waits on average as long for its turn as it may be late elsewhere. */
const TURN_MS = 6 * HOUR_MS;

export interface Coming {
  readonly event: SourceEvent;
  readonly arrivedAt: EpochMs;
}

export interface Company extends Omit<FoldContext, 'subject' | 'person'> {
  readonly directory: Directory;
}

interface Memory {
  readonly subject: SubjectRef;
  state: SubjectState;
  open: readonly Event[];
  wakeAt: EpochMs | undefined;
  /** When it was last evaluated. */
  seenAt: EpochMs;
  /** Everything that ever came, as a key. */
  readonly known: Set<string>;
}

/**
 * Gives the alerts that stand at the end.
 *
 * @param coming - in the order of arrival
 */
export function evaluateOverTime(
  coming: readonly Coming[],
  company: Company,
  end: EpochMs,
): readonly Published[] {
  const run = new Run(company);
  let next = 0;
  for (let now = (coming[0]?.arrivedAt ?? end) + TURN_MS; ; now += TURN_MS) {
    const isLast = now >= end;
    const batch: Event[] = [];
    for (
      let each = coming[next];
      each !== undefined && (isLast || each.arrivedAt < now);
      each = coming[++next]
    )
      batch.push(each.event);
    run.turn(batch, isLast ? end : now);
    if (isLast) return run.alerts();
  }
}

class Run {
  readonly #company: Company;
  readonly #memory = new Map<string, Memory>();
  readonly #alerts = new Map<string, Published>();
  readonly #told = newTold();
  /** What each conclusion was when it was last told, by its id: it is told again when it is otherwise. */
  readonly #concluded = new Map<string, boolean>();

  constructor(company: Company) {
    this.#company = company;
  }

  alerts(): readonly Published[] {
    return [...this.#alerts.values()];
  }

  /** Gives what has come to whom it concerns, what they tell to whom they tell it, and ticks to whoever is due. */
  turn(batch: readonly Event[], now: EpochMs): void {
    for (let events = batch; events.length > 0;) events = this.#deliver(this.#mail(events), now);
    const due = [...this.#memory].filter(
      ([, { open, wakeAt, seenAt }]) => seenAt < now && (open.length > 0 || (wakeAt ?? Infinity) <= now),
    );
    let told = this.#deliver(new Map(due.map(([key]) => [key, []])), now);
    while (told.length > 0) told = this.#deliver(this.#mail(told), now);
  }

  #mail(events: readonly Event[]): Map<string, Event[]> {
    const mail = new Map<string, Event[]>();
    for (const event of events) {
      if (!isWatched(this.#company.rules, event)) continue;
      const subject = subjectOf(event, this.#company.directory, this.#company.policy.serviceAccounts);
      if (subject === undefined) continue;
      const key = subjectKey(subject);
      if (!this.#memory.has(key))
        this.#memory.set(key, {
          subject,
          state: newSubject(),
          open: [],
          wakeAt: undefined,
          seenAt: 0,
          known: new Set(),
        });
      const own = mail.get(key) ?? [];
      own.push(event);
      mail.set(key, own);
    }
    return mail;
  }

  #deliver(mail: ReadonlyMap<string, readonly Event[]>, now: EpochMs): readonly Event[] {
    const told: Event[] = [];
    for (const [key, events] of mail) {
      const memory = this.#memory.get(key);
      if (memory === undefined) continue;
      const news = events.filter((event) => this.#isNews(event, memory));
      if (events.length > 0 && news.length === 0) continue;
      const { subject } = memory;
      const person = subject.kind === 'person' ? this.#company.directory.person(subject.id) : undefined;
      const named = person?.name === undefined ? subject : { ...subject, name: person.name };
      const result = evaluate(
        memory.state,
        [...memory.open, ...news],
        { now, seal: true },
        { ...this.#company, subject: named, person },
      );
      // A state is stored between runs: nothing of it is shared with what was folded.
      memory.state = JSON.parse(JSON.stringify(result.state)) as SubjectState;
      memory.open = result.open;
      memory.wakeAt = result.wakeAt;
      memory.seenAt = now;
      for (const id of result.withdrawn) this.#alerts.delete(id);
      for (const alert of result.alerts) this.#alerts.set(alert.id, alert);
      const sightings = this.#told.untold(result.sightings);
      this.#told.remember(sightings);
      told.push(...sightings, ...result.conclusions);
    }
    return told;
  }

  /** A sighting that is told again says more than before. */
  #isNews(event: Event, { known }: Memory): boolean {
    if (event.kind === 'sighting') return true;
    if (event.kind === 'conclusion') {
      const before = this.#concluded.get(event.uid);
      this.#concluded.set(event.uid, event.holds);
      return before !== event.holds;
    }
    const key = eventKey(event);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  }
}
