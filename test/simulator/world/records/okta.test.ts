import * as listings from '../../../../lib/simulator/world/records/okta-listings.ts';
import * as okta from '../../../../lib/simulator/world/records/okta.ts';
import { AT, book, from, haveOwnIds, other, outcome, random, read, who, type Case } from './support.ts';

const { laptop, phone } = who;

const CASES: readonly Case[] = [
  [
    'a session',
    okta.sessionStart(who, AT, from, random, { device: laptop }),
    {
      kind: 'authentication',
      activity: 'logon',
      status: 'success',
      interactive: true,
      device: { managed: true },
    },
  ],
  [
    'a wrong password',
    okta.sessionStart(who, AT, from, random, { failure: 'INVALID_CREDENTIALS' }),
    { kind: 'authentication', status: 'failure', statusDetail: 'INVALID_CREDENTIALS' },
  ],
  [
    'an application opened',
    okta.singleSignOn(who, AT, from, random, { application: 'Slack' }),
    { kind: 'authentication', activity: 'service-ticket', application: { name: 'Slack' } },
  ],
  [
    'a second factor',
    okta.factorVerified(who, AT, from, random),
    { kind: 'authentication', status: 'success', isMfa: true },
  ],
  [
    'a refusal after the right password',
    okta.policyEvaluated(who, AT, from, random, { result: 'DENY' }),
    { kind: 'authentication', activity: 'preauth', status: 'failure', firstFactorPassed: true },
  ],
  [
    'a factor taken off',
    okta.factorChanged(who, AT, from, random, { change: 'deactivate' }),
    { kind: 'account-change', activity: 'mfa-factor-disable', factor: 'OKTA_VERIFY_PUSH' },
  ],
  [
    'a factor of somebody else put on',
    okta.factorChanged(who, AT, from, random, { change: 'activate', of: other }),
    { kind: 'account-change', activity: 'mfa-factor-enable', user: { address: other.address } },
  ],
  [
    'all factors reset',
    okta.factorsReset(who, AT, from, random, { of: other }),
    { kind: 'account-change', activity: 'mfa-factor-reset-all', user: { address: other.address } },
  ],
  [
    'a phone enrolled',
    okta.deviceEnrolled(who, AT, from, random, { device: phone }),
    { kind: 'account-change', activity: 'device-register', authenticatorUid: phone.oktaId },
  ],
  ['a report', okta.reportExported(who, AT, from, random), { kind: 'api-activity', purpose: 'bulk-export' }],
  [
    'an account closed',
    okta.lifecycleChanged(who, AT, from, random, { change: 'deactivate', of: other }),
    { kind: 'account-change', activity: 'disable', user: { address: other.address } },
  ],
  [
    'a privilege',
    okta.privilegeGranted(who, AT, from, random, { of: other, privilege: 'Super administrator' }),
    { kind: 'account-change', activity: 'privilege-grant', privilege: 'Super administrator' },
  ],
  [
    'a user',
    listings.oktaUser(who, AT),
    { kind: 'user-inventory-info', user: { address: who.address, city: 'Austin' } },
  ],
  [
    'a laptop',
    listings.oktaDevice(laptop, [who], AT),
    { kind: 'device-inventory-info', device: { serialNumber: laptop.serialNumber, managed: true } },
  ],
  [
    'a phone',
    listings.oktaDevice(phone, [who], AT),
    { kind: 'device-inventory-info', device: { managed: false } },
  ],
];

describe('records of Okta', () => {
  it.each(CASES)('%s is read as such', (_, record, expected) => {
    expect(read(record)).toMatchObject(expected);
  });

  it('carry address, place and carrier', () => {
    expect(read(okta.sessionStart(who, AT, from, random)).srcEndpoint).toEqual({
      ip: from.ip,
      vendorPlace: { country: 'US', region: 'Texas', city: 'Austin', lat: 30.27, lon: -97.74 },
      asn: from.provider.asn,
      asOrg: from.provider.name,
    });
  });

  it('name the operator of a VPN or relay', () => {
    const operatorAt = (place: typeof from): unknown =>
      read(okta.sessionStart(who, AT, place, random)).srcEndpoint?.anonymizer;
    expect(operatorAt(book.vpn('NORD_VPN', 'Austin'))).toEqual({ kind: 'vpn', operator: 'NORD_VPN' });
    expect(operatorAt(book.relay('Chicago') ?? from)).toEqual({
      kind: 'relay',
      operator: 'APPLE_ICLOUD_RELAY_PROXY',
    });
  });

  it('say of a refused prompt that it was one', () => {
    const refused = okta.factorVerified(who, AT, from, random, { failure: 'INVALID_CREDENTIALS' });
    expect(outcome(refused)).toMatchObject({
      events: [{ status: 'failure' }, { activity: 'mfa-challenge-denied' }],
    });
  });

  it('have ids of their own', () => {
    expect(haveOwnIds(() => okta.sessionStart(who, AT, from, random))).toBe(true);
  });
});
