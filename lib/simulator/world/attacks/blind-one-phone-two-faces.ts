/** One operator is two people, with two laptops, two phones for Okta and one for Microsoft. */
import { stableId } from '../../../core/hash.ts';
import { DAY_MS, MINUTE_MS } from '../../../core/time.ts';
import type { Attack, Stage } from '../attack.ts';
import { severalOf } from '../chance.ts';
import { makePhone } from '../company/make-staff.ts';
import type { From } from '../geography.ts';
import { deviceRegistered, phoneAppAdded, securityInfoChanged } from '../records/entra-audits.ts';
import { entraSignIn } from '../records/entra.ts';
import { deviceEnrolled, factorChanged } from '../records/okta.ts';
import type { Phone, Staff } from '../staff.ts';
import type { Cities } from './parts/cities.ts';
import { hireOn, workdays } from './parts/days.ts';
import { note } from './parts/note.ts';
import { work } from './parts/work.ts';

const EAST: Cities = ['Boston', 'New York', 'Atlanta', 'Raleigh'];
const WEST: Cities = ['Seattle', 'Los Angeles', 'San Francisco', 'Phoenix'];

export const onePhoneTwoFaces: Attack = {
  name: 'blind-one-phone-two-faces',
  title: 'One operator, two people, one phone',
  story:
    'One operator is two people. The first was hired four to ten months ago and claims a city on the American east coast, the second comes in the second week and claims one in the west; each laptop stands with a facilitator of its own in the city that is claimed. The first is at work in the mornings by the clock of the east, the second in the afternoons, so that they never meet. Okta names phones, as the operator knows, and has another for each. For Microsoft there is one: between the second and the fourth day the first person’s authenticator moves to a new phone, and on the second person’s first day the same phone is added for them. It reaches the Internet through a router at the first facilitator’s. On four to seven days, between the two halves, the operator reads the mail of both on it: Entra has both people on that line within five minutes, and 10 to 50 minutes later the second’s laptop begins its day on the other coast.',
  expects: ['shared-mfa-device', 'laptop-farm', 'impossible-travel'],
  expectsComposite: true,
  play(stage) {
    const { random, start } = stage;
    const east = random.pick(EAST);
    const west = random.pick(WEST);
    const hired = start - random.between(120, 300) * DAY_MS;
    const first = stage.hire({ claimed: east, hired, works: false });
    const house = stage.homeOf(first);
    const phone = makePhone(random);
    const moved = stage.at(stage.workday(random.between(2, 4)), 9.7, east);
    note(stage, 'entra', phoneAppAdded, first, moved, house, { phone, before: first.phone });

    const day = stage.workday(random.between(7, 9));
    const second = hireOn(stage, day, { claimed: west, works: false });
    setUp(stage, second, day, phone);

    work(stage, first, workdays(stage, 0), { from: () => house, clock: east, hours: [8.2, 12.4] });
    const shared = workdays(stage, day);
    const elsewhere = stage.homeOf(second);
    work(stage, second, shared, { from: () => elsewhere, clock: east, hours: [13, 17.8] });
    for (const each of severalOf(random, shared, random.between(4, 7)))
      readMail(stage, [first, second], each, phone, house);
    stage.label([first, second, house.ip, `entra:push:${stableId(phone.pushToken)}`]);
  },
};

/** Between the end of the one’s day and the beginning of the other’s. */
function readMail(
  stage: Stage,
  people: readonly [Staff, Staff],
  day: number,
  phone: Phone,
  from: From,
): void {
  const { random } = stage;
  let at = stage.at(day, 12.6, people[0]) + random.between(0, 5) * MINUTE_MS;
  for (const who of people) {
    const application = 'Office 365 Exchange Online' as const;
    note(stage, 'entra', entraSignIn, who, at, from, { device: phone, application });
    at += random.between(2, 5) * MINUTE_MS;
  }
}

function setUp(stage: Stage, who: Staff, day: number, phone: Phone): void {
  const from = stage.homeOf(who);
  const at = stage.at(day, 9, who);
  note(stage, 'entra', deviceRegistered, who, at, from, { device: who.laptop });
  note(stage, 'okta', deviceEnrolled, who, at + 8 * MINUTE_MS, from, { device: who.laptop });
  note(stage, 'okta', deviceEnrolled, who, at + 15 * MINUTE_MS, from, { device: who.phone });
  note(stage, 'okta', factorChanged, who, at + 16 * MINUTE_MS, from, { change: 'activate' });
  note(stage, 'entra', securityInfoChanged, who, at + 24 * MINUTE_MS, from, { change: 'registered' });
  note(stage, 'entra', phoneAppAdded, who, at + 25 * MINUTE_MS, from, { phone });
}
