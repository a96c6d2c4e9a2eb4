/**
 * Remembers which sightings were told lately. An engine says the same again on every run of a day; telling it twice does no
 * harm and costs a message, so that forgetting is allowed. What turns out to have begun earlier in the day is told again.
 */
import { begunAt } from '../core/engine/concerned.ts';
import type { Sighting } from '../core/events/index.ts';
import type { EpochMs } from '../core/time.ts';

const MOST = 50_000;

export interface Told {
  /** Leaves out what has been told already. */
  readonly untold: (sightings: readonly Sighting[]) => readonly Sighting[];
  /** Remembers, once it is safely in the queue. */
  readonly remember: (sightings: readonly Sighting[]) => void;
}

export function newTold(): Told {
  const known = new Map<string, EpochMs>();
  return {
    untold: (sightings) => sightings.filter((each) => (known.get(each.uid) ?? Infinity) > begunAt(each)),
    remember(sightings) {
      if (known.size + sightings.length > MOST) known.clear();
      for (const each of sightings) known.set(each.uid, begunAt(each));
    },
  };
}
