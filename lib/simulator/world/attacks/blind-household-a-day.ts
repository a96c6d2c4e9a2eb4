/** An impostor whose computer is nobody’s, in a city where every day another household lends a line. */
import { MINUTE_MS, type EpochMs } from '../../../core/time.ts';
import type { Attack, Stage } from '../attack.ts';
import { severalOf } from '../chance.ts';
import type { From } from '../geography.ts';
import { consentGranted } from '../records/entra-audits.ts';
import { tokenAuthorized } from '../records/google.ts';
import type { Staff } from '../staff.ts';
import { US } from './parts/cities.ts';
import { hireOn, workdays } from './parts/days.ts';
import { note } from './parts/note.ts';
import { settleIn } from './parts/settle-in.ts';
import { work } from './parts/work.ts';

const CHROME_REMOTE_DESKTOP = {
  name: 'Chrome Remote Desktop',
  clientId: '440925447803-avn2sj1kc099s0r7v62je5s339mu0am1.apps.googleusercontent.com',
  scopes: [
    'https://www.googleapis.com/auth/chromoting',
    'https://www.googleapis.com/auth/tachyon',
    'https://www.googleapis.com/auth/userinfo.email',
  ],
};
const ZOHO_ASSIST = {
  application: 'Zoho Assist',
  applicationId: '0b7e0050-5c1d-4e2f-8a90-3f6d2c1b0050',
  scopes: ['User.Read', 'openid', 'profile', 'offline_access'],
};

export const householdADay: Attack = {
  name: 'blind-household-a-day',
  title: 'Every day another household',
  story:
    'A new contractor claims an American city. On the first day the facilitator there sets the laptop up on a private line and leaves it running, lest inventories miss it. From the second day on the operator works on a computer of their own, through a residential proxy that gives another household of that city each day; the hours fit. Okta knows the service on two to four of those days and takes the others for ordinary lines; Entra, Google and Microsoft 365 take all of them for that. For what needs the laptop the operator uses a browser: on the second day the account lets a remote-access service in that needs no installation on this side, Chrome Remote Desktop in Google or Zoho Assist in Entra, which a token log or a directory audit shows. No program is ever found anywhere.',
  expects: ['anonymized-sign-in', 'unmanaged-device', 'unapproved-remote-tool', 'risky-oauth-grant'],
  expectsComposite: true,
  play(stage) {
    const { random, geography } = stage;
    const claimed = random.pick(US);
    const day = stage.workday(random.between(1, 4));
    const who = hireOn(stage, day, { claimed, employment: 'contractor', works: false });
    const home = stage.homeOf(who);
    settleIn(stage, who, stage.at(day, 9, who), home);
    work(stage, who, [day], { from: () => home, clock: who });

    const days = workdays(stage, day + 1);
    const betrayed = severalOf(random, days, random.between(2, 4));
    const operator = random.pick(['IPROYAL_PROXY', 'SOAX_PROXY', 'SMARTPROXY_PROXY', 'NSOCKS_PROXY']);
    const households = new Map(
      days.map((each) => {
        const line = geography.home(claimed);
        return [each, betrayed.includes(each) ? asKnownProxy(line, operator) : line];
      }),
    );
    const from = (each: number): From => households.get(each) ?? home;
    work(stage, who, days, { from, clock: who, onOwnComputer: true });
    const [second = day] = days;
    letIn(stage, who, stage.at(second, 9.5, who) + random.between(5, 50) * MINUTE_MS, from(second));
    stage.label([who]);
  },
};

function letIn(stage: Stage, who: Staff, at: EpochMs, from: From): void {
  if (stage.random.next() < 0.5)
    note(stage, 'google', tokenAuthorized, who, at, from, { app: CHROME_REMOTE_DESKTOP });
  else note(stage, 'entra', consentGranted, who, at, from, ZOHO_ASSIST);
}

function asKnownProxy(line: From, operator: string): From {
  return { ...line, provider: { ...line.provider, tunnel: { operator, type: 'PROXY' } } };
}
