import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { devices } from '../../../lib/sources/okta/devices.ts';
import { users } from '../../../lib/sources/okta/users.ts';

const READING = { observedTime: Date.UTC(2026, 0, 1) };

function record(path: string, over: Record<string, unknown> = {}): RawRecord {
  const file = join(__dirname, '../../fixtures/okta', `${path}.json`);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as RawRecord), ...over };
}

describe('an Okta user', () => {
  it('without an address or a login is rejected', () => {
    const raw = record('users/active', { profile: { login: 'two words', email: null } });

    expect(users.normalize(raw, READING)).toEqual({
      outcome: 'rejected',
      because: 'profile.login: expected a login, got "two words"',
    });
  });

  it('does not become one person with another through a shared private address', () => {
    expect(JSON.stringify(users.normalize(record('users/active'), READING))).not.toContain('private@');
  });

  it('that is staged is neither active nor closed', () => {
    const normalized = users.normalize(record('users/active', { status: 'STAGED' }), READING);

    expect(normalized.outcome === 'events' ? normalized.events[0] : undefined).not.toHaveProperty(
      'user.active',
    );
  });

  it('takes the time of the reading when its own cannot be read', () => {
    const normalized = users.normalize(record('users/active', { lastUpdated: 'never' }), READING);

    expect(normalized).toMatchObject({ events: [{ time: READING.observedTime }] });
  });

  it('is told from a group and an application, which have a profile as well', () => {
    expect(users.recognizes({ id: '00g1', type: 'OKTA_GROUP', profile: { name: 'All' } })).toBe(false);
    expect(
      users.recognizes({ id: '0oa1', status: 'ACTIVE', signOnMode: 'SAML_2_0', profile: { label: 'x' } }),
    ).toBe(false);
  });
});

describe('an Okta device', () => {
  it('gives one event for each of its users', () => {
    const normalized = devices.normalize(record('devices/two-users'), READING);

    expect(normalized).toMatchObject({
      events: [
        { actor: { address: 'alice.moreau@example.com' } },
        { part: 1, actor: { address: 'bob.tanaka@example.com' } },
      ],
    });
  });

  it('and a user of any shape are sent somewhere without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (profile, more) => {
        const grafts = { profile, _embedded: { users: [more, { user: more }] }, created: more, status: more };
        for (const feed of [devices, users]) {
          for (const raw of [record('devices/two-users', grafts), record('users/active', grafts)]) {
            expect(['events', 'skipped', 'rejected']).toContain(feed.normalize(raw, READING).outcome);
          }
        }
      }),
    );
  });
});
