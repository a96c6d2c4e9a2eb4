import * as audits from '../../../../lib/simulator/world/records/entra-audits.ts';
import * as entra from '../../../../lib/simulator/world/records/entra.ts';
import * as intune from '../../../../lib/simulator/world/records/intune.ts';
import { AT, book, from, haveOwnIds, other, outcome, random, read, who, type Case } from './support.ts';

const { laptop, phone } = who;

const CASES: readonly Case[] = [
  [
    'a sign-in',
    entra.entraSignIn(who, AT, from, random, { device: laptop }),
    {
      kind: 'authentication',
      status: 'success',
      interactive: true,
      isMfa: true,
      device: { uid: laptop.entraId, managed: true, compliant: true },
      srcEndpoint: { asn: from.provider.asn },
    },
  ],
  [
    'a token renewed',
    entra.entraSignIn(who, AT, from, random, { device: phone, byProgram: true }),
    { kind: 'authentication', status: 'success', interactive: false },
  ],
  [
    'a wrong password at Entra',
    entra.entraSignIn(who, AT, from, random, { code: 50126 }),
    { kind: 'authentication', status: 'failure', statusDetail: '50126' },
  ],
  [
    'a sign-in blocked by policy',
    entra.entraSignIn(who, AT, from, random, { code: 53003 }),
    { status: 'failure', firstFactorPassed: true },
  ],
  [
    'a risk',
    entra.riskDetection(who, AT, from, random),
    { kind: 'detection-finding', state: 'at-risk', level: 'low' },
  ],
  [
    'a user of Entra',
    entra.entraUser(who),
    { kind: 'user-inventory-info', user: { address: who.address, active: true } },
  ],
  [
    'a factor registered',
    audits.securityInfoChanged(who, AT, from, random, { change: 'registered' }),
    { kind: 'account-change', activity: 'mfa-factor-enable', user: { address: who.address } },
  ],
  [
    'a factor deleted by an administrator',
    audits.securityInfoChanged(who, AT, from, random, { change: 'deleted', of: other }),
    { kind: 'account-change', activity: 'mfa-factor-disable', user: { address: other.address } },
  ],
  [
    'a phone with the authenticator',
    audits.phoneAppAdded(who, AT, from, random, { phone }),
    {
      kind: 'account-change',
      activity: 'mfa-factor-enable',
      authenticatorUid: expect.stringMatching(/^push:/) as string,
    },
  ],
  [
    'a consent',
    audits.consentGranted(who, AT, from, random, {
      application: 'Miro',
      applicationId: '0b7e0040-5c1d-4e2f-8a90-3f6d2c1b0040',
      scopes: ['User.Read', 'Mail.Read'],
    }),
    {
      kind: 'oauth-consent',
      activity: 'grant',
      application: { name: 'Miro' },
      scopes: ['User.Read', 'Mail.Read'],
    },
  ],
  [
    'a consent for everybody',
    audits.consentGranted(who, AT, from, random, {
      application: 'Miro',
      applicationId: '0b7e0040-5c1d-4e2f-8a90-3f6d2c1b0040',
      scopes: ['Files.Read.All'],
      forEveryone: true,
    }),
    { kind: 'oauth-consent', forEveryone: true },
  ],
  [
    'a role',
    audits.roleGiven(who, AT, from, random, { of: other, role: 'Global Administrator' }),
    { kind: 'account-change', activity: 'privilege-grant', privilege: 'Global Administrator' },
  ],
  [
    'a device registered',
    audits.deviceRegistered(who, AT, from, random, { device: laptop }),
    { kind: 'account-change', activity: 'device-register', authenticatorUid: laptop.entraId },
  ],
  [
    'an account disabled',
    audits.accountChanged(who, AT, from, random, { activity: 'Disable account', of: other }),
    { kind: 'account-change', activity: 'disable' },
  ],
  [
    'a managed device',
    intune.managedDevice(who, AT, { complianceState: 'noncompliant' }),
    { kind: 'device-inventory-info', device: { serialNumber: laptop.serialNumber, compliant: false } },
  ],
  [
    'a program on a device',
    intune.detectedApp(
      { name: 'AnyDesk', version: '9.0.4', publisher: 'AnyDesk Software GmbH' },
      { devices: [intune.managedDevice(who, AT)] },
    ),
    { kind: 'software-inventory-info', actor: { address: who.address }, package: { name: 'AnyDesk' } },
  ],
  [
    'a program on some devices',
    intune.detectedApp({ name: 'Slack', version: '4.46', publisher: 'Slack' }, { deviceCount: 40 }),
    { kind: 'software-inventory-info', deviceCount: 40 },
  ],
];

describe('records of Entra and Intune', () => {
  it.each(CASES)('%s is read as such', (_, record, expected) => {
    expect(read(record)).toMatchObject(expected);
  });

  it('do not say whose VPN it is', () => {
    const vpn = book.vpn('NORD_VPN', 'Austin');
    expect(read(entra.entraSignIn(who, AT, vpn, random)).srcEndpoint?.anonymizer).toBeUndefined();
  });

  it('say of a refused prompt that it was one', () => {
    const refused = entra.entraSignIn(who, AT, from, random, { code: 500121, refused: true });
    expect(outcome(refused)).toMatchObject({
      events: [{ statusDetail: '500121' }, { activity: 'mfa-challenge-denied' }],
    });
  });

  it('of one risk have one id, whatever becomes of it', () => {
    const risks = ['atRisk', 'remediated'].map((state, minutes) =>
      read(entra.riskDetection(who, AT, from, random, { id: 'a1', state, detected: AT + minutes * 60_000 })),
    );
    expect(risks).toMatchObject([
      { uid: 'a1', state: 'at-risk' },
      { uid: 'a1', state: 'remediated' },
    ]);
  });

  it('have ids of their own', () => {
    expect(haveOwnIds(() => entra.entraSignIn(who, AT, from, random))).toBe(true);
    expect(
      haveOwnIds(() => audits.securityInfoChanged(who, AT, from, random, { change: 'registered' })),
    ).toBe(true);
  });
});
