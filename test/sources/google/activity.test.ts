import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { google } from '../../../lib/sources/google/index.ts';
import type { Normalized, RawRecord } from '../../../lib/sources/source.ts';

const READING = { observedTime: Date.UTC(2026, 0, 1) };

function record(path: string, over: Record<string, unknown> = {}): RawRecord {
  const file = join(__dirname, '../../fixtures/google', `${path}.json`);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as RawRecord), ...over };
}

function normalize(raw: RawRecord): Normalized | undefined {
  return google.feeds.find((feed) => feed.recognizes(raw))?.normalize(raw, READING);
}

function driveEvent(name: string, ...parameters: readonly Record<string, unknown>[]): RawRecord {
  const events = [{ type: 'access', name, parameters: [{ name: 'doc_id', value: 'd1' }, ...parameters] }];
  return record('drive/download', { events });
}

describe('a Google activity', () => {
  it('of no use is irrelevant even when the rest of it is damaged', () => {
    const raw = record('drive/download', {
      id: { applicationName: 'drive', time: 'shortly' },
      events: [{ name: 'rename', parameters: 7 }],
    });

    expect(normalize(raw)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('of an application that is not read is irrelevant whatever its time', () => {
    const raw = record('activities/calendar', { id: { applicationName: 'meet' }, events: 'none' });

    expect(normalize(raw)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('without a list of events is rejected', () => {
    expect(normalize(record('login/logout', { events: 'logout' }))).toEqual({
      outcome: 'rejected',
      because: 'events: expected a list, got "logout"',
    });
  });

  it('in the layout that puts one event beside the id is not recognised', () => {
    const flat = {
      kind: 'admin#reports#activity',
      id: { applicationName: 'login' },
      name: 'login_success',
      parameters: {},
    };

    expect(google.feeds.some((feed) => feed.recognizes(flat))).toBe(false);
  });

  it('keeps every one of several events apart by its place in the record', () => {
    const normalized = normalize(record('drive/several-events-two-primary'));
    const parts = normalized?.outcome === 'events' ? normalized.events.map((event) => event.part) : [];

    expect(parts).toEqual([1, 2]);
  });

  it('of a service account is that of a program', () => {
    const raw = record('drive/download', {
      actor: { email: 'Backup@example-project.iam.gserviceaccount.com' },
    });

    expect(normalize(raw)).toMatchObject({
      events: [{ actor: { type: 'service', address: 'backup@example-project.iam.gserviceaccount.com' } }],
    });
  });

  it('of a service account that signs in is not interactive', () => {
    const raw = record('login/success-two-factors', {
      actor: { email: 'sync@example-project.iam.gserviceaccount.com' },
    });

    expect(normalize(raw)).toMatchObject({ events: [{ interactive: false }] });
  });

  it('whose actor names nobody is irrelevant', () => {
    expect(normalize(record('login/logout', { actor: { callerType: 'USER' } }))).toEqual({
      outcome: 'skipped',
      because: 'irrelevant',
    });
  });

  it('whose actor names nobody is irrelevant even when its time is damaged', () => {
    const raw = record('login/logout', { actor: {}, id: { applicationName: 'login', time: 'shortly' } });

    expect(normalize(raw)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });

  it('with a number for its qualifier is read all the same', () => {
    const raw = record('login/logout', {
      id: { applicationName: 'login', time: '2025-06-03T08:14:09Z', uniqueQualifier: 42 },
    });

    expect(normalize(raw)).toMatchObject({ events: [{ uid: '42' }] });
  });

  it('of any shape is sent somewhere without throwing', () => {
    const paths = [
      'login/success-two-factors',
      'drive/shared-with-outsider',
      'admin/role-assigned',
      'mobile/laptop-synced',
    ];
    const keys = [
      'id',
      'actor',
      'events',
      'ipAddress',
      'networkInfo',
      'userDeviceInfo',
      '__proto__',
      'ownerDomain',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom(...keys), fc.jsonValue(), { maxKeys: 4 }),
        fc.array(fc.jsonValue(), { maxLength: 4 }),
        (path, graft, parameters) => {
          const valid = record(path);
          const [event] = valid['events'] as readonly RawRecord[];
          for (const raw of [
            { ...valid, ...graft },
            { ...valid, events: [{ ...event, parameters }, ...parameters] },
          ]) {
            expect([undefined, 'events', 'skipped', 'rejected']).toContain(normalize(raw)?.outcome);
          }
        },
      ),
    );
  });

  it('whose parameters are named after what objects have by nature is read without them', () => {
    const raw = driveEvent('view', { name: '__proto__', value: 'x' }, { name: 'constructor', value: 'y' });

    expect(normalize(raw)).toMatchObject({ events: [{ activity: 'open', file: { uid: 'd1' } }] });
  });
});

describe('a Drive event', () => {
  it('stands alone when nothing is said of being the primary one', () => {
    expect(normalize(driveEvent('download'))).toMatchObject({ outcome: 'events' });
  });

  it('is not the primary one when the parameter has no value', () => {
    expect(normalize(driveEvent('download', { name: 'primary_event' }))).toMatchObject({
      outcome: 'skipped',
    });
  });

  it.each([
    ['shared_externally', 'external'],
    ['people_with_link', 'external'],
    ['private', 'internal'],
  ])(
    'that lets somebody of another domain in is as open as Google says: %s is %s',
    (visibility, audience) => {
      const raw = driveEvent(
        'change_user_access',
        { name: 'visibility', value: visibility },
        { name: 'target_user', value: 'Partner@example.net' },
        { name: 'new_value', multiValue: ['can_view'] },
      );

      expect(normalize(raw)).toMatchObject({
        events: [{ share: { audience, targets: ['partner@example.net'] } }],
      });
    },
  );

  it('that opens a link to one other domain is external, not open to anyone', () => {
    const raw = driveEvent(
      'change_document_visibility',
      { name: 'visibility', value: 'people_with_link' },
      { name: 'target_domain', value: 'Example.org' },
      { name: 'new_value', multiValue: ['people_with_link'] },
    );

    expect(normalize(raw)).toMatchObject({
      events: [{ share: { audience: 'external', targets: ['example.org'] } }],
    });
  });

  it('that lets in somebody it does not name has no audience', () => {
    const raw = driveEvent('change_user_access', { name: 'new_value', multiValue: ['can_view'] });

    expect(normalize(raw)).toMatchObject({ events: [{ activity: 'share' }] });
    expect(JSON.stringify(normalize(raw))).not.toContain('audience');
  });

  it('whose new openness is unknown is irrelevant', () => {
    const raw = driveEvent('change_document_visibility', { name: 'visibility', value: 'unknown' });

    expect(normalize(raw)).toEqual({ outcome: 'skipped', because: 'irrelevant' });
  });
});

describe('a delegation to an application', () => {
  it('keeps all of a long list of scopes', () => {
    const scopes = Array.from({ length: 30 }, (_, index) => `https://www.googleapis.com/auth/scope${index}`);
    const parameters = [{ name: 'API_SCOPES', value: scopes.join(',') }];
    const raw = record('admin/role-assigned', {
      events: [{ name: 'AUTHORIZE_API_CLIENT_ACCESS', parameters }],
    });

    expect(normalize(raw)).toMatchObject({ events: [{ scopes }] });
  });

  it('that is taken back is a revocation, whatever the space around its name', () => {
    const raw = record('admin/role-assigned', { events: [{ name: ' REMOVE_API_CLIENT_ACCESS ' }] });

    expect(normalize(raw)).toMatchObject({ events: [{ activity: 'revoke' }] });
  });
});

describe('a takeout', () => {
  const takenOut = (parameters: readonly Record<string, unknown>[]) =>
    normalize(record('takeout/downloaded', { events: [{ name: 'COMPLETED_USER_TAKEOUT', parameters }] }));

  it.each([
    ['a text', { value: 'Drive, Mail' }],
    ['a list', { multiValue: ['Drive', 'Mail', 'Mail'] }],
  ])('names what is in it and where it goes, from %s', (_, value) => {
    const parameters = [
      { name: 'PRODUCTS_REQUESTED', ...value },
      { name: 'TAKEOUT_DESTINATION', value: 'ONEDRIVE' },
    ];
    expect(takenOut(parameters)).toMatchObject({
      events: [{ contents: ['Drive', 'Mail'], targets: ['onedrive'], status: 'success' }],
    });
  });

  it.each(['FAILED', 'CANCELED'])('that is %s moved nothing', (value) => {
    expect(takenOut([{ name: 'TAKEOUT_STATUS', value }])).toMatchObject({ events: [{ status: 'failure' }] });
  });

  it('of the whole organization may fail as well', () => {
    const events = [{ name: 'CUSTOMER_TAKEOUT_FAILED' }];
    expect(normalize(record('admin/takeout-of-everything', { events }))).toMatchObject({
      events: [{ status: 'failure' }],
    });
  });

  it('of endless products keeps a hundred', () => {
    const value = Array.from({ length: 5_000 }, (_, n) => `Product ${n}`).join(',');
    const normalized = takenOut([{ name: 'PRODUCTS_REQUESTED', value }]);
    const [event] = normalized?.outcome === 'events' ? normalized.events : [];
    expect(event?.kind === 'api-activity' && event.contents?.length).toBe(100);
  });
});

describe('mail sent elsewhere by an administrator', () => {
  const changed = (name: string, ...parameters: readonly Record<string, unknown>[]) =>
    normalize(record('admin/mail-monitored', { events: [{ name, parameters }] }));
  const user = { name: 'USER_EMAIL', value: 'bob.tanaka@example.com' };
  const own = { name: 'DOMAIN_NAME', value: 'example.com' };

  it('goes to the address in a setting, not to the domain whose setting it is', () => {
    expect(
      changed(
        'CHANGE_GMAIL_SETTING',
        own,
        { name: 'SETTING_NAME', value: 'EMAIL_ROUTE' },
        { name: 'NEW_VALUE', value: '{"route":"Archive@Example.org, second@example.net"}' },
      ),
    ).toMatchObject({
      events: [{ purpose: 'mail-forwarding', targets: ['archive@example.org', 'second@example.net'] }],
    });
  });

  it('has no target when the setting names none', () => {
    const normalized = changed('CHANGE_GMAIL_SETTING', own, { name: 'SETTING_NAME', value: 'EMAIL_ROUTE' });
    const [event] = normalized?.outcome === 'events' ? normalized.events : [];
    expect(event).toMatchObject({ purpose: 'mail-forwarding' });
    expect(event).not.toHaveProperty('targets');
  });

  it('is taken back with the destination it had', () => {
    const old = { name: 'OLD_VALUE', value: 'Bob@Example.org' };
    expect(changed('MAIL_ROUTING_DESTINATION_REMOVED', user, old)).toMatchObject({
      events: [{ revokes: true, resource: { uid: 'bob.tanaka@example.com' }, targets: ['bob@example.org'] }],
    });
  });
});

describe('a Google directory user', () => {
  it('keeps private and recovery addresses to itself', () => {
    expect(JSON.stringify(normalize(record('users/active')))).not.toContain('private@');
  });

  it('of another kind, such as a group, is not recognised', () => {
    const group = { kind: 'admin#directory#group', primaryEmail: 'all@example.com', isAdmin: false };

    expect(google.feeds.some((feed) => feed.recognizes(group))).toBe(false);
  });
});
