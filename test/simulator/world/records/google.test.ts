import * as google from '../../../../lib/simulator/world/records/google.ts';
import { AT, from, haveOwnIds, other, outcome, random, read, who, type Case } from './support.ts';

const doc = { id: '1Example', title: 'Plan', owner: who.address };

const CASES: readonly Case[] = [
  [
    'a document downloaded',
    google.driveActivity(who, AT, from, random, { name: 'download', file: doc }),
    {
      kind: 'file-hosting-activity',
      activity: 'download',
      service: 'google-drive',
      file: { uid: '1Example' },
    },
  ],
  [
    'a document shared outside',
    google.driveShared(who, AT, from, random, { file: doc, target: 'ann@partner.example.net' }),
    { activity: 'share', share: { audience: 'external', targets: ['ann@partner.example.net'] } },
  ],
  [
    'a document shared inside',
    google.driveShared(who, AT, from, random, { file: doc, target: other.address }),
    { activity: 'share', share: { audience: 'internal' } },
  ],
  [
    'a document opened to anybody',
    google.driveOpened(who, AT, from, random, { file: doc }),
    { activity: 'share', share: { audience: 'anyone-with-link' } },
  ],
  [
    'a sign-in to Google',
    google.login(who, AT, from, random),
    { kind: 'authentication', status: 'success', isMfa: true },
  ],
  [
    'a wrong password at Google',
    google.login(who, AT, from, random, { failure: 'login_failure_invalid_password' }),
    { kind: 'authentication', status: 'failure' },
  ],
  [
    'an application let in',
    google.tokenAuthorized(who, AT, from, random, {
      app: { name: 'Zoom', clientId: 'zoom', scopes: ['openid'] },
    }),
    { kind: 'oauth-consent', activity: 'grant', application: { name: 'Zoom' } },
  ],
  [
    'a role of Google',
    google.adminActivity(who, AT, from, random, {
      type: 'DELEGATED_ADMIN_SETTINGS',
      name: 'ASSIGN_ROLE',
      parameters: { ROLE_NAME: '_SEED_ADMIN_ROLE', USER_EMAIL: other.address },
    }),
    { kind: 'account-change', activity: 'privilege-grant', user: { address: other.address } },
  ],
  [
    'a recovery address',
    google.ownAccountChanged(who, AT, from, random, { change: 'recovery_email_edit' }),
    { kind: 'account-change', activity: 'recovery-change' },
  ],
  [
    'mail forwarded outside',
    google.forwardedOutside(who, AT, from, random, { to: 'x@elsewhere.example.net' }),
    { kind: 'api-activity', purpose: 'mail-forwarding', targets: ['x@elsewhere.example.net'] },
  ],
  ['a takeout', google.takeout(who, AT, from, random), { kind: 'api-activity', purpose: 'bulk-export' }],
  [
    'a user of Google',
    google.googleUser(who),
    { kind: 'user-inventory-info', user: { address: who.address } },
  ],
];

describe('records of Google', () => {
  it.each(CASES)('%s is read as such', (_, record, expected) => {
    expect(read(record)).toMatchObject(expected);
  });

  it('carry address, country and carrier', () => {
    expect(read(google.login(who, AT, from, random)).srcEndpoint).toEqual({
      ip: from.ip,
      vendorPlace: { country: 'US' },
      asn: from.provider.asn,
    });
  });

  it('of edits are of no use', () => {
    const edit = google.driveActivity(who, AT, from, random, { name: 'edit', file: doc });
    expect(outcome(edit)).toMatchObject({ because: 'irrelevant' });
  });

  it('have ids of their own', () => {
    expect(haveOwnIds(() => google.login(who, AT, from, random))).toBe(true);
  });
});
