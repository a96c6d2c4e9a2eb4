import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../lib/core/time.ts';
import { FakeOkta } from '../../../lib/simulator/okta/fake-okta.ts';
import { NEW_YORK, sessionStart } from '../../../lib/simulator/okta/records.ts';
import { PAGE_RECORDS, systemLogReader } from '../../../lib/sources/okta/client.ts';
import { oktaCredential } from '../../../lib/sources/okta/credential.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const TOKEN = '00invented-token';

let okta: FakeOkta;
let clock: TestClock;
let tokensRead: number;

beforeEach(async () => {
  clock = new TestClock(NOW);
  tokensRead = 0;
  okta = new FakeOkta({ token: TOKEN, now: clock.now });
  await okta.start();
});

afterEach(() => okta.stop());

function records(count: number, from = 0): RawRecord[] {
  const who = { login: 'ada.novak@example.com', name: 'Ada Novak', ip: '192.0.2.10', place: NEW_YORK };
  return Array.from({ length: count }, (_, index) =>
    sessionStart({ ...who, uuid: `event-${from + index}`, time: NOW - HOUR_MS + (from + index) * 1_000 }),
  );
}

async function read(cursor?: unknown, deadline = NOW + 10 * MINUTE_MS, token = TOKEN): Promise<Page[]> {
  const organization = { orgUrl: okta.url, transport: fetch, clock };
  const credential = oktaCredential(() => {
    tokensRead++;
    return Promise.resolve(token);
  }, organization);
  const reader = systemLogReader({ ...organization, credential }, 'okta.logs.read');
  const pages: Page[] = [];
  for await (const page of reader(cursor, { deadline })) pages.push(page);
  return pages;
}

function uuids(pages: readonly Page[]): unknown[] {
  return pages.flatMap((page) => page.records.map((record) => (record as RawRecord)['uuid']));
}

it('begins two weeks back, oldest first and without an end', async () => {
  await read();
  const [first = ''] = okta.requests;
  const { searchParams } = new URL(first, okta.url);
  expect(Object.fromEntries(searchParams)).toEqual({
    since: new Date(NOW - 14 * DAY_MS).toISOString(),
    sortOrder: 'ASCENDING',
    limit: '1000',
  });
});

it('stops at a page that is not full, though the next link never ends', async () => {
  okta.add(...records(3));
  const pages = await read();
  expect(pages.map((page) => [page.records.length, page.last])).toEqual([[3, true]]);
  expect(okta.requests).toHaveLength(1);
});

it('follows the next links of full pages', async () => {
  okta.add(...records(PAGE_RECORDS + 2));
  expect(new Set(uuids(await read())).size).toBe(PAGE_RECORDS + 2);
});

it('goes on from the cursor of the run before', async () => {
  okta.add(...records(2));
  const [page] = await read();
  okta.add(...records(2, 2));
  expect(uuids(await read(page?.cursor))).toEqual(['event-2', 'event-3']);
});

it('reads a single header with a list of links', async () => {
  await okta.stop();
  okta = new FakeOkta({ token: TOKEN, now: clock.now, oneLinkHeader: true });
  await okta.start();
  okta.add(...records(PAGE_RECORDS + 1));
  expect(uuids(await read())).toHaveLength(PAGE_RECORDS + 1);
});

it('takes an empty page for the end and keeps its link', async () => {
  const [page] = await read();
  expect(page).toMatchObject({
    records: [],
    last: true,
    cursor: { next: expect.stringContaining('after=') as unknown },
  });
});

it('starts an hour before the newest event when Okta no longer knows the link', async () => {
  okta.add(...records(2));
  const [page] = await read();
  okta.forgetCursors();
  await read(page?.cursor);
  const { searchParams } = new URL(okta.requests.at(-1) ?? '', okta.url);
  expect(searchParams.get('since')).toBe(new Date(NOW - 2 * HOUR_MS + 1_000).toISOString());
});

it('makes no request to a next link of another origin, and says so', async () => {
  okta.add(...records(PAGE_RECORDS + 1));
  okta.misbehave({ vice: 'foreign-next', origin: 'http://localhost:9' });
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  expect(okta.requests).toHaveLength(1);
});

it('makes no request to a cursor of another origin', async () => {
  await read({ next: 'http://localhost:9/api/v1/logs?after=1_0' });
  expect(okta.requests[0]).toContain('since=');
});

it('waits as long as Okta’s own clock says', async () => {
  okta.misbehave({ vice: 'rate-limit', resetSeconds: 20 });
  expect(await read()).toHaveLength(1);
  expect(clock.slept).toEqual([21_000]);
});

it('waits a little when there were too many requests at once', async () => {
  okta.misbehave({ vice: 'concurrency-limit' });
  await read();
  expect(clock.slept).toEqual([2_000]);
});

it('ends instead of waiting beyond its deadline', async () => {
  okta.misbehave({ vice: 'rate-limit', resetSeconds: 50 });
  expect(await read(undefined, NOW + 30_000)).toEqual([]);
  expect(clock.slept).toEqual([]);
});

it('asks again after a fault and after an answer cut short', async () => {
  okta.add(...records(2));
  okta.misbehave({ vice: 'status', status: 503 }, { vice: 'cut-short' });
  expect(uuids(await read())).toEqual(['event-0', 'event-1']);
});

it('gives up after five faults', async () => {
  okta.misbehave(...Array.from({ length: 5 }, () => ({ vice: 'status', status: 500 }) as const));
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
});

it('fetches the token anew once when it is refused, then gives up', async () => {
  await expect(read(undefined, undefined, '00wrong-token')).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  expect(tokensRead).toBe(2);
});

it('says that a permission is missing', async () => {
  okta.misbehave({ vice: 'status', status: 403 });
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
});

it.each([null, 7, 'text', [], { next: 7, newest: {} }, { next: 'not a url' }])(
  'starts anew from a cursor it did not write: %j',
  async (cursor) => {
    expect(await read(cursor)).toHaveLength(1);
  },
);
