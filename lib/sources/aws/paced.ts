/** Keeps requests a while apart. */
import type { Until } from './send.ts';

/**
 * Makes what is waited for before each request.
 *
 * @param paceMs - from one request to the next, at least
 * @returns waits until it is time, and gives false, without waiting, when that would be after the deadline
 */
export function paced(paceMs: number, { clock, deadline }: Until): () => Promise<boolean> {
  let next = clock.now();
  return async () => {
    const waitMs = Math.max(0, next - clock.now());
    if (clock.now() + waitMs >= deadline) return false;
    if (waitMs > 0) await clock.sleep(waitMs);
    next = clock.now() + paceMs;
    return true;
  };
}
