/** How far the event history of each account and Region has been read, as the cursor says it. */
import { DAY_MS, type EpochMs } from '../../core/time.ts';
import { asObject, numberAt } from '../fields.ts';
import type { Target } from './targets.ts';

/** How far a target has been read. */
export interface HistoryState {
  /** All that happened before has been read, but what is listed late. */
  readonly until?: EpochMs;
  /** The window that is being read. */
  readonly window?: Window;
}

/** Whole seconds, as CloudTrail's times are; both ends are included, and neighbours share one. */
export interface Window {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** What happened after has been read. */
  readonly downTo: EpochMs;
}

/** No event is handed over later than this after one of the same account that happened after it. */
export const WINDOW_MS = DAY_MS;

export function stateOf(until: EpochMs | undefined, window: Window | undefined): HistoryState {
  return { ...(until === undefined ? {} : { until }), ...(window === undefined ? {} : { window }) };
}

/** Reads a cursor; accounts and Regions that the connection no longer has are left out. */
export function readStates(cursor: unknown, targets: readonly Target[]): ReadonlyMap<string, HistoryState> {
  const written = asObject(cursor);
  const states = new Map<string, HistoryState>();
  for (const { name } of targets) {
    const state = asObject(written?.[name]);
    const until = numberAt(state, 'until');
    const window = windowIn(state?.['window']);
    if (until !== undefined || window !== undefined) states.set(name, stateOf(until, window));
  }
  return states;
}

function windowIn(written: unknown): Window | undefined {
  const window = asObject(written);
  const [from, to, downTo] = ['from', 'to', 'downTo'].map((key) => numberAt(window, key));
  if (from === undefined || to === undefined || downTo === undefined) return undefined;
  return from <= downTo && downTo <= to && to - from <= WINDOW_MS ? { from, to, downTo } : undefined;
}
