/**
 * Remembers what subjects have told each other lately. An engine says the same again on every run of a day; telling it
 * twice does no harm and costs a message, so that forgetting is allowed.
 */
import type { Conclusion, Sighting } from '../core/events/index.ts';

const MOST = 50_000;

export interface Told {
  /** Leaves out what has been told already. */
  readonly untold: <E extends Sighting | Conclusion>(events: readonly E[]) => readonly E[];
  /** Remembers, once it is safely in the queue. */
  readonly remember: (events: readonly (Sighting | Conclusion)[]) => void;
}

export function newTold(): Told {
  const known = new Set<string>();
  return {
    untold: (events) => events.filter((event) => !known.has(keyOf(event))),
    remember(events) {
      if (known.size + events.length > MOST) known.clear();
      for (const event of events) known.add(keyOf(event));
    },
  };
}

function keyOf(event: Sighting | Conclusion): string {
  return event.kind === 'sighting' ? event.uid : `${event.uid} ${event.holds}`;
}
