/** One handler answers for several people. */
import { stableId } from '../../../../core/hash.ts';
import { MINUTE_MS } from '../../../../core/time.ts';
import type { Attack, Stage } from '../../attack.ts';
import { makePhone } from '../../company/make-staff.ts';
import { logEvent, userTarget } from '../../records/okta-log.ts';
import type { Staff } from '../../staff.ts';
import { cityBut, US } from '../parts/cities.ts';
import { hireOn } from '../parts/days.ts';
import { note } from '../parts/note.ts';

export const onePhone: Attack = {
  name: 'one-phone-for-two',
  title: 'One phone answers for two people',
  story:
    'Two new hires claim different cities and are seen in them, each on a line of their own. But one handler approves both their sign-ins: the same phone is enrolled as the authenticator of both, which Okta shows by the device’s id and Entra by the push token.',
  expects: ['shared-mfa-device'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const phone = makePhone(random);
    const claimed = random.pick(US);
    const day = random.between(1, 5);
    const first = hireOn(stage, stage.workday(day), { claimed, phone });
    const later = stage.workday(day + random.between(2, 8));
    const second = hireOn(stage, later, { claimed: cityBut(random, US, claimed), phone });
    const devices = [`okta:${phone.oktaId}`, `entra:push:${stableId(phone.pushToken)}`];
    stage.label([first, second, ...devices], second.hired);
  },
};

export const oneNumber: Attack = {
  name: 'one-number-for-two',
  title: 'One telephone number for two people',
  story:
    'Two new hires claim different cities and are seen in them. Both give the same number, rented from an Internet telephone service, for codes by text message, within ten days: Okta logs the number to which it sends the code that proves it.',
  expects: ['shared-mfa-device'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    // Kept free for fiction.
    const number = `+1 202-555-01${random.between(10, 99)}`;
    const day = random.between(1, 5);
    const impostors = [claimed, cityBut(random, US, claimed)].map((each, n) => {
      const first = stage.workday(day + 4 * n);
      const who = hireOn(stage, first, { claimed: each });
      giveNumber(stage, who, stage.workday(first + 1), number);
      return who;
    });
    stage.label([...impostors, `okta:phone:${stableId(number.replace(/\D/g, ''))}`]);
  },
};

function giveNumber(stage: Stage, who: Staff, day: number, phoneNumber: string): void {
  const at = stage.at(day, 10 + stage.random.next(), who) + MINUTE_MS;
  const code = {
    type: 'system.sms.send_phone_verification_message',
    message: 'Send phone verification SMS message',
    device: who.laptop,
    debugData: { phoneNumber },
    target: [userTarget(who)],
  };
  note(stage, 'okta', logEvent, who, at, stage.homeOf(who), code);
}
