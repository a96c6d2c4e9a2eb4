/** What somebody has been seen with lately, and since when they are watched: what is new can only be told against both. */
import { compareText } from '../../events/index.ts';
import { DAY_MS, startOfDay, type EpochMs } from '../../time.ts';

/** Plain JSON; bounded by `THINGS_KEPT`. */
export interface Seen {
  /** Watched without a long gap since. */
  since?: EpochMs;
  lastTime?: EpochMs;
  /** By what was seen: when it was first, and last, without a long gap. */
  readonly things: Record<string, readonly [first: EpochMs, last: EpochMs]>;
}

export interface Memory {
  readonly learnDays: number;
  readonly forgetDays: number;
}

/** `first-day`: not seen on any earlier day that is remembered. `learning`: the same, of somebody hardly known yet. */
export type Acquaintance = 'first-day' | 'learning' | 'known';

/** Somebody who moves through more than this many networks or countries in a month is known to move. */
const THINGS_KEPT = 64;
const LENGTH_KEPT = 80;

export function nothingSeen(): Seen {
  return { things: {} };
}

/** Notes that somebody was there. Whoever was away for longer than things are remembered is learnt anew. */
export function watch(seen: Seen, time: EpochMs, { forgetDays }: Memory): void {
  if (seen.lastTime === undefined || time - seen.lastTime > forgetDays * DAY_MS) seen.since = time;
  seen.lastTime = Math.max(time, seen.lastTime ?? time);
}

/** Tells whether a thing is remembered from an earlier day or this one. */
export function isKnown({ things }: Seen, thing: string, time: EpochMs, { forgetDays }: Memory): boolean {
  const key = keyOf(thing);
  const times = Object.hasOwn(things, key) ? things[key] : undefined;
  return times !== undefined && time - times[1] <= forgetDays * DAY_MS;
}

/**
 * Notes that somebody was seen with a thing, and says how well they are known with it. A thing stays new for the whole UTC
 * day on which it was first seen, so that it does not matter which event of the day is looked at.
 */
export function meet(seen: Seen, thing: string, time: EpochMs, memory: Memory): Acquaintance {
  const key = keyOf(thing);
  if (!isKnown(seen, thing, time, memory)) add(seen, key, time, memory);
  const [first, last] = seen.things[key] ?? [time, time];
  seen.things[key] = [first, Math.max(last, time)];
  if (first < startOfDay(time)) return 'known';
  return first < (seen.since ?? time) + memory.learnDays * DAY_MS ? 'learning' : 'first-day';
}

/** A prefix keeps names such as `__proto__` from being more than names. */
function keyOf(thing: string): string {
  return `=${thing.slice(0, LENGTH_KEPT)}`;
}

/** Makes room for a new thing: what is forgotten goes, then what was not seen for longest. */
function add({ things }: Seen, key: string, time: EpochMs, { forgetDays }: Memory): void {
  for (const [other, [, last]] of Object.entries(things))
    if (time - last > forgetDays * DAY_MS) delete things[other];
  const others = Object.entries(things).sort(([a, [, x]], [b, [, y]]) => y - x || compareText(a, b));
  for (const [other] of others.slice(THINGS_KEPT - 1)) delete things[other];
  things[key] = [time, time];
}
