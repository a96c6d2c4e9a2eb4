/** Reads the headers by which Okta limits requests. */
import { SECOND_MS } from '../../core/time.ts';

/** With too many requests at once, not too many a minute, the reset is only a hint. */
const CONCURRENCY_WAIT_MS = 2 * SECOND_MS;

/**
 * Says how long Okta wants us to wait: until `X-Rate-Limit-Reset`, by Okta's own clock, and a second for its rounding.
 *
 * @returns `undefined` when the headers do not say
 */
export function rateLimitWaitMs(response: Response): number | undefined {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  if (header('x-rate-limit-limit') === '0' && header('x-rate-limit-remaining') === '0')
    return CONCURRENCY_WAIT_MS;
  const resetSeconds = Number(header('x-rate-limit-reset') ?? Number.NaN);
  const serverTime = Date.parse(header('date') ?? '');
  if (!Number.isFinite(resetSeconds) || Number.isNaN(serverTime)) return undefined;
  return Math.max(0, resetSeconds * SECOND_MS - serverTime) + SECOND_MS;
}
