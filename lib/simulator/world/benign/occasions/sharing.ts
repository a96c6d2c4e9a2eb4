/** Files shared with partners and customers, links for anybody, applications let at data. */
import type { From } from '../../geography.ts';
import { happens, oneOf, times } from '../../chance.ts';
import { consentGranted } from '../../records/entra-audits.ts';
import { driveOpened, driveShared, tokenAuthorized, type OauthApp } from '../../records/google.ts';
import { anonymousLinkCreated, fileShared } from '../../records/m365.ts';
import { RATES } from '../../rates.ts';
import { cloudFile, driveFile } from '../files.ts';
import type { Shift } from '../shift.ts';

export const PARTNER_DOMAINS = ['partner.example.net', 'agency.example.org', 'audit.example.net'] as const;
const CUSTOMER_DOMAINS = [
  'customer-one.example.org',
  'customer-two.example.org',
  'customer-three.example.net',
] as const;

/** How much more than others a department shares; one on average over all. */
const SHARES: Readonly<Record<string, number>> = { Marketing: 3, Sales: 2 };
const OTHERS_SHARE = 0.65;

const APPS: readonly OauthApp[] = [
  {
    name: 'Zoom',
    clientId: '1000000001-zoom.apps.googleusercontent.com',
    scopes: ['openid', 'https://www.googleapis.com/auth/calendar.events'],
  },
  {
    name: 'Slack',
    clientId: '1000000002-slack.apps.googleusercontent.com',
    scopes: ['openid', 'https://www.googleapis.com/auth/drive.file'],
  },
  {
    name: 'Calendly',
    clientId: '1000000003-calendly.apps.googleusercontent.com',
    scopes: ['openid', 'https://www.googleapis.com/auth/calendar.readonly'],
  },
  {
    name: 'Figma',
    clientId: '1000000004-figma.apps.googleusercontent.com',
    scopes: ['openid', 'email', 'profile'],
  },
];
const WORKDAYS_MONTHLY = 21;

export function shareAsUsual(shift: Shift): void {
  const { random, who } = shift;
  const share = (SHARES[who.department] ?? OTHERS_SHARE) / 1_000;
  for (let left = times(random, RATES.publicLinksDailyPer1000 * share); left > 0; left--)
    openToAnybody(shift);
  for (let left = times(random, RATES.partnerSharesDailyPer1000 * share); left > 0; left--) {
    shift.because('partner-share');
    shareWith(shift, `contact${random.between(1, 30)}@${random.pick(PARTNER_DOMAINS)}`);
  }
  for (let left = times(random, RATES.customerSharesDailyPer1000 * share); left > 0; left--) {
    shift.because('customer-share');
    shareWith(shift, `buyer${random.between(1, 30)}@${random.pick(CUSTOMER_DOMAINS)}`);
  }
  if (happens(random, RATES.oauthGrantsMonthly / WORKDAYS_MONTHLY)) letIn(shift);
}

function openToAnybody(shift: Shift): void {
  const { who, random, worker, laptop } = shift;
  const [at, from] = somewhere(shift);
  shift.because('public-link');
  if (happens(random, worker.habits.driveShare)) {
    const file = driveFile(who, random);
    shift.note('google', at, (chance) => driveOpened(who, at, from, chance, { file }));
  } else {
    const file = cloudFile(who, random);
    shift.note('m365', at, (chance) => anonymousLinkCreated(who, at, from, chance, { file, device: laptop }));
  }
}

function shareWith(shift: Shift, target: string): void {
  const { who, random, worker, laptop } = shift;
  const [at, from] = somewhere(shift);
  if (happens(random, worker.habits.driveShare)) {
    const file = driveFile(who, random);
    shift.note('google', at, (chance) => driveShared(who, at, from, chance, { file, target }));
  } else {
    const file = cloudFile(who, random);
    const operation = happens(random, 0.5) ? 'SharingSet' : 'AddedToSecureLink';
    shift.note('m365', at, (chance) =>
      fileShared(who, at, from, chance, { file, device: laptop, operation, target, guest: true }),
    );
  }
}

function letIn(shift: Shift): void {
  const { who, random } = shift;
  const [at, from] = somewhere(shift);
  shift.because('oauth-grant');
  const app = oneOf(random, APPS);
  if (app !== undefined && happens(random, 0.6)) {
    shift.note('google', at, (chance) => tokenAuthorized(who, at, from, chance, { app }));
    return;
  }
  shift.note('entra', at, (chance) =>
    consentGranted(who, at, from, chance, {
      application: 'Miro',
      applicationId: '0b7e0040-5c1d-4e2f-8a90-3f6d2c1b0040',
      scopes: ['User.Read', 'openid', 'profile'],
    }),
  );
}

function somewhere(shift: Shift): readonly [number, From] {
  const at = shift.sometime();
  return [at, shift.connections.laptop(at, true)];
}
