/** Sends a command as long as there is time for it. How often it is tried, and how long apart, is the SDK's business. */
import { HOUR_MS, type EpochMs } from '../../core/time.ts';
import type { Clock } from '../transport.ts';
import { awsFailure } from './failure.ts';

/** How often the SDK sends a request that is throttled, fails or hangs. */
export const TRIES = 5;

/** How long one try may take. */
export const REQUEST_HANDLER = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  throwOnRequestTimeout: true,
} as const;

/** Until when, by which clock. */
export interface Until {
  readonly clock: Clock;
  /** Nothing is begun after this, and what is under way is given up. */
  readonly deadline: EpochMs;
}

/**
 * Sends one command.
 *
 * @param send - sends it, and gives up when the signal says so
 * @param what - what is tried, for the error
 * @returns `undefined` when there was no time left
 * @throws SOURCE_DENIED, SOURCE_UNAVAILABLE
 */
export async function sendInTime<T>(
  send: (signal: AbortSignal) => Promise<T>,
  { clock, deadline }: Until,
  what: string,
): Promise<T | undefined> {
  const left = deadline - clock.now();
  if (left <= 0) return undefined;
  const signal = AbortSignal.timeout(Math.min(left, HOUR_MS));
  try {
    return await send(signal);
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw awsFailure(thrown, what);
  }
}
