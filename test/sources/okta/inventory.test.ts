import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR_MS, MINUTE_MS } from '../../../lib/core/time.ts';
import type { FakeOkta } from '../../../lib/simulator/okta/fake-okta.ts';
import { oktaManifest } from '../../../lib/sources/okta/manifest.ts';
import { oktaReaders } from '../../../lib/sources/okta/readers.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { Normalized, RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';
import { asked, connect, ids, readFeed, startOkta } from './organization.ts';

const NOW = Date.UTC(2026, 10, 2, 12);

let okta: FakeOkta;
let clock: TestClock;

beforeEach(async () => {
  clock = new TestClock(NOW);
  okta = await startOkta(clock);
});

afterEach(() => okta.stop());

function fixture(path: string): RawRecord {
  const file = join(__dirname, '../../fixtures/okta', `${path}.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as RawRecord;
}

function users(count: number, status = 'ACTIVE'): RawRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `00u-${status}-${index}`,
    status,
    profile: { login: `user-${status}-${index}@example.com` },
  }));
}

function read(feed: string, cursor?: unknown, most?: number): Promise<Page[]> {
  return readFeed(connect(okta, clock), feed, cursor, clock.time + 10 * MINUTE_MS, most);
}

function normalized(feed: string, record: unknown): Normalized | undefined {
  const reader = oktaReaders(connect(okta, clock)).get(feed);
  return reader?.feed.normalize(record as RawRecord, { observedTime: NOW });
}

it('reads every feed of the manifest', () => {
  expect([...oktaReaders(connect(okta, clock)).keys()]).toEqual(oktaManifest.feeds.map(({ id }) => id));
});

describe('users', () => {
  it('are listed with those who have left, whom no plain listing has', async () => {
    okta.putUsers(fixture('users/active'), fixture('users/deprovisioned-login-without-domain'));
    const pages = await read('users');
    expect(pages.map((page) => [page.records.length, page.last])).toEqual([
      [1, false],
      [1, true],
    ]);
    const active = pages.flatMap((page) =>
      page.records.map((record) => {
        const made = normalized('users', record);
        return made?.outcome === 'events' && made.events[0]?.kind === 'user-inventory-info'
          ? made.events[0].user.active
          : undefined;
      }),
    );
    expect(active).toEqual([true, false]);
    expect(asked(okta).map(({ path, query }) => [path, query])).toEqual([
      ['/api/v1/users', { limit: '200' }],
      ['/api/v1/users', { limit: '200', search: 'status eq "DEPROVISIONED"' }],
    ]);
  });

  it('are listed to the end of both listings', async () => {
    okta.putUsers(...users(401), ...users(201, 'DEPROVISIONED'));
    const pages = await read('users');
    expect(pages.map((page) => page.records.length)).toEqual([200, 200, 1, 200, 1]);
    expect(new Set(ids(pages)).size).toBe(602);
    expect(pages.map((page) => page.last)).toEqual([false, false, false, false, true]);
  });

  it('are listed on from where a run stopped, and anew after the end', async () => {
    okta.putUsers(...users(401));
    const [first] = await read('users', undefined, 1);
    const rest = await read('users', first?.cursor);
    expect(ids(rest)).toHaveLength(201);
    expect(ids(await read('users', rest.at(-1)?.cursor))).toHaveLength(401);
  });

  it('are listed from the beginning when Okta no longer knows the link', async () => {
    okta.putUsers(...users(201));
    const [first] = await read('users', undefined, 1);
    okta.forgetCursors();
    expect(ids(await read('users', first?.cursor))).toHaveLength(201);
  });

  it('are not asked for at a link of another origin, or of another list', async () => {
    okta.putUsers(...users(3));
    for (const place of ['http://localhost:9/api/v1/users?after=1_0', `${okta.url}/api/v1/apps?after=1_0`]) {
      okta.requests.length = 0;
      expect(ids(await read('users', { part: 0, place }))).toHaveLength(3);
      expect(asked(okta).map(({ path }) => path)).toEqual(['/api/v1/users', '/api/v1/users']);
    }
    okta.putUsers(...users(201));
    okta.misbehave({ vice: 'foreign-next', origin: 'http://localhost:9' });
    await expect(read('users')).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it('are waited for when Okta has enough, and asked for again after a fault', async () => {
    okta.putUsers(...users(1));
    okta.misbehave(
      { vice: 'rate-limit', resetSeconds: 20 },
      { vice: 'status', status: 502 },
      { vice: 'cut-short' },
    );
    expect(ids(await read('users'))).toHaveLength(1);
    expect(clock.slept[0]).toBe(21_000);
  });

  it('that come as anything but a list are an error', async () => {
    const connection = { ...connect(okta, clock), transport: () => Promise.resolve(Response.json({})) };
    await expect(readFeed(connection, 'users', undefined, NOW + HOUR_MS)).rejects.toMatchObject({
      code: 'SOURCE_SHAPE_CHANGED',
    });
  });
});

describe('devices', () => {
  it('are listed with their users inside', async () => {
    okta.putDevices(fixture('devices/two-users'), {
      ...fixture('devices/no-users-unencrypted'),
      id: 'guo-other',
    });
    const [page] = await read('devices');
    expect(page?.last).toBe(true);
    expect(asked(okta)[0]).toEqual({ path: '/api/v1/devices', query: { limit: '200', expand: 'user' } });
    expect(page?.records.map((record) => normalized('devices', record))).toMatchObject([
      { events: [{ actor: expect.anything() as unknown }, { actor: expect.anything() as unknown }] },
      { events: [{ kind: 'device-inventory-info' }] },
    ]);
  });

  it('are listed page by page to the end', async () => {
    okta.putDevices(
      ...Array.from({ length: 201 }, (_, index) => ({ id: `guo-${index}`, status: 'ACTIVE', profile: {} })),
    );
    expect((await read('devices')).map((page) => [page.records.length, page.last])).toEqual([
      [200, false],
      [1, true],
    ]);
  });
});
