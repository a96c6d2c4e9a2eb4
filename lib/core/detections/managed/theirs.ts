/** The managed computers of one person: of which systems there are, and in which browsers they show themselves as managed. */
import type { Authentication } from '../../events/index.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import { browserOf, isRegistered, type System } from './computer.ts';

/** Plain JSON. */
export interface Theirs {
  /** When a managed computer of a system was last listed or signed in. */
  owned: Partial<Record<System, EpochMs>>;
  /** When one last signed in and was told as managed, by `source system browser`. */
  toldAs: Record<string, EpochMs>;
}

/** How long a computer counts as theirs after it was last listed or seen. */
const OWNED_DAYS = 90;
const BROWSERS_KEPT = 24;

/** Notes that a managed computer of this system is theirs; `true` when none was known. */
export function noteOwned(theirs: Theirs, system: System, time: EpochMs): boolean {
  const before = theirs.owned[system];
  theirs.owned[system] = Math.max(time, before ?? time);
  return before === undefined;
}

/** Notes that a managed computer signed in and was told as managed. */
export function noteTold(theirs: Theirs, event: Authentication, system: System): void {
  const key = keyOf(event, system);
  const others = Object.entries(theirs.toldAs).filter(([known]) => known !== key);
  theirs.toldAs = Object.fromEntries([...others, [key, event.time] as const].slice(-BROWSERS_KEPT));
}

/** Drops computers that have not been heard of for long. */
export function dropOld({ owned }: Theirs, time: EpochMs): void {
  for (const [system, last] of Object.entries(owned))
    if (last < time - OWNED_DAYS * DAY_MS) delete owned[system as System];
}

/** Tells whether any managed computer of theirs has signed in lately and was told as managed. */
export function wasTold({ toldAs }: Theirs, since: EpochMs): boolean {
  return Object.values(toldAs).some((time) => time >= since);
}

/**
 * Tells whether a sign-in that is not told as managed comes from another computer than theirs: one that is registered and
 * not managed, one of a system they have no managed computer of, or a browser in which theirs is told as managed.
 */
export function isAnother(theirs: Theirs, event: Authentication, system: System, since: EpochMs): boolean {
  const isToldUnmanaged = event.device?.managed === false;
  if (isToldUnmanaged && isRegistered(event.device)) return true;
  if (theirs.owned[system] === undefined) return true;
  return isToldUnmanaged && (theirs.toldAs[keyOf(event, system)] ?? -Infinity) >= since;
}

function keyOf({ source, userAgent }: Authentication, system: System): string {
  return `${source} ${system} ${browserOf(userAgent) ?? ''}`;
}
