import { DAY_MS, HOUR_MS } from '../../../lib/core/time.ts';
import type { FakeGoogle } from '../../../lib/simulator/google/fake-google.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';
import { asked, connect, readFeed, startGoogle } from './workspace.ts';

const NOW = Date.UTC(2026, 10, 2, 12);

let google: FakeGoogle;
let clock: TestClock;

beforeEach(async () => {
  clock = new TestClock(NOW);
  google = await startGoogle(clock, { pageRecords: 2 });
});

afterEach(() => google.stop());

function user(id: string, over: RawRecord = {}): RawRecord {
  return {
    kind: 'admin#directory#user',
    id,
    primaryEmail: `user-${id}@example.com`,
    suspended: false,
    ...over,
  };
}

function read(cursor?: unknown, most?: number): Promise<Page[]> {
  return readFeed(connect(google, clock), 'users', cursor, clock.time + HOUR_MS, most);
}

function ids(pages: readonly Page[]): unknown[] {
  return pages.flatMap((page) => page.records.map((record) => (record as RawRecord)['id']));
}

it('lists everybody, then those who were deleted, whom no plain listing has', async () => {
  google.putUsers(user('1'), user('2', { deletionTime: '2026-10-30T09:00:00.000Z' }), user('3'), user('4'));
  const pages = await read();
  expect(ids(pages)).toEqual(['1', '3', '4', '2']);
  expect(pages.map((page) => page.last)).toEqual([false, false, true]);
  expect(asked(google)[0]).toEqual({
    customer: 'my_customer',
    maxResults: '500',
    projection: 'full',
    showDeleted: 'false',
  });
});

it('takes a directory without anybody in it for what it is', async () => {
  expect((await read()).map((page) => [page.records.length, page.last])).toEqual([
    [0, false],
    [0, true],
  ]);
});

it('goes on where a run stopped, and begins anew after the end', async () => {
  google.putUsers(...['1', '2', '3', '4', '5'].map((id) => user(id)));
  const [first] = await read(undefined, 1);
  const rest = await read(first?.cursor);
  expect(ids(rest)).toEqual(['3', '4', '5']);
  expect(ids(await read(rest.at(-1)?.cursor))).toHaveLength(5);
});

it('begins the listing again when Google no longer knows the place', async () => {
  google.putUsers(...['1', '2', '3'].map((id) => user(id)));
  const [first] = await read(undefined, 1);
  clock.time += 4 * DAY_MS;
  google.misbehave({ vice: 'page-token-expired' });
  expect(ids(await read(first?.cursor))).toEqual(['1', '2', '3']);
});

it('says so when Google does not know the places it has just given', async () => {
  google.putUsers(...['1', '2', '3'].map((id) => user(id)));
  const connection = connect(google, clock, undefined, (request) => {
    if (request.url.includes('pageToken')) google.misbehave({ vice: 'page-token-expired' });
    return fetch(request);
  });
  await expect(readFeed(connection, 'users', undefined, NOW + HOUR_MS)).rejects.toMatchObject({
    code: 'SOURCE_SHAPE_CHANGED',
  });
});

it('waits for its quota and asks again after an answer cut short', async () => {
  google.putUsers(user('1'));
  google.misbehave(
    { vice: 'refused', status: 403, reason: 'quotaExceeded' },
    { vice: 'quota' },
    { vice: 'cut-short' },
  );
  expect(ids(await read())).toEqual(['1']);
});

it.each([null, 'text', { part: 7 }, { part: -1 }, { part: 0.5, place: 'x' }])(
  'begins at the beginning with a cursor it did not write: %j',
  async (cursor) => {
    google.putUsers(user('1'));
    expect(ids(await read(cursor))).toEqual(['1']);
  },
);
