/** Impostors who work alone, and of whom the place is hidden or wrong. */
import type { Attack } from '../../attack.ts';
import type { VpnOperator } from '../../geography.ts';
import { singleSignOn } from '../../records/okta.ts';
import { cityBut, OPERATORS, US } from '../parts/cities.ts';
import { hireOn, workdays } from '../parts/days.ts';
import { note } from '../parts/note.ts';
import { settleIn } from '../parts/settle-in.ts';
import { signIn } from '../parts/sign-in.ts';
import { work } from '../parts/work.ts';

export const behindAVpn: Attack = {
  name: 'behind-a-vpn',
  title: 'Nobody knows where they are',
  story:
    'A new hire claims an American city and is never seen there: every request to Okta, Entra, Google and Microsoft 365 leaves through a consumer VPN, by another exit of the same operator each day. The hours fit the claim, the laptop is the company’s, and no exit is anywhere one may not be. The place is not wrong, it is withheld.',
  expects: ['unexpected-location', 'anonymized-sign-in'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick(US);
    const operator = random.pick<VpnOperator>(['NORD_VPN', 'MULLVAD_VPN', 'PROTON_VPN', 'EXPRESS_VPN']);
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed, works: false });
    settleIn(stage, who, stage.at(day, 9, who), geography.vpn(operator, claimed));
    work(stage, who, workdays(stage, day), { from: () => geography.vpn(operator, claimed), clock: who });
    stage.label([who]);
  },
};

export const fromAbroadByAstrill: Attack = {
  name: 'from-abroad-by-astrill',
  title: 'Astrill on most days, a Chinese or Russian line on some',
  story:
    'A new hire claims an American city and works office hours of a city in north-east China or the Russian far east. On most days Okta sees an exit of Astrill; on every third to fifth day the VPN is forgotten, and all vendors see the line on which the operator sits.',
  expects: [
    'high-risk-vpn',
    'unexpected-location',
    'denied-country',
    'impossible-travel',
    'new-country',
    'off-hours-activity',
  ],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick(US);
    const operator = random.pick(OPERATORS);
    const line = geography.home(operator);
    const forgets = random.between(3, 5);
    const hired = random.between(1, 5);
    const who = hireOn(stage, hired, { claimed, works: false });
    const day = stage.workday(hired + 1);
    settleIn(stage, who, stage.at(day, 9, operator), geography.vpn('ASTRILL_VPN', claimed));
    work(stage, who, workdays(stage, day), {
      from: (each) => (each % forgets === 0 ? line : geography.vpn('ASTRILL_VPN', claimed)),
      clock: operator,
    });
    stage.label([who]);
  },
};

export const astrillOnce: Attack = {
  name: 'astrill-once',
  title: 'One evening through Astrill',
  story:
    'A new hire works from a private line in the city they claim, at ordinary hours. Once in their second or third week, in the evening, Okta has a sign-in and two applications through an exit of Astrill.',
  expects: ['high-risk-vpn'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick(US);
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed });
    const exit = geography.vpn('ASTRILL_VPN', claimed);
    const evening = stage.workday(day + random.between(7, 14));
    signIn(stage, 'okta', who, stage.at(evening, 20.5, who), exit, who.laptop);
    for (const [hour, application] of [
      [20.7, 'GitHub Enterprise Cloud'],
      [20.9, 'Slack'],
    ] as const) {
      note(stage, 'okta', singleSignOn, who, stage.at(evening, hour, who), exit, { application });
    }
    stage.label([who]);
  },
};

export const livesElsewhere: Attack = {
  name: 'lives-elsewhere',
  title: 'Another state than the one claimed',
  story:
    'A new hire claims one American city, and every sign-in at every vendor comes from one private line in another, 300 km away or farther. It is their own line, the hours are ordinary there, and nothing else is odd: somebody else’s laptop farm of one.',
  expects: ['unexpected-location'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const claimed = random.pick(US);
    const day = stage.workday(random.between(1, 5));
    const who = hireOn(stage, day, { claimed, city: cityBut(random, US, claimed) });
    stage.label([who], who.hired);
  },
};

export const nightWorker: Attack = {
  name: 'night-worker',
  title: 'Awake when Pyongyang is',
  story:
    'Somebody hired in the first days claims an American city and is only ever seen from a private line there, on the company’s laptop. But everything they do, at every vendor, they do from 9 to 18 by the clock of Pyongyang, which is night where they claim to be, for three weeks and more. Their shift is stated nowhere.',
  expects: ['off-hours-activity'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const day = stage.workday(random.between(1, 4));
    const who = hireOn(stage, day, { claimed: random.pick(US), works: false });
    const home = stage.homeOf(who);
    // Osaka keeps the time of Pyongyang.
    work(stage, who, workdays(stage, day), { from: () => home, clock: 'Osaka' });
    stage.label([who]);
  },
};
