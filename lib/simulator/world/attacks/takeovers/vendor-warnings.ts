/** What only the vendor can see, and says. */
import { HOUR_MS } from '../../../../core/time.ts';
import type { Attack } from '../../attack.ts';
import { riskDetection } from '../../records/entra.ts';
import { activity } from '../../records/google.ts';
import { THIEVES, US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { note } from '../parts/note.ts';

export const vendorSaysSo: Attack = {
  name: 'vendor-says-so',
  title: 'Microsoft has seen the token elsewhere',
  story:
    'A token is stolen and used in ways that Microsoft alone can see. Identity Protection reports a risk of high level about somebody who works here, some hours after the fact: an anomalous token, leaked credentials, or a sign-in through an attacker in the middle.',
  expects: ['vendor-risk'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const at = stage.at(laterWorkday(stage), 15, who);
    const type = random.pick(['anomalousToken', 'leakedCredentials', 'attackerinTheMiddle']);
    const detected = at + random.between(1, 5) * HOUR_MS;
    const from = geography.home(random.pick(US));
    const options = { type, level: 'high' as const, detected };
    note(stage, 'entra', riskDetection, who, at, from, options);
    stage.label([who]);
  },
};

export const googleSaysSo: Attack = {
  name: 'google-says-so',
  title: 'Google warns of a government’s attack',
  story:
    'Google believes that attackers backed by a government try to get into the account of somebody who works here, and says so in the login log. Nothing else shows.',
  expects: ['vendor-risk'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const at = stage.at(laterWorkday(stage), 15, who);
    const from = geography.home(random.pick(THIEVES));
    const warning = { type: 'attack_warning', name: 'gov_attack_warning' };
    stage.emit('google', at, activity('login', who, at, from, random, warning));
    stage.label([who]);
  },
};
