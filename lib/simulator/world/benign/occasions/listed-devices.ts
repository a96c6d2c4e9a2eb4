/** Laptops as Intune lists them. */
import { ORGANIZATION } from '../../../../core/people/subject.ts';
import { DAY_MS, HOUR_MS, type EpochMs } from '../../../../core/time.ts';
import { happens, randomOf } from '../../chance.ts';
import { managedDevice, type DeviceCondition } from '../../records/intune.ts';
import { inDays, RATES } from '../../rates.ts';
import { inUse } from '../../worker.ts';
import { isHere, LISTED_HOUR } from '../listing.ts';
import type { Scene } from '../scene.ts';

const EVERY_DAYS = 3;
const FLIP_HOUR = 11;
/** How long a laptop is overdue, least and most. */
const OVERDUE_DAYS = [2, 6] as const;

/** Lists every laptop in its condition; once, a wrong policy makes all of them noncompliant for a day. */
export function listDevices(scene: Scene): void {
  const { seed, window, journal, causes, workers } = scene;
  const random = randomOf(seed, 'devices');
  for (const { staff, laptops } of workers) {
    const isOverdue = happens(random, inDays(RATES.overdueUpdateMonthly, window.days));
    const overdue = window.start + random.between(0, window.days - 1) * DAY_MS;
    const until = overdue + random.between(...OVERDUE_DAYS) * DAY_MS;
    if (isOverdue) causes.note('overdue-update', staff.address, staff.laptop.serialNumber);
    for (let day = 0; day < window.days; day += EVERY_DAYS) {
      const at = checkIn(window.start + day * DAY_MS + LISTED_HOUR * HOUR_MS, random.next());
      if (!isHere(staff, at)) continue;
      const condition: DeviceCondition =
        isOverdue && overdue <= at && at < until ? { complianceState: 'noncompliant' } : {};
      journal.note('intune', at, () => managedDevice(staff, at, condition, inUse(laptops, at)));
    }
  }
  const flips = randomOf(seed, 'flips');
  for (let left = RATES.complianceFlips; left > 0; left--) flip(scene, flips.between(1, window.days - 2));
}

function flip({ window, journal, causes, workers }: Scene, day: number): void {
  const wrong = window.start + day * DAY_MS + FLIP_HOUR * HOUR_MS;
  for (const { staff, laptops } of workers) {
    if (!isHere(staff, wrong)) continue;
    const right = wrong + DAY_MS;
    const laptop = inUse(laptops, wrong);
    causes.note('compliance-flip', staff.address, laptop.serialNumber, ORGANIZATION.id);
    journal.note('intune', wrong, () =>
      managedDevice(staff, wrong, { complianceState: 'noncompliant' }, laptop),
    );
    journal.note('intune', right, () => managedDevice(staff, right, {}, laptop));
  }
}

/** Laptops check in some hours before they are listed. */
function checkIn(listed: EpochMs, part: number): EpochMs {
  return listed - Math.floor(part * 5 * HOUR_MS);
}
