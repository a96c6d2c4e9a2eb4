/**
 * How far a log has been read, and how much of it is asked for at once. A listing that is newest first counts only when
 * it is read to its end, so that a long way back is read in windows; how long they are follows from how much was in the
 * last one.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../../core/time.ts';
import { asObject, numberAt } from '../fields.ts';

export interface Progress {
  /** Everything before is safe, but for what arrives late. */
  readonly through: EpochMs;
  /** Length of the next window. */
  readonly spanMs: number;
}

/** To begin with; Microsoft's own advice against refusals is to ask for less time. */
export const FIRST_SPAN_MS = HOUR_MS;
const SHORTEST_SPAN_MS = MINUTE_MS;
const LONGEST_SPAN_MS = 2 * DAY_MS;

/** Windows of more pages than this are halved: the token of a listing that takes long dies on the way. */
const MANY_PAGES = 20;
const FEW_PAGES = 2;

/**
 * Reads what an earlier run saved.
 *
 * @returns `undefined` for anything that no run wrote
 */
export function readProgress(written: unknown, now: EpochMs): Progress | undefined {
  const object = asObject(written);
  const through = numberAt(object, 'through');
  const spanMs = numberAt(object, 'spanMs');
  if (through === undefined || through < 0 || spanMs === undefined) return undefined;
  // The clock may have been set back since.
  return { through: Math.min(through, now), spanMs: bounded(spanMs) };
}

/** Gives the length of the next window after one that was read to its end. */
export function spanAfter(spanMs: number, pages: number): number {
  if (pages > MANY_PAGES) return halved(spanMs);
  return pages <= FEW_PAGES ? bounded(spanMs * 2) : spanMs;
}

/** Gives half a window, for one that was not read to its end. */
export function halved(spanMs: number): number {
  return bounded(spanMs / 2);
}

export function isShortest(spanMs: number): boolean {
  return spanMs <= SHORTEST_SPAN_MS;
}

function bounded(spanMs: number): number {
  return Math.floor(Math.min(LONGEST_SPAN_MS, Math.max(SHORTEST_SPAN_MS, spanMs)));
}
