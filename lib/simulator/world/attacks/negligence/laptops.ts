/** Company computers that are let go. */
import { DAY_MS, HOUR_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { makeLaptop } from '../../company/make-staff.ts';
import { entraSignIn } from '../../records/entra.ts';
import { managedDevice, type DeviceCondition } from '../../records/intune.ts';
import type { Laptop, Staff } from '../../staff.ts';
import { US } from '../parts/cities.ts';
import { workdays } from '../parts/days.ts';
import { note } from '../parts/note.ts';

/** Far from the numbers of the company’s other laptops. */
const SPARE_LAPTOPS = 90_000;
const LISTED_HOUR = 7;
/** Every other day. */
const LISTED_EVERY_DAYS = 2;

export const unencryptedLaptop: Attack = {
  name: 'unencrypted-laptop',
  title: 'The encryption was in the way',
  story:
    'An engineer takes a second company laptop from the shelf. In the second week its disk encryption is switched off, and Intune lists it as noncompliant and unencrypted from then on; Entra has them sign in on it every working day all the same.',
  expects: ['noncompliant-device'],
  expectsComposite: false,
  play(stage) {
    const bad = stage.random.between(8, 12);
    const { who, laptop } = withSpareLaptop(stage, (day) => day < bad);
    list(stage, who, laptop, (day) =>
      day < bad ? {} : { complianceState: 'noncompliant', isEncrypted: false },
    );
    stage.label([who, laptop.serialNumber], stage.start + bad * DAY_MS);
  },
};

export const silentLaptop: Attack = {
  name: 'silent-laptop',
  title: 'The laptop that no longer reports',
  story:
    'An engineer takes a second company laptop from the shelf and, in the second week, stops its management agent. Intune’s listing has had nothing new of it since; Entra has them sign in on it every working day.',
  expects: ['noncompliant-device'],
  expectsComposite: false,
  play(stage) {
    const silent = stage.random.between(7, 9);
    const { who, laptop } = withSpareLaptop(stage, () => true);
    list(stage, who, laptop, (day) => (day <= silent ? {} : undefined));
    stage.label([who, laptop.serialNumber], stage.start + silent * DAY_MS);
  },
};

function withSpareLaptop(stage: Stage, isCompliant: (day: number) => boolean) {
  const { random } = stage;
  const who = stage.hire({ claimed: random.pick(US), works: false });
  const laptop = makeLaptop(SPARE_LAPTOPS + random.between(0, 9_999), stage.start, random);
  for (const day of workdays(stage, 1)) {
    for (const hour of [9, 13]) {
      const at = stage.at(day, hour + random.next(), who);
      const options = { device: laptop, compliant: isCompliant(day) };
      note(stage, 'entra', entraSignIn, who, at, stage.homeOf(who), options);
    }
  }
  return { who, laptop };
}

/** @param conditionOn - as it checks in on a day; `undefined` when it does not, and the listing has nothing new */
function list(
  stage: Stage,
  who: Staff,
  laptop: Laptop,
  conditionOn: (day: number) => DeviceCondition | undefined,
): void {
  for (let day = 1; ; day += LISTED_EVERY_DAYS) {
    const at = stage.start + day * DAY_MS + LISTED_HOUR * HOUR_MS;
    if (at >= stage.end) return;
    const condition = conditionOn(day);
    if (condition !== undefined) stage.emit('intune', at, managedDevice(who, at, condition, laptop));
  }
}
