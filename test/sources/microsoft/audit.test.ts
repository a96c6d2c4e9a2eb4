/** The Microsoft 365 audit log, over HTTP from a fake tenant. */
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../../../lib/core/time.ts';
import { fileDownloaded } from '../../../lib/simulator/microsoft/records.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { cursorOf, fieldOf, NOW, queriesTo, TENANT_ID, TestTenant } from './tenant.ts';

const SHAREPOINT = 'Audit.SharePoint';
const TYPES = ['Audit.AzureActiveDirectory', 'Audit.Exchange', SHAREPOINT, 'Audit.General'];
/** Two minutes before now: what bears a later time is left for the next run. */
const LISTED_UNTIL = NOW - 2 * MINUTE_MS;

let tenant: TestTenant;

beforeEach(async () => {
  tenant = new TestTenant();
  await tenant.fake.start();
});

afterEach(() => tenant.fake.stop());

function download(id: string, time: EpochMs = NOW - 2 * HOUR_MS): RawRecord {
  return fileDownloaded({ id, time, userName: 'ada.novak@example.com', ip: '192.0.2.10' });
}

/** Adds one blob with one record for each id, an hour old unless said otherwise. */
function addBlobs(ids: readonly string[], availableTime: EpochMs = NOW - HOUR_MS): void {
  for (const id of ids)
    tenant.fake.addContent({ contentType: SHAREPOINT, records: [download(id)], availableTime });
}

/** Subscribes and reads once, and gives the cursor. */
async function begun(): Promise<unknown> {
  const cursor = cursorOf(await tenant.read('audit'));
  tenant.fake.requests.length = 0;
  return cursor;
}

/** What a cursor says of the content that the tests are about. */
function progressIn(cursor: unknown): { through: EpochMs; spanMs: number; subscribedTime?: EpochMs } {
  return (
    (cursor as Record<string, { through: EpochMs; spanMs: number }>)[SHAREPOINT] ?? { through: 0, spanMs: 0 }
  );
}

function windowsOf(contentType: string): { from: EpochMs; to: EpochMs }[] {
  return queriesTo(tenant.fake, '/content')
    .filter((query) => query['contentType'] === contentType)
    .map(({ startTime, endTime }) => ({ from: Date.parse(`${startTime}Z`), to: Date.parse(`${endTime}Z`) }));
}

it('reads records as the normaliser takes them, also where their time does not say that it is UTC', async () => {
  addBlobs(['one']);
  const pages = await tenant.read('audit');
  const records = pages.flatMap((page) => page.records) as RawRecord[];
  expect(records.map((record) => tenant.normalize('audit', record))).toMatchObject([
    { outcome: 'events', events: [{ uid: 'one', time: NOW - 2 * HOUR_MS }] },
  ]);
  expect(pages.map(({ last }) => last).indexOf(true)).toBe(pages.length - 1);
});

describe('subscriptions', () => {
  it('are started for every kind of content, once', async () => {
    const started = () => queriesTo(tenant.fake, '/start').map(({ contentType }) => contentType);
    const cursor = cursorOf(await tenant.read('audit'));
    expect(started()).toEqual(TYPES);
    await tenant.read('audit', cursor);
    expect(started()).toEqual(TYPES);
  });

  it('that an administrator has ended are started again', async () => {
    const cursor = await begun();
    tenant.fake.unsubscribe(SHAREPOINT);
    tenant.clock.time += DAY_MS;
    await tenant.read('audit', cursor);
    expect(queriesTo(tenant.fake, '/start').map(({ contentType }) => contentType)).toEqual([SHAREPOINT]);
  });

  it('that were meanwhile started by somebody else are as good (AF20024)', async () => {
    await begun();
    addBlobs(['one']);
    const transport = (request: Request) =>
      request.url.includes('/list') ? Promise.resolve(Response.json([])) : fetch(request);
    const pages = await tenant.read('audit', undefined, undefined, { transport });
    expect(queriesTo(tenant.fake, '/start')).toHaveLength(4);
    expect(fieldOf(pages, 'Id')).toEqual(['one']);
  });

  it('that Microsoft does not let us start yet do not keep the others from being read', async () => {
    const cursor = await begun();
    addBlobs(['one'], NOW + 10 * MINUTE_MS);
    tenant.fake.unsubscribe('Audit.Exchange');
    tenant.clock.time += 14 * MINUTE_MS;
    const pages = await tenant.read('audit', cursor);
    expect(fieldOf(pages, 'Id')).toEqual(['one']);
    // No page is the last: something is still waiting.
    expect(pages.some(({ last }) => last)).toBe(false);
  });

  it('are asked for with the tenant as publisher, as is everything else', async () => {
    addBlobs(['one']);
    await tenant.read('audit');
    const asked = tenant.fake.requests.filter((request) => request.includes('/activity/feed/'));
    expect(asked.length).toBeGreaterThan(6);
    for (const request of asked) expect(request).toContain(`PublisherIdentifier=${TENANT_ID}`);
  });
});

describe('windows', () => {
  it('begin a week back, are shorter than a day and leave no hole', async () => {
    await tenant.read('audit');
    const asked = windowsOf(SHAREPOINT);
    expect(asked[0]?.from).toBe(NOW - 7 * DAY_MS + 5 * MINUTE_MS);
    expect(asked.at(-1)?.to).toBe(LISTED_UNTIL);
    expect(asked.slice(1).map(({ from }) => from)).toEqual(asked.slice(0, -1).map(({ to }) => to));
    expect(Math.max(...asked.map(({ from, to }) => to - from))).toBe(23 * HOUR_MS);
  });

  it('go on where the run before stopped, without an overlap', async () => {
    const cursor = await begun();
    tenant.clock.time += 5 * MINUTE_MS;
    await tenant.read('audit', cursor);
    expect(windowsOf(SHAREPOINT)).toEqual([{ from: LISTED_UNTIL, to: LISTED_UNTIL + 5 * MINUTE_MS }]);
  });

  it('are of availability: a record five days old arrives with its blob', async () => {
    const cursor = await begun();
    tenant.clock.time += HOUR_MS;
    const old = download('old', NOW - 5 * DAY_MS);
    tenant.fake.addContent({ contentType: SHAREPOINT, records: [old], availableTime: NOW + 30 * MINUTE_MS });
    expect(fieldOf(await tenant.read('audit', cursor), 'Id')).toEqual(['old']);
  });

  it('leave the last moments for the next run, because a blob shows a little after the time that it bears', async () => {
    const cursor = await begun();
    const createdTime = NOW + 10 * MINUTE_MS - 30_000;
    const availableTime = NOW + 10 * MINUTE_MS + 30_000;
    tenant.fake.addContent({
      contentType: SHAREPOINT,
      records: [download('late')],
      createdTime,
      availableTime,
    });
    tenant.clock.time += 10 * MINUTE_MS;
    const first = await tenant.read('audit', cursor);
    tenant.clock.time += 5 * MINUTE_MS;
    expect(fieldOf(await tenant.read('audit', cursorOf(first)), 'Id')).toEqual(['late']);
  });

  it('are read once more when what Microsoft gathers in arrears has come', async () => {
    const cursor = await begun();
    expect(progressIn(cursor).subscribedTime).toBe(NOW);
    const [createdTime, availableTime] = [NOW - 20 * HOUR_MS, NOW + 11 * HOUR_MS];
    tenant.fake.addContent({
      contentType: SHAREPOINT,
      records: [download('arrears')],
      createdTime,
      availableTime,
    });
    tenant.clock.time += 11 * HOUR_MS;
    const before = await tenant.read('audit', cursor);
    expect(fieldOf(before, 'Id')).toEqual([]);
    tenant.clock.time += 2 * HOUR_MS;
    const after = await tenant.read('audit', cursorOf(before));
    expect(fieldOf(after, 'Id')).toEqual(['arrears']);
    expect(progressIn(cursorOf(after)).subscribedTime).toBeUndefined();
    tenant.clock.time += HOUR_MS;
    expect(fieldOf(await tenant.read('audit', cursorOf(after)), 'Id')).toEqual([]);
  });
});

describe('content', () => {
  const ids = Array.from({ length: 25 }, (_, index) => `download-${index}`);

  it('is fetched ten blobs at a time, and the cursor moves when the window is done', async () => {
    addBlobs(ids);
    const cursor = { [SHAREPOINT]: { through: NOW - 2 * HOUR_MS, spanMs: 4 * HOUR_MS } };
    const pages = (await tenant.read('audit', cursor)).filter(({ records }) => records.length > 0);
    expect(pages.map((page) => [page.records.length, progressIn(page.cursor).through, page.last])).toEqual([
      [10, NOW - 2 * HOUR_MS, false],
      [10, NOW - 2 * HOUR_MS, false],
      [5, LISTED_UNTIL, false],
    ]);
    expect(fieldOf(pages, 'Id')).toEqual(ids);
  });

  it('is listed page by page by NextPageUri', async () => {
    await tenant.fake.stop();
    tenant = new TestTenant({ pageBlobs: 3 });
    await tenant.fake.start();
    addBlobs(ids.slice(0, 7));
    expect(fieldOf(await tenant.read('audit'), 'Id')).toEqual(ids.slice(0, 7));
    expect(tenant.fake.requests.filter((request) => request.includes('nextPage='))).toHaveLength(2);
  });

  it('whose listing breaks off is listed again, for less time', async () => {
    await tenant.fake.stop();
    tenant = new TestTenant({ pageBlobs: 3 });
    await tenant.fake.start();
    addBlobs(ids.slice(0, 7));
    tenant.fake.misbehaveWhen('nextPage', { vice: 'expired-link' });
    expect(new Set(fieldOf(await tenant.read('audit'), 'Id')).size).toBe(7);
  });

  it('has records twice: both are given', async () => {
    addBlobs(['twice', 'twice']);
    expect(fieldOf(await tenant.read('audit'), 'Id')).toEqual(['twice', 'twice']);
  });

  it('that has expired is counted, and the rest is read', async () => {
    const availableTime = NOW - HOUR_MS;
    const expiring = { contentType: SHAREPOINT, records: [download('gone')], availableTime };
    tenant.fake.addContent({ ...expiring, expiresTime: NOW - MINUTE_MS });
    addBlobs(['kept']);
    const pages = await tenant.read('audit');
    const outcomes = pages
      .flatMap((page) => page.records)
      .map((record) => tenant.normalize('audit', record as RawRecord));
    expect(outcomes).toMatchObject([
      { outcome: 'rejected', because: 'contentUri: what it held has expired, or could not be fetched' },
      { outcome: 'events' },
    ]);
    expect(tenant.fake.requests.filter((request) => request.includes('/audit/'))).toHaveLength(1);
  });

  it('that expires before it is fetched is counted as well (AF20051)', async () => {
    addBlobs(['gone', 'kept']);
    tenant.fake.misbehaveWhen('$0$', { vice: 'status', status: 400 });
    const pages = await tenant.read('audit');
    expect(fieldOf(pages, 'Id')).toEqual([undefined, 'kept']);
    expect(fieldOf(pages, 'contentId')).toEqual([expect.stringContaining('$0$'), undefined]);
    expect(pages.at(-1)?.last).toBe(true);
  });

  it('that still fails after a day, though its neighbours do not, is given up', async () => {
    addBlobs(['one', 'two'], NOW - 30 * HOUR_MS);
    tenant.fake.misbehaveWhen('$0$', { vice: 'status', status: 500 }, 5);
    const pages = await tenant.read('audit');
    expect(fieldOf(pages, 'Id')).toEqual([undefined, 'two']);
    expect(pages.at(-1)?.last).toBe(true);
  });

  it('that fails on its first day is asked for again by the next run, and keeps no other kind from being read', async () => {
    addBlobs(['one', 'two']);
    tenant.fake.addContent({
      contentType: 'Audit.General',
      records: [download('general')],
      availableTime: NOW - HOUR_MS,
    });
    tenant.fake.misbehaveWhen('$0$', { vice: 'status', status: 500 }, 5);
    const { pages, thrown } = await tenant.readToError('audit');
    expect(thrown).toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
    expect(fieldOf(pages, 'Id')).toEqual(['two', 'general']);
    expect(fieldOf(await tenant.read('audit', cursorOf(pages)), 'Id')).toEqual(['one', 'two']);
  });

  it('of another origin gets no request; what came with it is kept, and the error follows', async () => {
    addBlobs(['one']);
    tenant.fake.misbehaveWhen(
      `contentType=${SHAREPOINT}`,
      {
        vice: 'foreign-content',
        origin: 'http://localhost:9',
      },
      20,
    );
    const { pages, thrown } = await tenant.readToError('audit');
    expect(fieldOf(pages, 'Id')).toEqual([]);
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it('is not listed by a next page of another origin', async () => {
    addBlobs(['one']);
    await begun();
    const cursor = { [SHAREPOINT]: { through: NOW - 2 * HOUR_MS, spanMs: 4 * HOUR_MS } };
    tenant.fake.misbehaveWhen(`contentType=${SHAREPOINT}`, {
      vice: 'foreign-next',
      origin: 'http://localhost:9',
    });
    const { pages, thrown } = await tenant.readToError('audit', cursor);
    expect(fieldOf(pages, 'Id')).toEqual(['one']);
    expect(progressIn(cursorOf(pages)).through).toBe(NOW - 2 * HOUR_MS);
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });
});

describe('patience', () => {
  it('takes a 403 that says AF429 for what it is', async () => {
    tenant.fake.misbehave({ vice: 'too-many-as-403' });
    await tenant.read('audit');
    expect(tenant.clock.slept).toEqual([1_000]);
  });

  it('takes any other 403 for a denial, and says what is needed', async () => {
    tenant.fake.misbehave({ vice: 'denied' });
    await expect(tenant.read('audit')).rejects.toMatchObject({
      code: 'SOURCE_DENIED',
      message: expect.stringContaining('this feed needs ActivityFeed.Read') as unknown,
    });
  });

  it('ends at the deadline, and the next run goes on from there', async () => {
    addBlobs(['one']);
    tenant.fake.misbehaveWhen('/audit/', { vice: 'too-many', retryAfterSeconds: 300 });
    const pages = await tenant.read('audit', undefined, NOW + 2 * MINUTE_MS);
    expect(fieldOf(pages, 'Id')).toEqual([]);
    expect(pages.some(({ last }) => last)).toBe(false);
    expect(fieldOf(await tenant.read('audit', cursorOf(pages)), 'Id')).toEqual(['one']);
  });

  it('reads a blob again that was cut short', async () => {
    addBlobs(['one']);
    tenant.fake.misbehaveWhen('/audit/', { vice: 'cut-short' });
    expect(fieldOf(await tenant.read('audit'), 'Id')).toEqual(['one']);
  });
});

it.each([null, 7, 'text', [], { [SHAREPOINT]: 'soon' }, { [SHAREPOINT]: { through: NOW } }])(
  'starts anew from a cursor it did not write: %j',
  async (cursor) => {
    addBlobs(['one'], NOW - 6 * DAY_MS);
    expect(fieldOf(await tenant.read('audit', cursor), 'Id')).toEqual(['one']);
  },
);
