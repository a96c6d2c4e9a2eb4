import { MINUTE_MS } from '../../../lib/core/time.ts';
import type { FakeInstance } from '../../../lib/simulator/aws/fake-inventory.ts';
import { inventory } from '../../../lib/sources/aws/inventory.ts';
import { awsReaders } from '../../../lib/sources/aws/readers.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { ALONE, BOTH, LiveAws, NOW, OTHER, OWN, runReader, type Run } from './live.ts';

const OWN_ONLY = { ...BOTH, accounts: [OWN.account] };
const OWN_NAME = `${OWN.account}/${OWN.region}`;
const OTHER_NAME = `${OTHER.account}/${OTHER.region}`;

let aws: LiveAws;

beforeEach(async () => {
  aws = new LiveAws();
  await aws.start();
});

afterEach(() => aws.fake.stop());

function instance(number: number, applications: readonly string[] = ['AnyDesk']): FakeInstance {
  return {
    id: `mi-${String(number).padStart(17, '0')}`,
    captureTime: NOW - MINUTE_MS,
    information: {
      ComputerName: `build-${number}.example.com`,
      InstanceStatus: 'Active',
      PlatformName: 'Ubuntu',
      PlatformType: 'Linux',
      PlatformVersion: '24.04',
    },
    applications: applications.map((Name) => ({ Name, Version: '9.0', Publisher: 'invented' })),
  };
}

function put(count: number, place = OWN): void {
  for (let number = 0; number < count; number++) aws.fake.putInstance(place, instance(number));
}

function ids({ pages }: Run): string[] {
  return pages.flatMap(({ records }) => records.map((record) => (record as RawRecord)['Id'] as string));
}

it('gives each instance with its applications, as the normaliser reads them', async () => {
  aws.fake.putInstance(OWN, instance(1, ['AnyDesk', 'Google Chrome']));
  const { pages } = await aws.run(ALONE, 'inventory');
  expect(pages).toMatchObject([{ cursor: {}, last: true }]);
  const device = { uid: instance(1).id, name: 'build-1.example.com', os: 'Ubuntu 24.04' };
  const [record] = pages[0]?.records ?? [];
  expect(inventory.normalize(record as RawRecord, { observedTime: NOW })).toMatchObject({
    outcome: 'events',
    events: [
      { kind: 'device-inventory-info', time: NOW - MINUTE_MS, device, state: { status: 'active' } },
      { kind: 'software-inventory-info', device, package: { name: 'AnyDesk', version: '9.0' } },
      { kind: 'software-inventory-info', device, package: { name: 'Google Chrome' } },
    ],
  });
});

it('lists all pages of instances and of applications, in every account', async () => {
  put(120);
  aws.fake.putInstance(
    OTHER,
    instance(
      7,
      Array.from({ length: 120 }, (_, index) => `application ${index}`),
    ),
  );
  const run = await aws.run(BOTH, 'inventory');
  expect(ids(run)).toHaveLength(121);
  const software = run.pages
    .flatMap(({ records }) => records)
    .flatMap((record) => {
      const normalized = inventory.normalize(record as RawRecord, { observedTime: NOW });
      return normalized.outcome === 'events' ? normalized.events : [];
    })
    .filter(({ kind }) => kind === 'software-inventory-info');
  expect(software).toHaveLength(240);
  expect(run.cursor).toEqual({});
});

it('asks for no applications of an instance that is terminated', async () => {
  const one = instance(1);
  aws.fake.putInstance(OWN, { ...one, information: { ...one.information, InstanceStatus: 'Terminated' } });
  expect(ids(await aws.run(ALONE, 'inventory'))).toEqual([one.id]);
  expect(aws.fake.requests.map(({ operation }) => operation)).toEqual(['GetInventory']);
});

it('keeps an instance that has no applications, or is gone when they are asked for', async () => {
  aws.fake.putInstance(OWN, instance(1, []));
  aws.fake.putInstance(OWN, instance(2));
  aws.fake.forgetInstance(OWN, instance(2).id);
  expect(ids(await aws.run(ALONE, 'inventory'))).toEqual([instance(1).id, instance(2).id]);
});

it('goes on at the page where an earlier run stopped, and lists no account again', async () => {
  put(120);
  put(1, OTHER);
  const first = await runUntilRequest(60);
  expect(first.pages.at(-1)?.last).toBe(false);
  expect(first.cursor).toEqual({ [OWN_NAME]: { next: expect.any(String) as string }, [OTHER_NAME]: {} });
  const second = await aws.run(BOTH, 'inventory', first.cursor);
  expect(ids(first).length + ids(second).length).toBe(121);
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(120);
  expect(second.pages.at(-1)).toMatchObject({ cursor: {}, last: true });
});

it('lists an account again when AWS has forgotten where it was', async () => {
  put(60);
  const first = await runUntilRequest(55, OWN_ONLY);
  expect(first.cursor).toEqual({ [OWN_NAME]: { next: expect.any(String) as string } });
  aws.fake.forgetTokens(OWN);
  expect(ids(await aws.run(OWN_ONLY, 'inventory', first.cursor))).toHaveLength(60);
});

it('begins anew after a listing in which an account denied, so that the others are listed again', async () => {
  put(1, OTHER);
  aws.fake.deny(OWN);
  const run = await aws.run(BOTH, 'inventory');
  expect(ids(run)).toHaveLength(1);
  expect(run.cursor).toEqual({});
  expect(run.thrown).toMatchObject({
    code: 'SOURCE_DENIED',
    message: `${OWN_NAME}: GetInventory: AccessDeniedException`,
  });
});

it('begins anew when what is left of a listing denies, or is no longer in the connection', async () => {
  const half = { [OTHER_NAME]: {}, [OWN_NAME]: { next: '1.50' } };
  aws.fake.deny(OWN);
  expect((await aws.run(BOTH, 'inventory', half)).cursor).toEqual({});
  const others = { ...BOTH, accounts: [OTHER.account] };
  expect((await aws.run(others, 'inventory', half)).cursor).toEqual({});
});

it('says nothing was read when every account denied', async () => {
  aws.fake.deny(OWN);
  expect((await aws.run(OWN_ONLY, 'inventory')).pages).toEqual([]);
});

it('goes on when AWS throttles or fails', async () => {
  put(3);
  aws.fake.misbehave({ vice: 'throttle' }, { vice: 'cut-short' }, { vice: 'status', status: 500 });
  expect(ids(await aws.run(OWN_ONLY, 'inventory'))).toHaveLength(3);
});

/** Runs until so many requests have been answered: then its time is over. */
function runUntilRequest(count: number, connection = BOTH): Promise<Run> {
  const deadline = NOW + 10 * MINUTE_MS;
  const now = (): number => (aws.fake.requests.length < count ? NOW : deadline);
  return runReader(awsReaders(connection, { ...aws.clock, now }), 'inventory', undefined, deadline);
}
