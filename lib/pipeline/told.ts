/**
 * Remembers which sightings were told lately. An engine says the same again on every run of a day; telling it twice does no
 * harm and costs a message, so that forgetting is allowed.
 */
import type { Sighting } from '../core/events/index.ts';

const MOST = 50_000;

export interface Told {
  /** Leaves out what has been told already. */
  readonly untold: (sightings: readonly Sighting[]) => readonly Sighting[];
  /** Remembers, once it is safely in the queue. */
  readonly remember: (sightings: readonly Sighting[]) => void;
}

export function newTold(): Told {
  const known = new Set<string>();
  return {
    untold: (sightings) => sightings.filter(({ uid }) => !known.has(uid)),
    remember(sightings) {
      if (known.size + sightings.length > MOST) known.clear();
      for (const { uid } of sightings) known.add(uid);
    },
  };
}
