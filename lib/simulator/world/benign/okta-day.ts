/** A day in Okta: sessions, prompts, applications. */
import type { EpochMs } from '../../../core/time.ts';
import { happens, oneOf } from '../chance.ts';
import type { From } from '../geography.ts';
import { factorVerified, policyEvaluated, sessionStart, singleSignOn } from '../records/okta.ts';
import { RATES } from '../rates.ts';
import type { Laptop, Phone } from '../staff.ts';
import type { Shift } from './shift.ts';

const APPLICATIONS = [
  'Google Workspace',
  'Microsoft Office 365',
  'Slack',
  'Zoom',
  'GitHub Enterprise Cloud',
  'Atlassian Cloud',
  'Salesforce',
  'Workday',
  'Figma',
] as const;

/** Sessions last half a day. */
const SECOND_SESSION = 0.5;
const PHONE_SESSION = 0.15;

export function oktaDay(shift: Shift): void {
  const { random, day, connections, who, laptop, phone } = shift;
  signIn(shift, day.begin, connections.laptop(day.begin, false), laptop);
  if (happens(random, SECOND_SESSION)) {
    const at = shift.sometime();
    signIn(shift, at, connections.laptop(at, false), laptop);
  }
  // A connection that changes under a session ends it.
  const { vpn } = connections;
  if (vpn !== undefined) signIn(shift, vpn.from, vpn.exit, laptop);
  if (happens(random, PHONE_SESSION)) signIn(shift, shift.sometime(), connections.phone(true), phone);
  for (let left = random.between(1, 3); left > 0; left--) {
    const at = shift.sometime();
    const from = connections.laptop(at, false);
    const application = oneOf(random, APPLICATIONS) ?? 'Slack';
    shift.note('okta', at, (chance) => singleSignOn(who, at, from, chance, { application, device: laptop }));
  }
}

/** A password, a verdict, a prompt, a session; each may need a second try. */
function signIn(shift: Shift, at: EpochMs, from: From, device: Laptop | Phone): void {
  const { who, random } = shift;
  if (happens(random, RATES.wrongPasswords)) {
    const before = shift.near(at, -60, -15);
    shift.because('wrong-password');
    shift.note('okta', before, (chance) =>
      sessionStart(who, before, from, chance, { device, failure: 'INVALID_CREDENTIALS' }),
    );
  }
  const asked = shift.near(at, -12, -8);
  shift.note('okta', asked, (chance) =>
    policyEvaluated(who, asked, from, chance, { result: 'ALLOW', device }),
  );
  if (happens(random, RATES.factorTypos)) {
    const wrong = shift.near(at, -40, -20);
    shift.because('factor-typo');
    shift.note('okta', wrong, (chance) =>
      factorVerified(who, wrong, from, chance, {
        factor: 'TOKEN_SOFTWARE_TOTP',
        device,
        failure: 'INVALID_CREDENTIALS',
      }),
    );
  }
  if (happens(random, RATES.factorRefusals)) {
    const refused = shift.near(at, -50, -30);
    shift.because('factor-refused');
    shift.note('okta', refused, (chance) =>
      factorVerified(who, refused, from, chance, { device, failure: 'INVALID_CREDENTIALS' }),
    );
  }
  const answered = shift.near(at, -6, -1);
  shift.note('okta', answered, (chance) => factorVerified(who, answered, from, chance, { device }));
  shift.note('okta', at, (chance) => sessionStart(who, at, from, chance, { device }));
}
