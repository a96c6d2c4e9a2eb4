/** Tells Microsoft's limits from its refusals, and how long to wait for them. */
import { SECOND_MS } from '../../core/time.ts';
import { asObject, objectAt } from '../fields.ts';

const LONGEST_GUESS_MS = 32 * SECOND_MS;

/**
 * Says how long to wait: as `Retry-After` says, in seconds or as a date by the server's own clock, else longer each of the
 * `times`. Identity Protection and Intune limit without saying for how long.
 */
export function limitWaitMs(response: Response, times: number): number {
  const written = response.headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(written)) return Number(written) * SECOND_MS;
  const toldMs = Date.parse(written) - Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(toldMs)
    ? Math.min(LONGEST_GUESS_MS, SECOND_MS * 2 ** (times - 1))
    : Math.max(0, toldMs);
}

/** Tells the other way in which the Management Activity API says that there were too many requests. */
export function isActivityLimit(status: number, body: unknown): boolean {
  return status === 403 && objectAt(asObject(body), 'error')?.['code'] === 'AF429';
}
