/** Listings of Entra and Intune, over HTTP from a fake tenant. */
import { MINUTE_MS } from '../../../lib/core/time.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { fixture } from './records.ts';
import { cursorOf, fieldOf, NOW, queriesTo, TestTenant } from './tenant.ts';

let tenant: TestTenant;

beforeEach(() => withPagesOf(1_000));

afterEach(() => tenant.fake.stop());

async function withPagesOf(pageRecords: number): Promise<void> {
  if (tenant !== undefined) await tenant.fake.stop();
  tenant = new TestTenant({ pageRecords });
  await tenant.fake.start();
}

function copies(record: RawRecord, count: number): RawRecord[] {
  return Array.from({ length: count }, (_, index) => ({ ...record, id: `copy-${index}` }));
}

it.each([
  ['users', 'entra/users/member', 'user-inventory-info'],
  ['managed-devices', 'intune/managedDevices/company-windows', 'device-inventory-info'],
  ['detected-apps', 'intune/detectedApps/on-two-devices', 'software-inventory-info'],
] as const)('reads %s, and what it reads gives events', async (feed, path, kind) => {
  const record = fixture(path);
  tenant.fake.add(feed, [record]);
  const [page] = await tenant.read(feed);
  expect(page?.last).toBe(true);
  expect(tenant.normalize(feed, page?.records[0] as RawRecord)).toMatchObject({
    outcome: 'events',
    events: [{ kind, uid: record['id'] }, ...(kind === 'software-inventory-info' ? [{ kind }] : [])],
  });
});

describe('a listing', () => {
  it('is read whole, page by page, and again by the next run', async () => {
    await withPagesOf(2);
    tenant.fake.add('users', copies(fixture('entra/users/member'), 5));
    const pages = await tenant.read('users');
    expect(pages.map(({ records, last }) => [records.length, last])).toEqual([
      [2, false],
      [2, false],
      [1, true],
    ]);
    expect(fieldOf(await tenant.read('users', cursorOf(pages)), 'id')).toHaveLength(5);
  });

  it('asks for the fields that are read and for no others', async () => {
    await tenant.read('users');
    const [query] = queriesTo(tenant.fake, '/users');
    expect(query?.['$select']).toContain('employeeHireDate');
    expect(query?.['$select']).not.toMatch(/otherMails|phone|employeeLeaveDateTime/i);
    expect(query?.['$expand']).toBe('manager($select=mail,userPrincipalName)');
  });

  it('that breaks off is begun once more', async () => {
    await withPagesOf(2);
    tenant.fake.add('managed-devices', copies(fixture('intune/managedDevices/company-windows'), 3));
    tenant.fake.misbehaveWhen('skiptoken', { vice: 'expired-link' });
    const pages = await tenant.read('managed-devices');
    expect(new Set(fieldOf(pages, 'id')).size).toBe(3);
    expect(pages.map(({ last }) => last)).toEqual([false, false, true]);
  });

  it('that breaks off again is left to the next run', async () => {
    await withPagesOf(2);
    tenant.fake.add('managed-devices', copies(fixture('intune/managedDevices/company-windows'), 3));
    tenant.fake.misbehaveWhen('skiptoken', { vice: 'expired-link' }, 2);
    const { pages, thrown } = await tenant.readToError('managed-devices');
    expect(pages.some(({ last }) => last)).toBe(false);
    expect(thrown).toMatchObject({ code: 'SOURCE_UNAVAILABLE', retryable: true });
  });

  it('that Graph does not have is said to be so', async () => {
    tenant.fake.misbehave({ vice: 'status', status: 404 });
    await expect(tenant.read('users')).rejects.toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it('that leads to another origin is kept and not followed', async () => {
    tenant.fake.add('users', copies(fixture('entra/users/member'), 2));
    tenant.fake.misbehave({ vice: 'foreign-next', origin: 'http://localhost:9' });
    const { pages, thrown } = await tenant.readToError('users');
    expect(pages.map(({ records, last }) => [records.length, last])).toEqual([[2, false]]);
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });
});

describe('detected apps', () => {
  const app = fixture('intune/detectedApps/on-two-devices');
  const devices = (id: string) => queriesTo(tenant.fake, `/detectedApps/${id}/managedDevices`);

  it('that are watched get the devices that have them', async () => {
    tenant.fake.add('detected-apps', [app, { ...app, id: 'editor', displayName: 'Some Editor' }]);
    const [page] = await tenant.read('detected-apps');
    expect(page?.records).toMatchObject([{ displayName: 'AnyDesk' }, { displayName: 'Some Editor' }]);
    expect(fieldOf([page!], 'managedDevices')).toEqual([app['managedDevices'], undefined]);
    expect(devices('editor')).toEqual([]);
  });

  it('get all of their devices, page by page', async () => {
    await withPagesOf(2);
    const managedDevices = copies(fixture('intune/managedDevices/company-windows'), 5);
    tenant.fake.add('detected-apps', [{ ...app, deviceCount: 5, managedDevices }]);
    expect(fieldOf(await tenant.read('detected-apps'), 'managedDevices')).toEqual([managedDevices]);
  });

  it.each([0, 1_001])('on %d devices are listed as they are', async (deviceCount) => {
    tenant.fake.add('detected-apps', [{ ...app, id: 'many', deviceCount }]);
    expect(fieldOf(await tenant.read('detected-apps'), 'managedDevices')).toEqual([undefined]);
    expect(devices('many')).toEqual([]);
  });

  it('that were removed meanwhile are listed as they were', async () => {
    tenant.fake.add('detected-apps', [app]);
    tenant.fake.misbehaveWhen('/managedDevices', { vice: 'status', status: 404 });
    const pages = await tenant.read('detected-apps');
    expect(fieldOf(pages, 'displayName')).toEqual(['AnyDesk']);
    expect(fieldOf(pages, 'managedDevices')).toEqual([undefined]);
  });

  it('whose devices are not told in time are left to the next run', async () => {
    tenant.fake.add('detected-apps', [app]);
    tenant.fake.misbehaveWhen('/managedDevices', { vice: 'too-many', retryAfterSeconds: 300 });
    expect(await tenant.read('detected-apps', undefined, NOW + MINUTE_MS)).toEqual([]);
  });

  it('keep the devices told, where the link to more leads elsewhere', async () => {
    tenant.fake.add('detected-apps', [app]);
    tenant.fake.misbehaveWhen('/managedDevices', { vice: 'foreign-next', origin: 'http://localhost:9' });
    const { pages, thrown } = await tenant.readToError('detected-apps');
    expect(fieldOf(pages, 'managedDevices')).toEqual([app['managedDevices']]);
    expect(pages[0]?.last).toBe(false);
    expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  });

  it('are not kept from being read by a record that is none', async () => {
    tenant.fake.add('detected-apps', [{ id: 'odd', displayName: 7 }, app]);
    expect(fieldOf(await tenant.read('detected-apps'), 'id')).toEqual(['odd', app['id']]);
  });
});
