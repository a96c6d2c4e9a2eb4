/** A laptop or a phone is new: it is registered, and brings a burst of what looks odd. */
import { HOUR_MS } from '../../../../core/time.ts';
import { cloudFile } from '../files.ts';
import { deviceRegistered, phoneAppAdded, securityInfoChanged } from '../../records/entra-audits.ts';
import { managedDevice } from '../../records/intune.ts';
import { fileSynced } from '../../records/m365.ts';
import { deviceEnrolled, factorChanged } from '../../records/okta.ts';
import { RATES } from '../../rates.ts';
import type { Phone } from '../../staff.ts';
import type { Shift } from '../shift.ts';

/** The laptop in hand is set up, and OneDrive brings everything that its owner has. */
export function setUpLaptop(shift: Shift): void {
  const { who, laptop, random, connections, day } = shift;
  const at = shift.near(day.begin, 600, 3_600);
  const from = connections.laptop(at, true);
  shift.note('entra', at, (chance) => deviceRegistered(who, at, from, chance, { device: laptop }));
  const enrolled = shift.near(at, 300, 1_200);
  shift.note('okta', enrolled, (chance) => deviceEnrolled(who, enrolled, from, chance, { device: laptop }));
  shift.note('intune', enrolled, () => managedDevice(who, enrolled, {}, laptop));
  const [least, most] = RATES.firstSyncFiles;
  const hours = random.between(1, 3);
  for (let left = random.between(least, most); left > 0; left--) {
    const synced = Math.floor(enrolled + random.next() * hours * HOUR_MS);
    shift.note('m365', synced, (chance) =>
      fileSynced(who, synced, from, chance, { file: cloudFile(who, chance) }),
    );
  }
}

/** The phone in hand becomes the second factor, in the place of the one before. */
export function setUpPhone(shift: Shift, before: Phone | undefined): void {
  const { who, phone, connections } = shift;
  const at = shift.near(shift.day.begin, 600, 7_200);
  const from = connections.laptop(at, true);
  if (before !== undefined) {
    shift.note('okta', at, (chance) => factorChanged(who, at, from, chance, { change: 'deactivate' }));
    const deleted = shift.near(at, 60, 600);
    shift.note('entra', deleted, (chance) =>
      securityInfoChanged(who, deleted, from, chance, { change: 'deleted' }),
    );
  }
  const set = shift.near(at, 120, 900);
  shift.note('okta', set, (chance) => deviceEnrolled(who, set, from, chance, { device: phone }));
  const active = shift.near(set, 1, 20);
  shift.note('okta', active, (chance) => factorChanged(who, active, from, chance, { change: 'activate' }));
  const registered = shift.near(active, 300, 1_800);
  shift.note('entra', registered, (chance) =>
    securityInfoChanged(who, registered, from, chance, { change: 'registered' }),
  );
  const added = shift.near(registered, 1, 10);
  const old = before === undefined ? {} : { before };
  shift.note('entra', added, (chance) => phoneAppAdded(who, added, from, chance, { phone, ...old }));
}
