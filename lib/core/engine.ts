/**
 * The engine: one subject's sealed state and open events go in; its new state, its alerts and what it has to tell
 * others come out. A Lambda, the command line, a backtest and a test call this same function.
 *
 * Lateness is its business alone. The sealed part holds everything older than the horizon, folded in order; the open
 * part is every event since, as stored. Each run folds the whole open part anew from the sealed state, so a late or
 * repeated event adds, changes or withdraws alerts, and what comes out depends on the set of events, never on batches.
 */
import { compareEvents, compareText, type Event } from './events/index.ts';
import { begunAt } from './engine/concerned.ts';
import type { FoldContext } from './engine/fold.ts';
import { beginFolding, type Outcome, type When } from './engine/folding.ts';
import type { SubjectState } from './engine/state.ts';

export { newSubject, type SubjectState } from './engine/state.ts';
export { rulesFor, isToldOnly, isWatched, type Rules } from './engine/rules.ts';
export { concernedKey, sightingsOf, subjectOf } from './engine/concerned.ts';
export { beginFolding, OPEN_MS, type Outcome } from './engine/folding.ts';
export type { FoldContext } from './engine/fold.ts';

export interface Evaluation extends Outcome {
  /** The events still open: to be given again next time, with the new ones. */
  readonly open: readonly Event[];
  /** Events given more than once. */
  readonly duplicates: number;
}

/**
 * Evaluates one subject.
 *
 * @param state - from the last run, or `newSubject()`
 * @param events - the open events of the last run and the new ones, in any order, any number of times
 */
export function evaluate(
  state: SubjectState,
  events: readonly Event[],
  when: When,
  given: FoldContext,
): Evaluation {
  const ordered = inOrder(events);
  const folding = beginFolding(state, when, given);
  folding.add(ordered);
  return {
    ...folding.finish(),
    open: ordered.filter((event) => event.time >= folding.horizon),
    duplicates: events.length - ordered.length,
  };
}

/**
 * Puts events in the order they are folded and drops repetitions: of a conclusion, the one drawn from most is kept; of a
 * sighting, that of what began its day; of anything else, always the same one, whatever the order they came in.
 */
export function inOrder(events: readonly Event[]): readonly Event[] {
  const sorted = [...events].sort((a, b) => compareEvents(a, b) || compareCopies(a, b));
  return sorted.filter((event, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareEvents(previous, event) !== 0;
  });
}

function compareCopies(a: Event, b: Event): number {
  if (a.kind === 'conclusion' && b.kind === 'conclusion') return b.revision - a.revision;
  if (a.kind === 'sighting' && b.kind === 'sighting' && begunAt(a) !== begunAt(b))
    return begunAt(a) - begunAt(b);
  return a === b ? 0 : compareText(JSON.stringify(a), JSON.stringify(b));
}
