/** A session’s cookie is copied from a computer and used elsewhere: no password is typed, no prompt is answered. */
import { MINUTE_MS, SECOND_MS, type EpochMs } from '../../../../core/time.ts';
import type { RawRecord } from '../../../../sources/source.ts';
import type { Attack, Stage } from '../../attack.ts';
import type { From } from '../../geography.ts';
import { entraSignIn } from '../../records/entra.ts';
import { letters, guid } from '../../records/ids.ts';
import { sessionStart, singleSignOn } from '../../records/okta.ts';
import type { Staff } from '../../staff.ts';
import { THIEVES } from '../parts/cities.ts';
import { laterWorkday } from '../parts/days.ts';

const APPLICATIONS = ['GitHub Enterprise Cloud', 'Google Workspace', 'Workday', 'Salesforce'] as const;

export const stolenOktaSession: Attack = {
  name: 'stolen-okta-session',
  title: 'One Okta session on two continents',
  story:
    'Somebody who works here signs in at home, on the company’s laptop, and opens an application. Three to twenty minutes later two to four applications are opened from another continent, by the same session: Okta’s externalSessionId is one and the same.',
  expects: ['impossible-travel'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const { who, home, thief, at } = victim(stage);
    const session = `idx${letters(random, 20)}`;
    const emit = (when: EpochMs, record: RawRecord): void =>
      stage.emit('okta', when, inSession(record, session));
    emit(at, sessionStart(who, at, home, random, { device: who.laptop }));
    const opened = at + 40 * SECOND_MS;
    const application = random.pick(APPLICATIONS);
    emit(opened, singleSignOn(who, opened, home, random, { application, device: who.laptop }));
    let later = at + random.between(3, 20) * MINUTE_MS;
    for (const each of APPLICATIONS.slice(0, random.between(2, 4))) {
      emit(later, singleSignOn(who, later, thief, random, { application: each }));
      later += random.between(20, 90) * SECOND_MS;
    }
    stage.label([who]);
  },
};

export const stolenEntraSession: Attack = {
  name: 'stolen-entra-session',
  title: 'One Entra session on two continents',
  story:
    'Somebody who works here signs in to Entra at home, on the company’s laptop. Three to twenty minutes later the same session, by its sessionId, is used for two to four sign-ins in a browser on another continent; the second factor was satisfied by claim in the token.',
  expects: ['impossible-travel'],
  expectsComposite: false,
  play(stage) {
    const { random } = stage;
    const { who, home, thief, at } = victim(stage);
    const sessionId = guid(random);
    stage.emit('entra', at, { ...entraSignIn(who, at, home, random, { device: who.laptop }), sessionId });
    let later = at + random.between(3, 20) * MINUTE_MS;
    for (let left = random.between(2, 4); left > 0; left--) {
      stage.emit('entra', later, { ...entraSignIn(who, later, thief, random), sessionId });
      later += random.between(20, 90) * SECOND_MS;
    }
    stage.label([who]);
  },
};

interface Theft {
  readonly who: Staff;
  readonly home: From;
  readonly thief: From;
  readonly at: EpochMs;
}

function victim(stage: Stage): Theft {
  const { random, geography } = stage;
  const who = stage.take();
  const at = stage.at(laterWorkday(stage), 10 + 6 * random.next(), who);
  return { who, home: stage.homeOf(who), thief: geography.home(random.pick(THIEVES)), at };
}

function inSession(record: RawRecord, session: string): RawRecord {
  return {
    ...record,
    authenticationContext: {
      authenticationProvider: null,
      credentialType: null,
      authenticationStep: 0,
      rootSessionId: session,
      externalSessionId: session,
    },
  };
}
