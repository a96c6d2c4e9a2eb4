/** The fake tenant by itself: it answers as Microsoft's documentation and its users say that Microsoft does. */
import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS, type EpochMs } from '../../../lib/core/time.ts';
import { FakeMicrosoft } from '../../../lib/simulator/microsoft/fake-microsoft.ts';
import { fileDownloaded, riskDetection, signIn } from '../../../lib/simulator/microsoft/records.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';

const NOW = Date.UTC(2026, 10, 2, 12);
const TENANT_ID = '0b7e0001-5c1d-4e2f-8a90-3f6d2c1b0001';
const CLIENT_ID = '0b7e0002-5c1d-4e2f-8a90-3f6d2c1b0002';
const WHO = { userName: 'ada.novak@example.com', ip: '192.0.2.10' };
const SHAREPOINT = 'Audit.SharePoint';

let now: EpochMs;
let fake: FakeMicrosoft;

beforeEach(async () => {
  now = NOW;
  const app = { tenantId: TENANT_ID, clientId: CLIENT_ID, clientSecret: 'invented~secret' };
  fake = new FakeMicrosoft({ ...app, now: () => now, pageRecords: 2, pageBlobs: 2 });
  await fake.start();
});

afterEach(() => fake.stop());

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function askForToken(changes: Record<string, string> = {}): Promise<Answered> {
  const form = {
    client_id: CLIENT_ID,
    client_secret: 'invented~secret',
    scope: 'https://graph.microsoft.com/.default',
    grant_type: 'client_credentials',
    ...changes,
  };
  const url = `${fake.url}/${TENANT_ID}/oauth2/v2.0/token`;
  return answered(await fetch(url, { method: 'POST', body: new URLSearchParams(form) }));
}

async function get(path: string, api: 'graph' | 'manage' = 'graph', method = 'GET'): Promise<Answered> {
  const host = api === 'graph' ? 'graph.microsoft.com' : 'manage.office.com';
  const { body } = await askForToken({ scope: `https://${host}/.default` });
  const headers = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
  return answered(await fetch(new URL(path, fake.url), { method, headers }));
}

const feed = (operation: string, method?: string) =>
  get(`/api/v1.0/${TENANT_ID}/activity/feed/${operation}`, 'manage', method);

const content = (from: EpochMs, to: EpochMs) =>
  feed(
    `subscriptions/content?contentType=${SHAREPOINT}&startTime=${isoTime(from).slice(0, 19)}&endTime=${isoTime(to).slice(0, 19)}`,
  );

function window(field: string, from: EpochMs, to: EpochMs): string {
  return `$filter=${field} ge ${isoTime(from)} and ${field} le ${isoTime(to)}`;
}

function ids({ body }: Answered): unknown[] {
  return (body as { value: RawRecord[] }).value.map(({ id }) => id);
}

describe('tokens', () => {
  it('are given to the application that proves itself', async () => {
    expect(await askForToken()).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  });

  it.each([
    [{ client_secret: 'wrong' }, 401, 'AADSTS7000215'],
    [{ client_id: TENANT_ID }, 400, 'AADSTS700016'],
    [{ scope: 'https://example.com/.default' }, 400, 'AADSTS70011'],
  ])('are refused to %j', async (changes, status, number) => {
    expect(await askForToken(changes)).toMatchObject({
      status,
      body: { error_description: expect.stringContaining(number) as unknown },
    });
  });

  it('are good for the API they were asked for, an hour long', async () => {
    const { body } = await askForToken({ scope: 'https://manage.office.com/.default' });
    const headers = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
    const list = `${fake.url}/api/v1.0/${TENANT_ID}/activity/feed/subscriptions/list`;
    const statusOf = async (url: string) => (await fetch(url, { headers })).status;
    expect([await statusOf(`${fake.url}/v1.0/users`), await statusOf(list)]).toEqual([401, 200]);
    now += HOUR_MS;
    expect(await statusOf(list)).toBe(401);
  });
});

describe('Graph', () => {
  const path = '/v1.0/auditLogs/signIns';

  beforeEach(() => {
    for (const [id, minutes] of [
      ['old', 50],
      ['new', 10],
      ['middle', 30],
    ] as const)
      fake.add('sign-ins', [signIn({ ...WHO, id, time: NOW - minutes * MINUTE_MS })]);
  });

  it('lists newest first, page by page, until no link is left', async () => {
    const first = await get(`${path}?${window('createdDateTime', NOW - HOUR_MS, NOW)}`);
    expect(ids(first)).toEqual(['new', 'middle']);
    const next = (first.body as Record<string, string>)['@odata.nextLink'] ?? '';
    const last = await get(next);
    expect(ids(last)).toEqual(['old']);
    expect(last.body).not.toHaveProperty('@odata.nextLink');
  });

  it('takes both ends of a window', async () => {
    const exact = window('createdDateTime', NOW - 30 * MINUTE_MS, NOW - 10 * MINUTE_MS);
    expect(ids(await get(`${path}?${exact}`))).toEqual(['new', 'middle']);
  });

  it.each([
    ['another field', window('detectedDateTime', NOW - HOUR_MS, NOW)],
    ['an end alone', `$filter=createdDateTime le ${isoTime(NOW)}`],
    ['what is no longer kept', window('createdDateTime', NOW - 91 * DAY_MS, NOW)],
  ])('refuses a filter of %s', async (_, query) => {
    expect(await get(`${path}?${query}`)).toMatchObject({ status: 400 });
  });

  it('lists a record from when it is available', async () => {
    fake.add('sign-ins', [signIn({ ...WHO, id: 'late', time: NOW - 5 * MINUTE_MS })], NOW + HOUR_MS);
    const query = `${path}?${window('createdDateTime', NOW - 6 * MINUTE_MS, NOW)}`;
    expect(ids(await get(query))).toEqual([]);
    now += HOUR_MS;
    expect(ids(await get(query))).toEqual(['late']);
  });

  it('writes a detection again in its place', async () => {
    const detection = { ...WHO, id: 'risk', time: NOW - 2 * DAY_MS };
    fake.add('risk-detections', [riskDetection(detection)]);
    fake.add('risk-detections', [
      riskDetection(detection, { updatedTime: NOW - HOUR_MS, state: 'dismissed' }),
    ]);
    const query = window('lastUpdatedDateTime', NOW - 3 * DAY_MS, NOW);
    const { body } = await get(`/v1.0/identityProtection/riskDetections?${query}`);
    expect(body).toMatchObject({ value: [{ id: 'risk', riskState: 'dismissed' }] });
  });

  it('tells the devices of a program to those who ask for them alone', async () => {
    fake.add('detected-apps', [{ id: 'app', displayName: 'AnyDesk', managedDevices: [{ id: 'device' }] }]);
    const apps = '/v1.0/deviceManagement/detectedApps';
    expect((await get(apps)).body).toEqual({ value: [{ id: 'app', displayName: 'AnyDesk' }] });
    expect(ids(await get(`${apps}/app/managedDevices`))).toEqual(['device']);
    expect(await get(`${apps}/other/managedDevices`)).toMatchObject({ status: 404 });
  });

  it('forgets what is removed from a listing', async () => {
    fake.add('users', [{ id: 'ada' }, { id: 'bob' }]);
    fake.remove('users', 'ada');
    expect(ids(await get('/v1.0/users'))).toEqual(['bob']);
  });

  it('has a vice for as long as it is told', async () => {
    fake.misbehave({ vice: 'too-many', retryAfterSeconds: 3 }, { vice: 'too-many' });
    fake.misbehaveWhen('users', { vice: 'denied' });
    const [told, untold, other] = [
      await get(path),
      await get(path),
      await get('/v1.0/deviceManagement/managedDevices'),
    ];
    expect([told.status, told.headers.get('retry-after')]).toEqual([429, '3']);
    expect([untold.status, untold.headers.get('retry-after')]).toEqual([429, null]);
    expect(other.status).toBe(200);
    expect((await get('/v1.0/users')).status).toBe(403);
    expect((await get('/v1.0/users')).status).toBe(200);
  });
});

describe('the Management Activity API', () => {
  function addBlob(id: string, availableTime: EpochMs, expiresTime = availableTime + 7 * DAY_MS): void {
    const records = [fileDownloaded({ ...WHO, id, time: NOW - 5 * DAY_MS })];
    fake.addContent({ contentType: SHAREPOINT, records, availableTime, expiresTime });
  }

  const start = () => feed(`subscriptions/start?contentType=${SHAREPOINT}`, 'POST');

  it('lists nothing before somebody subscribes, once', async () => {
    expect(await content(NOW - HOUR_MS, NOW)).toMatchObject({
      status: 400,
      body: { error: { code: 'AF20022' } },
    });
    expect(await start()).toMatchObject({ status: 200, body: { status: 'enabled' } });
    expect(await start()).toMatchObject({ status: 400, body: { error: { code: 'AF20024' } } });
    expect((await feed('subscriptions/list')).body).toMatchObject([{ contentType: SHAREPOINT }]);
  });

  it('lets a quarter of an hour pass between two starts', async () => {
    await start();
    fake.unsubscribe(SHAREPOINT);
    expect((await start()).status).toBe(429);
    now += 15 * MINUTE_MS;
    expect((await start()).status).toBe(200);
  });

  it('takes the start of a window and not its end, and links to the next page in a header', async () => {
    await start();
    for (const minutes of [60, 50, 40, 30]) addBlob(`at-${minutes}`, NOW - minutes * MINUTE_MS);
    const first = await content(NOW - HOUR_MS, NOW - 30 * MINUTE_MS);
    const last = await get(first.headers.get('nextpageuri') ?? '', 'manage');
    const created = [first, last].map(({ body }) =>
      (body as { contentCreated: string }[]).map(({ contentCreated }) => contentCreated),
    );
    expect(created).toEqual([
      [isoTime(NOW - 60 * MINUTE_MS), isoTime(NOW - 50 * MINUTE_MS)],
      [isoTime(NOW - 40 * MINUTE_MS)],
    ]);
    expect(last.headers.get('nextpageuri')).toBeNull();
  });

  it.each([
    ['longer than a day', NOW - DAY_MS - 1_000, NOW],
    ['of more than a week ago', NOW - 7 * DAY_MS - 1_000, NOW - 7 * DAY_MS],
  ])('refuses a window %s', async (_, from, to) => {
    await start();
    expect(await content(from, to)).toMatchObject({ status: 400, body: { error: { code: 'AF20055' } } });
  });

  it('gives a blob until it expires', async () => {
    await start();
    addBlob('one', NOW - HOUR_MS, NOW + HOUR_MS);
    const [entry] = (await content(NOW - 2 * HOUR_MS, NOW)).body as { contentUri: string }[];
    const blob = () => get(entry?.contentUri ?? '', 'manage');
    expect((await blob()).body).toMatchObject([
      { Id: 'one', CreationTime: isoTime(NOW - 5 * DAY_MS).slice(0, 19) },
    ]);
    now += HOUR_MS;
    expect(await blob()).toMatchObject({ status: 400, body: { error: { code: 'AF20051' } } });
    expect(await feed('audit/other')).toMatchObject({ body: { error: { code: 'AF20050' } } });
  });
});
