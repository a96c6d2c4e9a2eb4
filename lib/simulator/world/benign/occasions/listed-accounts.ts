/** Accounts and authenticators as the directories list them. */
import { DAY_MS, HOUR_MS } from '../../../../core/time.ts';
import { entraUser } from '../../records/entra.ts';
import { googleUser } from '../../records/google.ts';
import { oktaDevice, oktaUser } from '../../records/okta-listings.ts';
import type { Worker } from '../../worker.ts';
import { LISTED_HOUR } from '../listing.ts';
import type { Scene } from '../scene.ts';

/** Lists everybody's accounts and devices: as the window begins, and again whenever there is something new. */
export function listAccounts({ staff, laptops, phones }: Worker, { window, journal }: Scene): void {
  const first = Math.max(window.start + LISTED_HOUR * HOUR_MS, staff.hired + LISTED_HOUR * HOUR_MS);
  journal.note('okta', first, () => oktaUser(staff, first));
  journal.note('entra', first, () => entraUser(staff));
  journal.note('google', first, () => googleUser(staff));
  for (const { from, what } of [...laptops, ...phones]) {
    const at = Math.max(first, from + DAY_MS);
    journal.note('okta', at, () => oktaDevice(what, [staff], at));
  }
  if (staff.ends === undefined) return;
  const closed = staff.ends + 1 + (DAY_MS + LISTED_HOUR * HOUR_MS);
  journal.note('okta', closed, () => oktaUser(staff, closed, 'DEPROVISIONED'));
  journal.note('entra', closed, () => entraUser(staff, false));
  journal.note('google', closed, () => googleUser(staff, true));
}
