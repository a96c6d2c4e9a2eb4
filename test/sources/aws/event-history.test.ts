import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import type { FakeAwsOptions, Place } from '../../../lib/simulator/aws/fake-aws.ts';
import { consoleSignIn } from '../../../lib/simulator/aws/records.ts';
import { cloudtrail } from '../../../lib/sources/aws/cloudtrail.ts';
import { awsManifest } from '../../../lib/sources/aws/manifest.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { ALONE, BOTH, LiveAws, NOW, OTHER, OWN, runReader, type Run } from './live.ts';

const WHO = { user: 'ana.silva', ip: '198.51.100.23' };
const OWN_ONLY = { ...BOTH, accounts: [OWN.account] };
const OWN_NAME = `${OWN.account}/${OWN.region}`;
const OTHER_NAME = `${OTHER.account}/${OTHER.region}`;

let aws: LiveAws;

beforeEach(async () => {
  // Waiting moves the clock at once, for all who wait; the limit itself has tests of its own.
  aws = new LiveAws({ lookupsASecond: Infinity });
  await aws.start();
});

afterEach(() => aws.fake.stop());

async function restart(options: Partial<FakeAwsOptions>): Promise<void> {
  await aws.fake.stop();
  aws = new LiveAws(options);
  await aws.start();
}

function addSignIns(
  count: number,
  place: Place = OWN,
  spacingMs = MINUTE_MS,
  newest = NOW - MINUTE_MS,
): void {
  for (let index = count - 1; index >= 0; index--) {
    const time = newest - index * spacingMs;
    aws.fake.addEvent(place, consoleSignIn({ ...WHO, ...place, id: `${place.account}-${index}`, time }));
  }
}

function ids({ pages }: Run): string[] {
  return pages.flatMap(({ records }) => records.map((record) => (record as RawRecord)['EventId'] as string));
}

function lookUps(): readonly RawRecord[] {
  return aws.fake.requests.map(({ input }) => input);
}

it('reads the account it runs in with its own credentials', async () => {
  addSignIns(3);
  const run = await aws.run(ALONE, 'cloudtrail');
  expect(ids(run)).toHaveLength(3);
  expect(run.pages.map(({ last }) => last)).toEqual([true]);
  expect(run.cursor).toEqual({ [`own/${OWN.region}`]: { until: NOW } });
});

it('reads other accounts by their role, in every Region', async () => {
  const ireland = { ...OTHER, region: 'eu-west-1' };
  addSignIns(1, OWN);
  addSignIns(2, ireland);
  const run = await aws.run({ ...BOTH, regions: [OWN.region, ireland.region] }, 'cloudtrail');
  expect(ids(run).sort()).toEqual([`${OWN.account}-0`, `${OTHER.account}-0`, `${OTHER.account}-1`]);
  expect(Object.keys(run.cursor as object).sort()).toEqual(
    [OWN, OTHER].flatMap(({ account }) => [`${account}/eu-central-1`, `${account}/eu-west-1`]),
  );
});

it('gives records that the normaliser turns into events', async () => {
  addSignIns(1);
  const { pages } = await aws.run(ALONE, 'cloudtrail');
  const [record] = pages[0]?.records ?? [];
  expect(cloudtrail.normalize(record as RawRecord, { observedTime: NOW })).toMatchObject({
    outcome: 'events',
    events: [{ kind: 'authentication', uid: `${OWN.account}-0`, time: NOW - MINUTE_MS }],
  });
});

it('begins two weeks back, in windows of a day, the oldest first', async () => {
  const run = await aws.run(OWN_ONLY, 'cloudtrail');
  const from = NOW - 14 * DAY_MS;
  expect(lookUps()).toEqual(
    Array.from({ length: 14 }, (_, day) => ({
      StartTime: (from + day * DAY_MS) / SECOND_MS,
      EndTime: (from + (day + 1) * DAY_MS) / SECOND_MS,
      MaxResults: 50,
    })),
  );
  expect(run.cursor).toEqual({ [OWN_NAME]: { until: NOW } });
});

it('begins half an hour before where the last run ended, as its manifest says', async () => {
  await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: NOW - 5 * MINUTE_MS } });
  expect(lookUps()).toEqual([
    { StartTime: (NOW - 35 * MINUTE_MS) / SECOND_MS, EndTime: NOW / SECOND_MS, MaxResults: 50 },
  ]);
  expect(awsManifest.feeds[0]).toMatchObject({ id: 'cloudtrail', overlapMinutes: 30, keepsDays: 90 });
});

it('asks for no more than AWS keeps', async () => {
  const { cursor } = await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: 0 } });
  expect(lookUps()[0]).toMatchObject({ StartTime: (NOW - 90 * DAY_MS) / SECOND_MS });
  expect(cursor).toEqual({ [OWN_NAME]: { until: NOW } });
});

it.each([undefined, null, 'soon', [], { [OWN_NAME]: 'soon' }, { [OWN_NAME]: { until: 'soon' } }])(
  'takes the cursor %p for none',
  async (cursor) => {
    await aws.run(OWN_ONLY, 'cloudtrail', cursor);
    expect(lookUps()[0]).toMatchObject({ StartTime: (NOW - 14 * DAY_MS) / SECOND_MS });
  },
);

it('forgets accounts that the connection no longer has', async () => {
  const { cursor } = await aws.run(OWN_ONLY, 'cloudtrail', {
    [OWN_NAME]: { until: NOW },
    [OTHER_NAME]: { until: NOW },
  });
  expect(Object.keys(cursor as object)).toEqual([OWN_NAME]);
});

it('follows tokens, and says that a window has been read only when it has', async () => {
  addSignIns(2_010, OWN, SECOND_MS);
  const until = NOW - MINUTE_MS;
  const run = await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until } });
  // Half an hour and a minute of it.
  expect(new Set(ids(run)).size).toBe(1_801);
  const window = { from: until - 30 * MINUTE_MS, to: NOW, downTo: NOW - MINUTE_MS - 950 * SECOND_MS };
  expect(run.pages.map(({ records, cursor, last }) => [records.length, cursor, last])).toEqual([
    [1_000, { [OWN_NAME]: { until, window } }, false],
    [801, { [OWN_NAME]: { until: NOW } }, true],
  ]);
});

it('asks twice a second at most', async () => {
  await restart({});
  addSignIns(200, OWN, SECOND_MS);
  await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: NOW } });
  expect(aws.fake.requests).toHaveLength(4);
  expect(aws.clock.slept).toEqual([500, 500, 500]);
});

it('goes on when AWS throttles, fails, or breaks off', async () => {
  const started = Date.now();
  // The SDK waits by the real clock.
  await restart({ now: () => NOW + Date.now() - started });
  addSignIns(60, OWN, SECOND_MS);
  aws.fake.misbehave({ vice: 'throttle' }, { vice: 'status', status: 503 }, { vice: 'cut-short' });
  const run = await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: NOW } });
  expect(new Set(ids(run)).size).toBe(60);
});

it('gives up after five faults, and says that it may be tried again', async () => {
  aws.fake.misbehave(...Array.from({ length: 5 }, () => ({ vice: 'status', status: 500 }) as const));
  const { pages, thrown } = await aws.run(OWN_ONLY, 'cloudtrail');
  expect(pages).toEqual([]);
  expect(thrown).toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
  expect(String(thrown)).toContain(`${OWN_NAME}: LookupEvents: InternalFailure`);
});

it('reads the others when an account denies, then names it', async () => {
  addSignIns(2, OTHER);
  aws.fake.deny(OWN);
  const run = await aws.run(BOTH, 'cloudtrail');
  expect(ids(run)).toHaveLength(2);
  expect(run.cursor).toEqual({ [OTHER_NAME]: { until: NOW } });
  expect(run.thrown).toMatchObject({
    code: 'SOURCE_DENIED',
    retryable: false,
    message: `${OWN_NAME}: LookupEvents: AccessDeniedException`,
  });
});

it('reads the others when a role cannot be taken on, then names it', async () => {
  addSignIns(2, OWN);
  const stranger = '345678901234';
  const run = await aws.run({ ...BOTH, accounts: [stranger, OWN.account] }, 'cloudtrail');
  expect(ids(run)).toHaveLength(2);
  expect(run.thrown).toMatchObject({
    code: 'SOURCE_DENIED',
    message: `${stranger}/${OWN.region}: AssumeRole of RingerReader in ${stranger}: AccessDenied`,
  });
});

it('is denied with another external id', async () => {
  const { pages, thrown } = await aws.run({ ...BOTH, externalId: 'another-id' }, 'cloudtrail');
  expect(pages).toEqual([]);
  expect(thrown).toMatchObject({ code: 'SOURCE_DENIED' });
});

it('takes a role on once for all Regions and runs, and again before its hour is over', async () => {
  const connection = { ...BOTH, accounts: [OWN.account], regions: ['eu-central-1', 'eu-west-1'] };
  const readers = aws.readers(connection);
  const run = (): Promise<Run> =>
    runReader(readers, 'cloudtrail', undefined, aws.clock.now() + 10 * MINUTE_MS);
  await run();
  await run();
  expect(aws.fake.rolesAsked).toEqual([`arn:aws:iam::${OWN.account}:role/RingerReader`]);
  aws.clock.time += 55 * MINUTE_MS;
  await run();
  expect(aws.fake.rolesAsked).toHaveLength(2);
});

it('stops at the deadline, and goes on with what of the window is unread', async () => {
  addSignIns(1_000, OTHER, SECOND_MS, NOW - HOUR_MS);
  const before = NOW - DAY_MS + 30 * MINUTE_MS;
  const states = { [OWN_NAME]: { until: NOW }, [OTHER_NAME]: { until: before } };
  const first = await aws.run(BOTH, 'cloudtrail', states, NOW + 3 * SECOND_MS);
  expect(first.thrown).toBeUndefined();
  expect(first.pages.map(({ records, last }) => [records.length, last])).toEqual([[300, false]]);
  // The newest of the last page: events may be out of order by one.
  const downTo = NOW - HOUR_MS - 250 * SECOND_MS;
  expect(first.cursor).toEqual({
    [OWN_NAME]: { until: NOW },
    [OTHER_NAME]: { until: before, window: { from: NOW - DAY_MS, to: NOW, downTo } },
  });
  const second = await aws.run(BOTH, 'cloudtrail', first.cursor);
  expect(ids(second)).toHaveLength(750);
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(1_000);
  expect(second.cursor).toMatchObject({ [OTHER_NAME]: { until: NOW + 2 * SECOND_MS } });
});

it('gives up what is under way at the deadline, and fails for nothing of that', async () => {
  aws.fake.misbehave({ vice: 'hang' });
  const run = await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: NOW } }, NOW + 200);
  expect(run).toMatchObject({ pages: [], thrown: undefined });
});

it('overlaps a window that an earlier run began, once that is read', async () => {
  const window = { from: NOW - HOUR_MS, to: NOW - 5 * MINUTE_MS, downTo: NOW - 50 * MINUTE_MS };
  await aws.run(OWN_ONLY, 'cloudtrail', { [OWN_NAME]: { until: NOW - 30 * MINUTE_MS, window } });
  expect(lookUps().map(({ StartTime, EndTime }) => [StartTime, EndTime])).toEqual([
    [window.from / SECOND_MS, window.downTo / SECOND_MS],
    [(NOW - 35 * MINUTE_MS) / SECOND_MS, NOW / SECOND_MS],
  ]);
});

it('reads those first that are furthest behind', async () => {
  const regions = Array.from({ length: 9 }, (_, index) => `eu-west-${index + 1}`);
  const states = Object.fromEntries(
    regions.map((region, index) => [`own/${region}`, { until: NOW - index * MINUTE_MS }]),
  );
  await aws.run({ ...ALONE, regions }, 'cloudtrail', states);
  expect(aws.fake.requests.at(-1)?.region).toBe('eu-west-1');
});
