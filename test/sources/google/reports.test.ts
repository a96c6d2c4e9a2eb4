import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import type { FakeGoogle, Vice } from '../../../lib/simulator/google/fake-google.ts';
import { signIn } from '../../../lib/simulator/google/records.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';
import { asked, connect, qualifiers, readFeed, startGoogle } from './workspace.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
/** The end of a pass that begins now. */
const END = NOW - 5 * SECOND_MS;

let google: FakeGoogle;
let clock: TestClock;

beforeEach(async () => {
  clock = new TestClock(NOW);
  google = await startGoogle(clock, { pageRecords: 2 });
});

afterEach(() => google.stop());

function record(qualifier: number, time: number): RawRecord {
  return signIn({ time, qualifier: String(qualifier), email: 'ada.novak@example.com', ip: '192.0.2.10' });
}

function read(cursor?: unknown, deadline = clock.time + HOUR_MS): Promise<Page[]> {
  return readFeed(connect(google, clock), 'login', cursor, deadline);
}

/** Reads until the first run is over, and forgets what was asked for. */
async function firstRun(): Promise<unknown> {
  const pages = await read();
  google.requests.length = 0;
  return pages.at(-1)?.cursor;
}

/** Lets every request take some time, so that a deadline comes between two. */
function slow(secondsEach: number): typeof fetch {
  return (...args) => {
    clock.time += secondsEach * SECOND_MS;
    return fetch(...args);
  };
}

describe('a first run', () => {
  it('looks back two weeks in windows of a day, oldest first, each with both of its ends', async () => {
    await read();
    const windows = asked(google);
    expect(windows).toHaveLength(14);
    expect(windows[0]).toEqual({
      startTime: isoTime(END - 14 * DAY_MS - SECOND_MS),
      endTime: isoTime(END - 13 * DAY_MS),
      maxResults: '1000',
    });
    expect(windows.at(-1)).toMatchObject({ endTime: isoTime(END) });
  });

  it('leaves no gap between two windows, whichever of their ends Google counts', async () => {
    const border = END - 5 * DAY_MS;
    google.add(record(1, border - 1), record(2, border), record(3, border + 1));
    expect(new Set(qualifiers(await read()))).toEqual(new Set(['1', '2', '3']));
  });

  it('says that it is the last page on the last page of the last window', async () => {
    google.add(record(1, NOW - HOUR_MS), record(2, NOW - 2 * HOUR_MS), record(3, NOW - 3 * HOUR_MS));
    const pages = await read();
    expect(pages.map((page) => page.last)).toEqual([...Array<boolean>(14).fill(false), true]);
  });

  it('goes on with the window that a deadline kept from being read', async () => {
    const connection = connect(google, clock, undefined, slow(60));
    const begun = await readFeed(connection, 'login', undefined, NOW + 5 * MINUTE_MS);
    expect(begun.at(-1)?.last).toBe(false);
    const windows = asked(google).length;
    google.requests.length = 0;
    await read(begun.at(-1)?.cursor);
    expect(asked(google)[0]?.['startTime']).toBe(isoTime(END - (14 - windows) * DAY_MS - SECOND_MS));
  });
});

describe('a window', () => {
  it('is read newest first, page by page, and is the same on all of them', async () => {
    google.add(...[1, 2, 3, 4, 5].map((minutes) => record(minutes, NOW - minutes * MINUTE_MS)));
    const pages = await read(await firstRun(), undefined);
    expect(qualifiers(pages)).toEqual(['1', '2', '3', '4', '5']);
    const windows = asked(google).map(({ startTime, endTime }) => `${startTime} ${endTime}`);
    expect(new Set(windows).size).toBe(1);
    expect(asked(google).map(({ pageToken }) => pageToken === undefined)).toEqual([true, false, false]);
  });

  it('is passed only after its last page: what is older is listed later', async () => {
    const cursor = await firstRun();
    clock.time += 5 * MINUTE_MS;
    google.add(...[1, 2, 3, 4, 5].map((minutes) => record(minutes, clock.time - minutes * MINUTE_MS)));
    const [first] = await readFeed(connect(google, clock), 'login', cursor, clock.time + HOUR_MS, 1);
    expect(qualifiers([first as Page])).toEqual(['1', '2']);
    google.requests.length = 0;
    expect(new Set(qualifiers(await read(first?.cursor)))).toEqual(new Set(['1', '2', '3', '4', '5']));
    expect(asked(google)[0]).toMatchObject({
      startTime: isoTime(END - 30 * MINUTE_MS - SECOND_MS),
      endTime: isoTime(END - 12.5 * MINUTE_MS),
    });
  });

  it('that could not be read to its end is read half as long by the next run', async () => {
    await firstRun();
    google.add(...Array.from({ length: 9 }, (_, index) => record(index, NOW - 14 * DAY_MS + HOUR_MS)));
    const [first] = await readFeed(connect(google, clock), 'login', undefined, NOW + HOUR_MS, 1);
    google.requests.length = 0;
    await read(first?.cursor);
    expect(asked(google)[0]).toMatchObject({
      startTime: isoTime(END - 14 * DAY_MS - SECOND_MS),
      endTime: isoTime(END - 13.5 * DAY_MS),
    });
  });

  it('is begun again, half as long, when its page token is no longer good', async () => {
    const old = NOW - 14 * DAY_MS + HOUR_MS;
    google.add(...[1, 2, 3, 4, 5].map((hours) => record(hours, old + hours * HOUR_MS)));
    let page = 0;
    const connection = connect(google, clock, undefined, (request) => {
      if (request.url.includes('pageToken') && ++page === 2) google.misbehave({ vice: 'page-token-expired' });
      return fetch(request);
    });
    const pages = await readFeed(connection, 'login', undefined, NOW + HOUR_MS);
    expect(new Set(qualifiers(pages)).size).toBe(5);
    const ends = asked(google).map(({ endTime }) => endTime);
    expect(ends.slice(0, 4)).toEqual([
      ...Array<string>(3).fill(isoTime(END - 13 * DAY_MS)),
      isoTime(END - 13.5 * DAY_MS),
    ]);
  });

  it('that Google refuses to list at all is an error, not an empty one', async () => {
    google.misbehave({ vice: 'status', status: 400 });
    await expect(read()).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it('is empty only when Google says what it is empty of', async () => {
    const connection = connect(google, clock, undefined, async (request) => {
      if (request.url.startsWith(google.tokenUrl)) return fetch(request);
      return Response.json({});
    });
    await expect(readFeed(connection, 'login', undefined, NOW + HOUR_MS)).rejects.toMatchObject({
      code: 'SOURCE_SHAPE_CHANGED',
    });
  });

  it('whose page leads to itself is an error', async () => {
    const connection = connect(google, clock, undefined, async (request) => {
      if (request.url.startsWith(google.tokenUrl)) return fetch(request);
      return Response.json({ items: [], nextPageToken: 'again' });
    });
    await expect(readFeed(connection, 'login', undefined, NOW + HOUR_MS)).rejects.toMatchObject({
      code: 'SOURCE_SHAPE_CHANGED',
    });
  });
});

describe('a later run', () => {
  it('starts half an hour before the end of the one before', async () => {
    const cursor = await firstRun();
    clock.time += 5 * MINUTE_MS;
    await read(cursor);
    expect(asked(google)).toEqual([
      {
        startTime: isoTime(END - 30 * MINUTE_MS - SECOND_MS),
        endTime: isoTime(END + 5 * MINUTE_MS),
        maxResults: '1000',
      },
    ]);
  });

  it('finds what Google listed late, between two polls', async () => {
    google.add(record(1, NOW - MINUTE_MS));
    const cursor = await firstRun();
    google.add(record(2, NOW - 20 * MINUTE_MS));
    clock.time += 5 * MINUTE_MS;
    expect(qualifiers(await read(cursor))).toContain('2');
  });

  it('looks back a whole day twice a day', async () => {
    let cursor = await firstRun();
    google.add(record(1, NOW - 11 * HOUR_MS));
    for (const hours of [4, 8, 12]) {
      clock.time = NOW + hours * HOUR_MS;
      google.requests.length = 0;
      const pages = await read(cursor);
      cursor = pages.at(-1)?.cursor;
      expect(qualifiers(pages)).toEqual(hours === 12 ? ['1'] : []);
    }
    expect(asked(google)[0]?.['startTime']).toBe(isoTime(END + 8 * HOUR_MS - DAY_MS - SECOND_MS));
  });

  it('first ends a pass that took several runs where it began, then starts the next before that end', async () => {
    const connection = connect(google, clock, undefined, slow(60));
    const begun = await readFeed(connection, 'login', undefined, NOW + 5 * MINUTE_MS);
    // Late for the end of the first pass, and read in time only by one that overlaps it.
    google.add(record(1, NOW - 20 * MINUTE_MS));
    clock.time = NOW + 3 * HOUR_MS;
    google.requests.length = 0;
    const pages = await read(begun.at(-1)?.cursor);
    expect(asked(google).map(({ endTime }) => endTime)).toContain(isoTime(END));
    expect(asked(google).at(-1)).toMatchObject({
      startTime: isoTime(END - 30 * MINUTE_MS - SECOND_MS),
      endTime: isoTime(END + 3 * HOUR_MS),
    });
    expect(pages.filter((page) => page.last)).toHaveLength(1);
  });

  it('asks for no more than Google keeps after a long pause', async () => {
    const cursor = await firstRun();
    clock.time += 300 * DAY_MS;
    await read(cursor);
    const [{ startTime = '' } = {}] = asked(google);
    expect(clock.time - Date.parse(startTime)).toBeLessThan(180 * DAY_MS);
  });

  it.each([
    null,
    7,
    'text',
    [],
    { at: NOW },
    { at: NOW + DAY_MS, until: NOW + DAY_MS, sweptUntil: NOW, windowMs: HOUR_MS },
    { at: NOW, until: NOW - 1, sweptUntil: 0, windowMs: HOUR_MS },
    { at: NOW - 1, until: NOW, sweptUntil: 0, windowMs: 0 },
  ])('starts anew from a cursor it did not write: %j', async (cursor) => {
    await read(cursor);
    expect(asked(google)).toHaveLength(14);
  });
});

describe('a limit', () => {
  const limits: readonly Vice[] = [
    { vice: 'quota' },
    { vice: 'refused', status: 403, reason: 'userRateLimitExceeded' },
    { vice: 'refused', status: 403, reason: 'rateLimitExceeded' },
    { vice: 'refused', status: 403, reason: 'quotaExceeded' },
    { vice: 'refused', status: 403, reason: 'RATE_LIMIT_EXCEEDED', dialect: 'details' },
    { vice: 'refused', status: 429, reason: 'RATE_LIMIT_EXCEEDED', dialect: 'details' },
  ];

  it.each(limits)('is waited for, longer each time: %j', async (limit) => {
    google.misbehave(limit, limit, limit);
    expect((await read()).at(-1)?.last).toBe(true);
    expect(clock.slept).toEqual([5_000, 10_000, 20_000]);
  });

  it('is waited for as long as Google says', async () => {
    google.misbehave({ vice: 'refused', status: 429, reason: 'rateLimitExceeded', retryAfterSeconds: 42 });
    await read();
    expect(clock.slept).toEqual([42_000]);
  });

  it('ends the run instead of waiting beyond its deadline', async () => {
    google.misbehave({ vice: 'quota' });
    expect(await read(undefined, NOW + 5_000)).toEqual([]);
    expect(clock.slept).toEqual([]);
  });
});

it.each<Vice>([
  { vice: 'refused', status: 403, reason: 'forbidden' },
  { vice: 'refused', status: 403, reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', dialect: 'details' },
  { vice: 'status', status: 403 },
])('says that a permission is missing on any other 403: %j', async (vice) => {
  google.misbehave(vice);
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
});

it('asks again after a fault and after an answer cut short', async () => {
  google.add(record(1, NOW - HOUR_MS));
  google.misbehave({ vice: 'status', status: 500 }, { vice: 'cut-short' });
  expect(qualifiers(await read())).toEqual(['1']);
});

it('gives up after five faults', async () => {
  google.misbehave(...Array.from({ length: 5 }, (): Vice => ({ vice: 'status', status: 500 })));
  await expect(read()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
});
