/** Everybody goes about their days. */
import { randomOf } from '../chance.ts';
import type { Worker } from '../worker.ts';
import { awsDay } from './aws-day.ts';
import { googleDay } from './google-day.ts';
import { itineraryOf } from './itinerary.ts';
import { offSitesOf, type OffSite } from './journeys.ts';
import { microsoftDay } from './microsoft-day.ts';
import { administer } from './occasions/administration.ts';
import { openAndClose } from './occasions/employment.ts';
import { listAccounts } from './occasions/listed-accounts.ts';
import { listDevices } from './occasions/listed-devices.ts';
import { listSoftware } from './occasions/listed-software.ts';
import { setUpLaptop, setUpPhone } from './occasions/new-things.ts';
import { shareAsUsual } from './occasions/sharing.ts';
import { sprayPasswords } from './occasions/spray.ts';
import { oktaDay } from './okta-day.ts';
import type { Scene } from './scene.ts';
import { Shift } from './shift.ts';

/**
 * Plays everything benign.
 *
 * @param others - people of attacks: they have accounts, devices and days like everybody, but no surprises
 */
export function live(scene: Scene, others: readonly Worker[]): void {
  const { seed, workers, window } = scene;
  const [administrator] = workers;
  if (administrator === undefined) return;
  const offSites = offSitesOf(scene, randomOf(seed, 'off-site'));
  const kept: Shift[] = [];
  for (const worker of [...workers, ...others]) {
    listAccounts(worker, scene);
    openAndClose(worker, administrator, scene);
    noteStanding(worker, scene);
    kept.push(...workThrough(worker, scene, offSites));
  }
  administer(kept, window.days, randomOf(seed, 'administration'));
  const everybody = { ...scene, workers: [...workers, ...others] };
  listDevices(everybody);
  listSoftware(everybody);
  sprayPasswords(scene);
}

/** @returns the days on which something may still be put that is decided for the whole company */
function workThrough(worker: Worker, scene: Scene, offSites: readonly OffSite[]): readonly Shift[] {
  const shifts: Shift[] = [];
  let before: Shift | undefined;
  // Drawn even of those who do not work here: addresses that they would have had stay unused.
  const days = itineraryOf(worker, scene, offSites);
  if (!worker.works) return [];
  for (const day of days) {
    const shift = new Shift(worker, day, scene);
    oktaDay(shift);
    microsoftDay(shift);
    googleDay(shift);
    awsDay(shift);
    shareAsUsual(shift);
    setUpNewThings(shift, before, worker.staff.hired > scene.window.start);
    before = shift;
    if (worker.staff.privileged || worker.staff.department === 'Engineering') shifts.push(shift);
  }
  return shifts;
}

function setUpNewThings(shift: Shift, before: Shift | undefined, isNewHere: boolean): void {
  const isFirst = before === undefined;
  if (isFirst ? isNewHere : before.laptop !== shift.laptop) {
    shift.because('new-laptop');
    setUpLaptop(shift);
  }
  if (isFirst ? isNewHere : before.phone !== shift.phone) {
    if (!isFirst) shift.because('new-phone');
    setUpPhone(shift, before?.phone);
  }
}

function noteStanding({ staff, habits }: Worker, { causes }: Scene): void {
  if (habits.nightShift === 'stated') causes.note('night-shift', staff.address);
  if (habits.nightShift === 'unstated') causes.note('night-shift-unstated', staff.address);
  if (staff.employment === 'contractor') causes.note('contractor-abroad', staff.address);
}
