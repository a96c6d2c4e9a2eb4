/** What every client of a vendor stands on: how requests leave, how credentials come, and a clock. */
import timers from 'node:timers/promises';
import type { EpochMs } from '../core/time.ts';

/** Sends one request. It is `fetch`, or what a test puts in its place. */
export type Transport = (request: Request) => Promise<Response>;

/**
 * Gives the `Authorization` header.
 *
 * @param refused - the vendor has just refused the one given last: fetch a new one
 */
export type Credential = (refused: boolean) => Promise<string>;

export interface Clock {
  readonly now: () => EpochMs;
  readonly sleep: (ms: number) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  // Looked up at every call: whoever runs a function faster than time goes puts another in its place.
  sleep: (ms) => timers.setTimeout(ms),
};
