/** A stolen password or session is used, and one thing about where from is odd. */
import { DAY_MS } from '../../../../core/time.ts';
import type { Attack } from '../../attack.ts';
import type { From } from '../../geography.ts';
import type { CityName } from '../../places/cities.ts';
import { entraSignIn } from '../../records/entra.ts';
import { policyEvaluated } from '../../records/okta.ts';
import { THIEVES, US } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';
import { note } from '../parts/note.ts';
import { signIn } from '../parts/sign-in.ts';

export const residentialProxy: Attack = {
  name: 'residential-proxy',
  title: 'A neighbour’s line, rented by the hour',
  story:
    'A thief signs in to Okta with everything that is asked for, on three days, through a residential proxy in the very city of the victim. Okta knows the service: an address of a household that is let to whoever pays.',
  expects: ['anonymized-sign-in'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick(US);
    const who = stage.hire({ claimed });
    const operator = random.pick(['LUMINATI_PROXY', 'OXYLABS_PROXY', 'IPIDEA_PROXY', 'NETNUT_PROXY']);
    const day = laterWorkday(stage);
    for (const each of [day, day + 1, day + 2])
      signIn(stage, 'okta', who, stage.at(each, 19, who), behind(geography.home(claimed), operator));
    stage.label([who]);
  },
};

export const torExit: Attack = {
  name: 'tor-exit',
  title: 'A sign-in through Tor',
  story:
    'A thief signs in to Okta with everything that is asked for, once, through an exit of Tor at a hosting provider. Okta knows it as that.',
  expects: ['anonymized-sign-in'],
  expectsComposite: false,
  play(stage) {
    const { geography } = stage;
    const who = stage.hire({ claimed: stage.random.pick(US) });
    const at = stage.at(laterWorkday(stage), 19, who);
    signIn(stage, 'okta', who, at, behind(geography.hosting('Amsterdam'), 'ANONYMIZER_TOR'));
    stage.label([who]);
  },
};

export const rentedServer: Attack = {
  name: 'rented-server',
  title: 'A server by the month, in the right country',
  story:
    'A thief signs in to Okta and Entra on one evening and the next, with everything that is asked for, through a rented server in the victim’s own country. It is no VPN that anybody has heard of, and the person has never been seen on a hosting provider’s network.',
  expects: ['new-network'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const city = random.pick<CityName>(['New York', 'Los Angeles', 'Atlanta', 'Seattle', 'Chicago']);
    const who = stage.hire({ claimed: city });
    const server = geography.hosting(city);
    const day = laterWorkday(stage);
    signIn(stage, 'okta', who, stage.at(day, 20.2, who), server);
    signIn(stage, 'entra', who, stage.at(day, 20.3, who), server);
    signIn(stage, 'okta', who, stage.at(day + 1, 20.5, who), server);
    stage.label([who]);
  },
};

export const sundayAbroad: Attack = {
  name: 'sunday-abroad',
  title: 'A Sunday in a country nobody works in',
  story:
    'A thief uses a password and a factor on a Sunday, when the victim is not at work: there was time for a flight, and there is time for one back. Okta has two sign-ins from a private line in a country in which neither the person nor anybody of the company has been seen.',
  expects: ['new-country'],
  expectsComposite: false,
  play(stage) {
    const { random, geography, start } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const city = random.pick(THIEVES);
    const line = geography.home(city);
    let sunday = 16;
    while (new Date(start + sunday * DAY_MS).getUTCDay() !== 0) sunday++;
    for (const hour of [11, 13 + 4 * random.next()])
      signIn(stage, 'okta', who, stage.at(sunday, hour, who), line);
    stage.label([who]);
  },
};

export const refusedFromRussia: Attack = {
  name: 'refused-from-russia',
  title: 'The right password, refused by policy',
  story:
    'Somebody in Russia has the right password. Okta’s policy refuses them two to four times after it, and Entra’s conditional access once (error 53003); nothing succeeds. For all that shows, it is an operator who forgot the detour.',
  expects: ['denied-country'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const who = stage.hire({ claimed: random.pick(US) });
    const line = geography.home(random.pick(['Moscow', 'Vladivostok', 'Khabarovsk']));
    const day = laterWorkday(stage);
    for (let left = random.between(2, 4); left > 0; left--) {
      const at = stage.at(day, 21 + left / 10, who);
      note(stage, 'okta', policyEvaluated, who, at, line, { result: 'DENY' as const });
    }
    note(stage, 'entra', entraSignIn, who, stage.at(day, 22, who), line, { code: 53003 as const });
    stage.label([who]);
  },
};

/** Gives a line as Okta knows it that knows who lets it. */
function behind(line: From, operator: string): From {
  return { ...line, provider: { ...line.provider, tunnel: { operator, type: 'PROXY' } } };
}
