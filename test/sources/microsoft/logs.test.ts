/** Graph's logs, over HTTP from a fake tenant. */
import { DAY_MS, HOUR_MS, isoTime, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { factorRegistered, riskDetection, signIn } from '../../../lib/simulator/microsoft/records.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { cursorOf, fieldOf, NOW, queriesTo, TestTenant } from './tenant.ts';

const WHO = { userName: 'ada.novak@example.com', ip: '192.0.2.10' };

let tenant: TestTenant;

beforeEach(async () => {
  tenant = new TestTenant();
  await tenant.fake.start();
});

afterEach(() => tenant.fake.stop());

async function withPagesOf(pageRecords: number, more: { keepsDays?: number } = {}): Promise<void> {
  await tenant.fake.stop();
  tenant = new TestTenant({ pageRecords, ...more });
  await tenant.fake.start();
}

/** Records a minute apart, the newest a minute old. */
function signIns(count: number): RawRecord[] {
  return Array.from({ length: count }, (_, index) =>
    signIn({ ...WHO, id: `sign-in-${index}`, time: NOW - (index + 1) * MINUTE_MS }),
  );
}

it.each([
  ['sign-ins', signIn({ ...WHO, id: 'one', time: NOW - HOUR_MS }), 'authentication'],
  [
    'other-sign-ins',
    signIn({ ...WHO, id: 'one', time: NOW - HOUR_MS }, 'nonInteractiveUser'),
    'authentication',
  ],
  ['directory-audits', factorRegistered({ ...WHO, id: 'one', time: NOW - HOUR_MS }), 'account-change'],
  ['risk-detections', riskDetection({ ...WHO, id: 'one', time: NOW - HOUR_MS }), 'detection-finding'],
] as const)('reads %s, and what it reads gives events', async (feed, record, kind) => {
  tenant.fake.add(feed, [record]);
  const pages = await tenant.read(feed);
  expect(pages.map(({ last }) => last).indexOf(true)).toBe(pages.length - 1);
  const records = pages.flatMap((page) => page.records) as RawRecord[];
  const normalized = records.map((each) => tenant.normalize(feed, each));
  expect(normalized).toMatchObject([{ outcome: 'events', events: [{ kind, uid: 'one' }] }]);
});

describe('windows', () => {
  const windows = (path = '/signIns') =>
    queriesTo(tenant.fake, path).map(({ $filter = '' }) => {
      const [, from = '', to = ''] = / ge (\S+) and \w+ le (\S+)/.exec($filter) ?? [];
      return { from: Date.parse(from), to: Date.parse(to) };
    });

  it('begin two weeks back and leave no hole', async () => {
    await tenant.read('sign-ins');
    const asked = windows();
    expect(asked[0]?.from).toBe(NOW - 14 * DAY_MS);
    expect(asked.at(-1)?.to).toBe(NOW);
    expect(asked.slice(1).map(({ from }) => from)).toEqual(asked.slice(0, -1).map(({ to }) => to));
  });

  it('grow while little is in them, up to two days', async () => {
    await tenant.read('sign-ins');
    const hours = windows().map(({ from, to }) => (to - from) / HOUR_MS);
    expect(hours.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 32]);
    expect(Math.max(...hours)).toBe(48);
  });

  it('shrink when one takes many pages', async () => {
    await withPagesOf(1);
    tenant.fake.add('sign-ins', signIns(25));
    const pages = await tenant.read('sign-ins', { through: NOW, spanMs: 2 * HOUR_MS });
    expect(cursorOf(pages)).toEqual({ through: NOW, spanMs: HOUR_MS });
  });

  it('begin where Microsoft still has records, when two weeks are refused', async () => {
    await withPagesOf(1_000, { keepsDays: 7 });
    tenant.fake.add('directory-audits', [
      factorRegistered({ ...WHO, id: 'old', time: NOW - 7 * DAY_MS + 90 * MINUTE_MS }),
    ]);
    expect(fieldOf(await tenant.read('directory-audits'), 'id')).toEqual(['old']);
  });

  it('begin no earlier than Microsoft keeps, after a long silence', async () => {
    await withPagesOf(1_000, { keepsDays: 30 });
    await tenant.read('sign-ins', { through: NOW - 300 * DAY_MS, spanMs: HOUR_MS });
    expect(windows()[0]?.from).toBe(NOW - 30 * DAY_MS + HOUR_MS);
  });

  it('say so when Graph no longer knows the query', async () => {
    await withPagesOf(1_000, { keepsDays: 1 });
    await expect(tenant.read('sign-ins')).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it.each([
    ['sign-ins', '/signIns', 60],
    ['other-sign-ins', '/signIns', 180],
    ['directory-audits', '/directoryAudits', 60],
    ['risk-detections', '/riskDetections', 1_440],
  ])('of %s begin before the point that was reached, for what came late', async (feed, path, minutes) => {
    await tenant.read(feed, { through: NOW, spanMs: HOUR_MS });
    expect(windows(path)[0]?.from).toBe(NOW - minutes * MINUTE_MS);
  });

  it('list every kind of other sign-in', async () => {
    tenant.fake.add('other-sign-ins', [
      { ...signIn({ ...WHO, id: 'token', time: NOW - 3 }), signInEventTypes: ['nonInteractiveUser'] },
      { ...signIn({ ...WHO, id: 'program', time: NOW - 2 }), signInEventTypes: ['servicePrincipal'] },
      { ...signIn({ ...WHO, id: 'machine', time: NOW - 1 }), signInEventTypes: ['managedIdentity'] },
      { ...signIn({ ...WHO, id: 'person', time: NOW - 1 }), signInEventTypes: ['interactiveUser'] },
    ]);
    const pages = await tenant.read('other-sign-ins', { through: NOW, spanMs: DAY_MS });
    expect(fieldOf(pages, 'id')).toEqual(['token', 'program', 'machine']);
    expect(pages.map(({ last }) => last)).toEqual([false, false, true]);
  });
});

describe('the cursor', () => {
  it('stays where it was until the whole window is read, newest first', async () => {
    await withPagesOf(2);
    tenant.fake.add('sign-ins', signIns(5));
    const through = NOW - 10 * MINUTE_MS;
    const pages = await tenant.read('sign-ins', { through, spanMs: DAY_MS });
    expect(pages.map(({ cursor, last }) => [(cursor as { through: number }).through, last])).toEqual([
      [through, false],
      [through, false],
      [NOW, true],
    ]);
    expect(fieldOf(pages, 'id')).toEqual(['sign-in-0', 'sign-in-1', 'sign-in-2', 'sign-in-3', 'sign-in-4']);
  });

  it('asks for half as much after a run that did not get to the end', async () => {
    await withPagesOf(2);
    tenant.fake.add('sign-ins', signIns(5));
    for await (const { cursor } of tenant.pages('sign-ins', { through: NOW, spanMs: 4 * HOUR_MS })) {
      expect(cursor).toEqual({ through: NOW, spanMs: 2 * HOUR_MS });
      break;
    }
  });

  it('holds no link', async () => {
    await withPagesOf(2);
    tenant.fake.add('sign-ins', signIns(5));
    const pages = await tenant.read('sign-ins', { through: NOW, spanMs: DAY_MS });
    expect(tenant.fake.requests.filter((request) => request.includes('skiptoken'))).toHaveLength(2);
    expect(JSON.stringify(pages.map(({ cursor }) => cursor))).not.toContain('skiptoken');
  });

  it.each([
    null,
    7,
    'text',
    [],
    { through: 'soon', spanMs: {} },
    { through: -1, spanMs: 1 },
    { through: NOW },
  ])('counts as none when no run wrote it: %j', async (cursor) => {
    await tenant.read('sign-ins', cursor);
    expect(tenant.fake.requests.find((request) => request.includes('signIns'))).toContain(
      encodeURIComponent(isoTime(NOW - 14 * DAY_MS)).slice(0, 10),
    );
  });

  it('reads a detection again when somebody has decided on it', async () => {
    const detection = { ...WHO, id: 'risk', time: NOW - 5 * DAY_MS };
    tenant.fake.add('risk-detections', [riskDetection(detection)]);
    const cursor = cursorOf(await tenant.read('risk-detections'));
    tenant.clock.time += 2 * DAY_MS;
    const decided = riskDetection(detection, { updatedTime: NOW + DAY_MS + HOUR_MS, state: 'dismissed' });
    tenant.fake.add('risk-detections', [decided]);
    expect(fieldOf(await tenant.read('risk-detections', cursor), 'riskState')).toEqual(['dismissed']);
  });
});

describe('a link to the next page', () => {
  beforeEach(async () => {
    await withPagesOf(2);
    tenant.fake.add('sign-ins', signIns(5));
  });

  const inOneWindow = { through: NOW, spanMs: 2 * HOUR_MS };

  it('that has expired lets the window be read again by halves', async () => {
    tenant.fake.misbehaveWhen('skiptoken', { vice: 'expired-link' });
    const pages = await tenant.read('sign-ins', inOneWindow);
    expect(new Set(fieldOf(pages, 'id')).size).toBe(5);
    expect(cursorOf(pages)).toMatchObject({ through: NOW });
  });

  it('that always expires ends the run when there are no halves left', async () => {
    tenant.fake.misbehaveWhen('skiptoken', { vice: 'expired-link' }, 20);
    await withinOneMinute();
    const { thrown } = await tenant.readToError('sign-ins', { through: NOW, spanMs: 16 * MINUTE_MS });
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  /** Puts more into a minute than a page holds. */
  function withinOneMinute(): Promise<void> {
    const time = NOW - HOUR_MS + 30 * SECOND_MS;
    tenant.fake.add(
      'sign-ins',
      Array.from({ length: 5 }, (_, index) => signIn({ ...WHO, id: `dense-${index}`, time: time + index })),
    );
    return Promise.resolve();
  }

  it('of another origin gets no request; what came with it is kept, and the error follows', async () => {
    tenant.fake.misbehave({ vice: 'foreign-next', origin: 'http://localhost:9' });
    const { pages, thrown } = await tenant.readToError('sign-ins', inOneWindow);
    expect(fieldOf(pages, 'id')).toEqual(['sign-in-0', 'sign-in-1']);
    expect(pages[0]).toMatchObject({ cursor: { through: NOW, spanMs: HOUR_MS }, last: false });
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
    expect(queriesTo(tenant.fake, '/signIns')).toHaveLength(1);
  });
});

describe('patience', () => {
  const soon = { through: NOW, spanMs: DAY_MS };

  it('waits as long as Retry-After says', async () => {
    tenant.fake.misbehave({ vice: 'too-many', retryAfterSeconds: 17 });
    expect(await tenant.read('sign-ins', soon)).toHaveLength(1);
    expect(tenant.clock.slept).toEqual([17_000]);
  });

  it('waits longer each time when Microsoft does not say how long', async () => {
    tenant.fake.misbehave({ vice: 'too-many' }, { vice: 'too-many' }, { vice: 'too-many' });
    expect(await tenant.read('risk-detections', soon)).toHaveLength(1);
    expect(tenant.clock.slept).toEqual([1_000, 2_000, 4_000]);
  });

  it('ends instead of waiting beyond its deadline', async () => {
    tenant.fake.misbehave({ vice: 'too-many', retryAfterSeconds: 150 });
    expect(await tenant.read('sign-ins', soon, NOW + MINUTE_MS)).toEqual([]);
    expect(tenant.clock.slept).toEqual([]);
  });

  it('asks again after a fault and after an answer cut short', async () => {
    tenant.fake.add('sign-ins', signIns(2));
    tenant.fake.misbehave({ vice: 'status', status: 504 }, { vice: 'cut-short' });
    expect(fieldOf(await tenant.read('sign-ins', soon), 'id')).toEqual(['sign-in-0', 'sign-in-1']);
  });

  it('gives up after five faults, and keeps what came before', async () => {
    await withPagesOf(2);
    tenant.fake.add('sign-ins', signIns(3));
    const { fake } = tenant;
    const pages: unknown[] = [];
    const reading = (async () => {
      for await (const page of tenant.pages('sign-ins', soon)) {
        pages.push(page);
        fake.misbehave(...Array.from({ length: 5 }, () => ({ vice: 'status', status: 500 }) as const));
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
    expect(pages).toHaveLength(1);
  });

  it('has none for a denial, and says what the feed needs', async () => {
    tenant.fake.misbehave({ vice: 'denied' });
    await expect(tenant.read('sign-ins', soon)).rejects.toMatchObject({
      code: 'SOURCE_DENIED',
      message: expect.stringContaining(
        'this feed needs AuditLog.Read.All, Directory.Read.All, Entra ID P1 or P2',
      ) as unknown,
    });
  });
});
