/** Lets the company live in a twin: time goes on in steps, and at each the vendors list what is due. */
import { MINUTE_MS, type EpochMs } from '../../core/time.ts';
import type { Listeners, Twin } from '../twin/index.ts';
import type { CompanyVendors } from './vendors.ts';

const STEP_MS = 10 * MINUTE_MS;

/** @param until - when to stop; what has been listed by then has been collected too, as the schedules go */
export async function playCompany(
  twin: Twin,
  vendors: CompanyVendors,
  until: EpochMs,
  listeners: Listeners = {},
): Promise<void> {
  while (twin.clock.now() < until) {
    const next = Math.min(until, Math.max(vendors.next ?? until, twin.clock.now()));
    await twin.runUntil(next, listeners);
    const time = Math.min(until, (Math.floor(next / STEP_MS) + 1) * STEP_MS);
    await vendors.listUntil(time, twin);
    await twin.runUntil(time, listeners);
  }
}
