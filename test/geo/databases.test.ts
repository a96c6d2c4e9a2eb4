import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAddress, type Address } from '../../lib/core/places/address.ts';
import { openAtlas } from '../../lib/geo/atlas.ts';
import { bundledCityPaths } from '../../lib/geo/bundled-city.ts';
import { isAllocated } from '../../lib/geo/allocated.ts';
import { placeFromRecord } from '../../lib/geo/city-record.ts';
import { firstOf, openMmdb } from '../../lib/geo/mmdb.ts';
import { anonymityFromRecord, asnFromRecord } from '../../lib/geo/network-records.ts';
import { radiusKmOf } from '../../lib/geo/radius.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

describe('placeFromRecord', () => {
  const nested = {
    city: { names: { en: 'Lyon', fr: 'Lyon' } },
    country: { iso_code: 'FR' },
    subdivisions: [{ iso_code: 'ARA', names: { en: 'Auvergne-Rhone-Alpes' } }, { names: { en: 'Rhone' } }],
    location: { latitude: 45.764, longitude: 4.8357, accuracy_radius: 20 },
  };

  test('reads MaxMind’s layout', () => {
    expect(placeFromRecord(nested, 4)).toEqual({
      lat: 45.764,
      lon: 4.8357,
      radiusKm: 20,
      country: 'FR',
      region: 'Auvergne-Rhone-Alpes',
      city: 'Lyon',
      from: 'database',
    });
  });

  test('knows no address better than 5 km', () => {
    expect(
      placeFromRecord({ ...nested, location: { ...nested.location, accuracy_radius: 1 } }, 4)?.radiusKm,
    ).toBe(5);
  });

  test('reads DB-IP’s layout, without the district of the city', () => {
    const flat = {
      city: 'Montreal (Ville-Marie)',
      country_code: 'CA',
      state1: 'Quebec',
      state2: '',
      latitude: 45.511,
      longitude: -73.556,
    };
    expect(placeFromRecord(flat, 4)).toMatchObject({
      city: 'Montreal',
      region: 'Quebec',
      country: 'CA',
      radiusKm: 50,
    });
  });

  test.each(['', 'ZZ', 'usa', 'us'])('gives no country for %j', (code) => {
    expect(
      placeFromRecord({ country_code: code, city: 'X', latitude: 1, longitude: 2 }, 4),
    ).not.toHaveProperty('country');
  });

  test.each([
    undefined,
    null,
    'text',
    [],
    {},
    { location: null },
    { country_code: 'FR', latitude: 0, longitude: 0 },
    { country: { iso_code: 'FR' } },
    { location: { latitude: '45', longitude: '4' } },
  ])('gives no place for %j', (record) => {
    expect(placeFromRecord(record, 4)).toBeUndefined();
  });
});

describe('radiusKmOf', () => {
  test.each([
    [{ country: 'FR', region: 'X', city: 'Lyon' }, 4, 50],
    [{ country: 'FR', region: 'X', city: 'Lyon' }, 6, 100],
    [{ country: 'FR', region: 'X' }, 4, 200],
    [{ country: 'SG' }, 4, 50],
    [{ country: 'CH' }, 4, 250],
    [{ country: 'DE' }, 4, 500],
    [{ country: 'FR' }, 4, 900],
    [{ country: 'IN' }, 4, 1_300],
    [{ country: 'US' }, 4, 2_200],
    [{ country: 'RU' }, 6, 3_000],
    [{}, 4, 200],
  ] as const)('of %j by IPv%d is %d km', (names, version, expected) => {
    expect(radiusKmOf(names, version)).toBe(expected);
  });
});

describe('the network databases', () => {
  test.each([
    [{ is_anonymous: true, is_anonymous_vpn: true, is_tor_exit_node: true }, 'tor'],
    [{ is_residential_proxy: true, is_public_proxy: true }, 'residential-proxy'],
    [{ is_public_proxy: true, is_anonymous_vpn: true }, 'proxy'],
    [{ is_anonymous_vpn: true, is_hosting_provider: true }, 'vpn'],
    [{ is_hosting_provider: true }, 'hosting'],
    [{ is_anonymous: true }, undefined],
    [{ is_tor_exit_node: 'true' }, undefined],
    [undefined, undefined],
  ])('read anonymity from %j as %s', (record, expected) => {
    expect(anonymityFromRecord(record)).toBe(expected);
  });

  test.each([
    [
      { autonomous_system_number: 64496, autonomous_system_organization: 'Example' },
      { number: 64496, organization: 'Example' },
    ],
    [
      { autonomous_system_number: 64496, isp: 'Example Net' },
      { number: 64496, organization: 'Example Net' },
    ],
    [
      { autonomous_system_number: 64496, mobile_country_code: '310' },
      { number: 64496, mobile: true },
    ],
    [{ autonomous_system_number: '64496' }, undefined],
    [{ autonomous_system_number: 0 }, undefined],
    [undefined, undefined],
  ])('read a holder from %j as %j', (record, expected) => {
    expect(asnFromRecord(record)).toEqual(expected);
  });
});

describe('isAllocated', () => {
  test.each([
    '2001:4860::1',
    '2003:e8::1',
    '240e::1',
    '2601::1',
    '2620::1',
    '2804::1',
    '2a02::1',
    '2a10::1',
    '2c0f::1',
    '8.8.8.8',
  ])('knows that %s can be somebody’s', (text) => {
    expect(isAllocated(address(text))).toBe(true);
  });

  test.each(['2001::1', '2001:1::1', '2002:c000:204::1', '2003:8000::1', '2d00::1', '2e00::1', '3000::1'])(
    'knows that %s is nobody’s',
    (text) => {
      expect(isAllocated(address(text))).toBe(false);
    },
  );
});

describe('openMmdb', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ringer-mmdb-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  test('refuses a file that is no database, by name, when it is opened', async () => {
    const path = join(directory, 'text.mmdb');
    await writeFile(path, 'city,country\nLyon,FR\n');
    await expect(openMmdb(path)).rejects.toMatchObject({
      code: 'GEO_DATABASE_UNREADABLE',
      message: expect.stringContaining(path) as string,
    });
  });

  test('refuses an empty file', async () => {
    const path = join(directory, 'empty.mmdb');
    await writeFile(path, '');
    await expect(openMmdb(path)).rejects.toMatchObject({ code: 'GEO_DATABASE_UNREADABLE' });
  });

  test.each(['cityPaths', 'asnPath', 'anonymousPath'])(
    'a missing file named as %s stops the opening',
    async (option) => {
      const path = join(directory, 'missing.mmdb');
      const options = { [option]: option === 'cityPaths' ? [path] : path };
      await expect(openAtlas(options)).rejects.toMatchObject({ code: 'GEO_DATABASE_UNREADABLE' });
    },
  );

  test('asks a file of IPv4 nothing about IPv6', async () => {
    const lookup = await openMmdb(bundledCityPaths()[0] ?? '');
    // 4900:: begins with the bits of 73.0.0.0, which the file knows.
    expect([lookup(address('73.0.0.1')) === undefined, lookup(address('4900::1'))]).toEqual([
      false,
      undefined,
    ]);
  });

  test('asks several in turn until one answers', () => {
    const asked: number[] = [];
    const lookup = firstOf([
      () => void asked.push(1),
      () => (asked.push(2), 'found'),
      () => void asked.push(3),
    ]);
    expect([lookup(address('192.0.2.1')), asked]).toEqual(['found', [1, 2]]);
  });
});
