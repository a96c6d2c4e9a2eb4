/** People come and go: accounts are opened and closed by the administrator. */
import { DAY_MS, HOUR_MS, type EpochMs } from '../../../../core/time.ts';
import { accountChanged } from '../../records/entra-audits.ts';
import { adminActivity } from '../../records/google.ts';
import { lifecycleChanged } from '../../records/okta.ts';
import type { Worker } from '../../worker.ts';
import type { Scene } from '../scene.ts';

/** Opens the account of somebody who is new in the window, and closes that of somebody who leaves. */
export function openAndClose(
  worker: Worker,
  administrator: Worker,
  { window, causes, journal }: Scene,
): void {
  const { staff, random } = worker;
  const by = administrator.staff;
  const from = administrator.line.v4;
  const soon = (at: EpochMs): EpochMs => at + Math.floor(random.next() * HOUR_MS);
  if (staff.hired > window.start) {
    causes.note('new-hire', staff.address);
    // The day before, in the afternoon.
    const at = soon(staff.hired - DAY_MS + 15 * HOUR_MS);
    journal.note('okta', at, (chance) =>
      lifecycleChanged(by, at, from, chance, { change: 'create', of: staff }),
    );
    const activated = soon(at);
    journal.note('okta', activated, (chance) =>
      lifecycleChanged(by, activated, from, chance, { change: 'activate', of: staff }),
    );
    journal.note('entra', activated, (chance) =>
      accountChanged(by, activated, from, chance, { activity: 'Add user', of: staff }),
    );
    journal.note('google', activated, (chance) =>
      adminActivity(by, activated, from, chance, userSetting('CREATE_USER', staff.address)),
    );
  }
  if (staff.ends === undefined || staff.ends >= window.end) return;
  causes.note('leaver', staff.address);
  const closed = soon(staff.ends + random.between(1, 12) * HOUR_MS);
  journal.note('okta', closed, (chance) =>
    lifecycleChanged(by, closed, from, chance, { change: 'deactivate', of: staff }),
  );
  journal.note('entra', closed, (chance) =>
    accountChanged(by, closed, from, chance, { activity: 'Disable account', of: staff }),
  );
  journal.note('google', closed, (chance) =>
    adminActivity(by, closed, from, chance, userSetting('SUSPEND_USER', staff.address)),
  );
}

function userSetting(name: string, address: string) {
  return { type: 'USER_SETTINGS', name, parameters: { USER_EMAIL: address } };
}
