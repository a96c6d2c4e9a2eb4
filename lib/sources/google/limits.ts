/** Tells Google's limits from its refusals, and how long to wait for them. */
import { SECOND_MS } from '../../core/time.ts';
import { asObject, objectAt, objectsAt, textAt } from '../fields.ts';

/** Google names a limit in one of three places, by the age of the service that answers. */
const LIMITS: ReadonlySet<string> = new Set([
  'userRateLimitExceeded',
  'rateLimitExceeded',
  'quotaExceeded',
  'dailyLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
]);

/** Google's advice for the Reports API: five seconds at first, then longer each time. */
const FIRST_WAIT_MS = 5 * SECOND_MS;
const LONGEST_WAIT_MS = 320 * SECOND_MS;

/** Tells a limit: any 503, which is how the Reports API says that a quota is used up, and a 403 that names one. */
export function isLimit(status: number, body: unknown): boolean {
  return status === 503 || (status === 403 && reasonsIn(body).some((reason) => LIMITS.has(reason)));
}

function reasonsIn(body: unknown): readonly string[] {
  const error = objectAt(asObject(body), 'error');
  const entries = [...objectsAt(error, 'errors'), ...objectsAt(error, 'details')];
  return [textAt(error, 'status'), ...entries.map((entry) => textAt(entry, 'reason'))].filter(
    (reason) => reason !== undefined,
  );
}

/** Says how long to wait: as `Retry-After` says, else longer each of the `times`. */
export function limitWaitMs(response: Response, times: number): number {
  const seconds = response.headers.get('retry-after');
  if (seconds !== null && /^\d{1,6}$/.test(seconds)) return Number(seconds) * SECOND_MS;
  return Math.min(FIRST_WAIT_MS * 2 ** (times - 1), LONGEST_WAIT_MS);
}
