/**
 * How far an application's log has been read. Google lists newest first, lists late, and has no cursor that survives a
 * run, so that the log is read in passes and a pass in windows of time:
 *
 * - A pass ends at the moment it began, however many runs it takes. Whatever came too late for it lies in the overlap in
 *   which the next one starts: half an hour, and twice a day a whole day. What is listed up to half a day late is always
 *   found, and most of what is later.
 * - A window that was not read to its end is read again, half as long.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../core/time.ts';
import { asObject, numberAt } from '../fields.ts';
import { FIRST_RUN_MS } from '../reader.ts';
import { OVERLAP_MINUTES } from './manifest.ts';

/** What the cursor holds. */
export interface Progress {
  /** All windows of the pass up to here are read. */
  readonly at: EpochMs;
  /** The end of the pass. */
  readonly until: EpochMs;
  /** The end of the last pass that looked back a day. */
  readonly sweptUntil: EpochMs;
  readonly windowMs: number;
}

const OVERLAP_MS = OVERLAP_MINUTES * MINUTE_MS;
const SWEEP_MS = DAY_MS;
const SWEEP_EVERY_MS = 12 * HOUR_MS;
/** Google keeps 180 days, and refuses to be asked about more. */
const OLDEST_MS = 179 * DAY_MS;
/** Google refuses an end that is in the future by its own clock. */
const CLOCK_MARGIN_MS = 5 * SECOND_MS;

const LONGEST_WINDOW_MS = DAY_MS;
const SHORTEST_WINDOW_MS = MINUTE_MS;

/** Tells whether there is nothing left of a pass. */
export function isFinished({ at, until }: Progress): boolean {
  return at >= until;
}

/** Begins the next pass: after one that is finished, or the first. */
export function nextPass(before: Progress | undefined, now: EpochMs, since?: EpochMs): Progress {
  const until = now - CLOCK_MARGIN_MS;
  if (before === undefined)
    return {
      at: Math.max(since ?? until - FIRST_RUN_MS, until - OLDEST_MS),
      until,
      sweptUntil: until,
      windowMs: LONGEST_WINDOW_MS,
    };
  const isSweep = until - before.sweptUntil >= SWEEP_EVERY_MS;
  const from = Math.min(before.until, until) - (isSweep ? SWEEP_MS : OVERLAP_MS);
  return {
    at: Math.max(from, until - OLDEST_MS),
    until,
    sweptUntil: isSweep ? until : before.sweptUntil,
    windowMs: before.windowMs,
  };
}

/** Gives the window that is next. It begins a second early: which of its ends belong to a window, Google does not say. */
export function windowOf({ at, until, windowMs }: Progress): {
  readonly from: EpochMs;
  readonly to: EpochMs;
} {
  return { from: at - SECOND_MS, to: Math.min(at + windowMs, until) };
}

/** Goes on after a window. One that fitted on a page makes room for a longer one. */
export function afterWindow(progress: Progress, pages: number): Progress {
  const { windowMs } = progress;
  return {
    ...progress,
    at: windowOf(progress).to,
    windowMs: pages === 1 ? Math.min(2 * windowMs, LONGEST_WINDOW_MS) : windowMs,
  };
}

/** Stays where the window began, with half of it; `undefined` when it is too short to be cut. */
export function halved(progress: Progress): Progress | undefined {
  const lengthMs = windowOf(progress).to - progress.at;
  if (lengthMs <= SHORTEST_WINDOW_MS) return undefined;
  return { ...progress, windowMs: Math.max(lengthMs / 2, SHORTEST_WINDOW_MS) };
}

/** Reads a cursor; anything but what was written here, or what lies in the future, is none. */
export function readProgress(cursor: unknown, now: EpochMs): Progress | undefined {
  const written = asObject(cursor);
  const at = numberAt(written, 'at');
  const until = numberAt(written, 'until');
  const sweptUntil = numberAt(written, 'sweptUntil');
  const windowMs = numberAt(written, 'windowMs');
  if (at === undefined || until === undefined || sweptUntil === undefined || windowMs === undefined)
    return undefined;
  if (at > until || sweptUntil > until || until > now + HOUR_MS) return undefined;
  if (windowMs < SHORTEST_WINDOW_MS || windowMs > LONGEST_WINDOW_MS) return undefined;
  // A pass may have been left months ago.
  return { at: Math.min(Math.max(at, now - OLDEST_MS), until), until, sweptUntil, windowMs };
}
