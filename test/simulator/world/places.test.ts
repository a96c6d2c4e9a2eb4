import { readFileSync } from 'node:fs';
import { Reader, type Response } from 'mmdb-lib';
import { countryCode } from '../../../lib/config/countries.ts';
import { parseAddress } from '../../../lib/core/places/address.ts';
import { bundledCityPaths } from '../../../lib/geo/bundled-city.ts';
import { placeFromRecord } from '../../../lib/geo/city-record.ts';
import { randomOf } from '../../../lib/simulator/world/chance.ts';
import type { From } from '../../../lib/simulator/world/geography.ts';
import { AddressBook } from '../../../lib/simulator/world/places/address-book.ts';
import { CITIES, NEIGHBOURS, type CityName } from '../../../lib/simulator/world/places/cities.ts';
import { HOSTING, RELAYS, VPNS } from '../../../lib/simulator/world/places/exits.ts';
import { HOMES, MOBILE } from '../../../lib/simulator/world/places/lines.ts';
import { addressIn, carriersIn, type Prefix } from '../../../lib/simulator/world/places/prefixes.ts';

const random = randomOf(1, 'places');
const [v4, v6] = bundledCityPaths().map((path) => new Reader<Response>(readFileSync(path)));

function cityOf(ip: string): string {
  const version = ip.includes(':') ? 6 : 4;
  const record = (version === 6 ? v6 : v4)?.get(ip);
  const place = record === null || record === undefined ? undefined : placeFromRecord(record, version);
  return `${place?.city} ${place?.country}`;
}

const TABLES = { HOMES, MOBILE, RELAYS, VPNS, HOSTING };
const ROWS = Object.entries(TABLES).flatMap(([table, rows]) =>
  Object.entries(rows).map(([city, carriers]) => ({
    table,
    city: city as CityName,
    carriers: carriersIn(carriers),
  })),
);
const PREFIXES = ROWS.flatMap(({ city, carriers }) =>
  carriers.flatMap(({ v4, v6 }) => (v6 === undefined ? [v4] : [v4, v6]).map((prefix) => ({ city, prefix }))),
);

describe('places of the world', () => {
  it('are where the bundled database puts their addresses', () => {
    const wrong = PREFIXES.flatMap(({ city, prefix }) =>
      samplesOf(prefix)
        .filter((ip) => cityOf(ip) !== `${city} ${CITIES[city].countryCode}`)
        .map((ip) => `${ip} is in ${cityOf(ip)}, not ${city}`),
    );
    expect(wrong).toEqual([]);
  });

  it('share no address', () => {
    const ranges = PREFIXES.flatMap(({ prefix: { first, size } }) =>
      typeof first === 'number' ? [{ first, last: first + size - 1 }] : [],
    ).sort((a, b) => a.first - b.first);
    const overlapping = ranges.filter(
      ({ first }, index) => index > 0 && first <= (ranges[index - 1]?.last ?? -1),
    );
    expect(overlapping).toEqual([]);
  });

  it('are in countries and zones that the rest of the project knows', () => {
    for (const { country, countryCode: code, timeZone } of Object.values(CITIES)) {
      expect(countryCode(country)).toBe(code);
      expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
    }
  });

  it('lie within an hour by car of their neighbours', () => {
    for (const [city, town] of Object.entries(NEIGHBOURS)) {
      const [a, b] = [CITIES[city as CityName], CITIES[town]];
      expect(Math.hypot(a.lat - b.lat, (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180))).toBeLessThan(
        0.5,
      );
    }
  });
});

describe('the address book', () => {
  it('gives nobody the line of somebody else, whichever lane it is of', () => {
    const ours = new AddressBook(0, random);
    const theirs = new AddressBook(1, random);
    const lines = Array.from({ length: 400 }, () => [ours.line('Berlin'), theirs.line('Berlin')]).flat();
    const ips = lines.flatMap(({ v4, v6 }) => (v6 === undefined ? [v4.ip] : [v4.ip, householdOf(v6)]));
    expect(new Set(ips).size).toBe(ips.length);
    expect(ips.every((ip) => parseAddress(ip) !== undefined || ip.endsWith('::/64'))).toBe(true);
  });

  it('keeps hotels and offices apart from homes', () => {
    const book = new AddressBook(0, random);
    const homes = new Set(Array.from({ length: 4_000 }, () => book.home('Istanbul').ip));
    const shared = [book.office('Istanbul'), ...Array.from({ length: 50 }, () => book.hotel('Istanbul'))];
    expect(shared.filter(({ ip }) => homes.has(ip))).toEqual([]);
  });

  it('gives the exit of a VPN in the city, else in the country, else anywhere', () => {
    const book = new AddressBook(0, random);
    expect(book.vpn('NORD_VPN', 'London').city.name).toBe('London');
    expect(book.vpn('NORD_VPN', 'Austin').city.countryCode).toBe('US');
    expect(book.vpn('MULLVAD_VPN', 'Vladivostok').provider.tunnel?.operator).toBe('MULLVAD_VPN');
  });

  it('sends most of what one subscriber does through one gateway', () => {
    const book = new AddressBook(0, random);
    for (const subscriber of [0, 1, 2, 3]) {
      const cities = Array.from({ length: 200 }, () => book.mobile('Denver', subscriber).city.name);
      const most = Math.max(...[...Map.groupBy(cities, (city) => city).values()].map(({ length }) => length));
      expect(most).toBeGreaterThan(160);
    }
  });

  it('knows a relay only in countries where there is one', () => {
    const book = new AddressBook(0, random);
    expect(book.relay('Austin')?.city.countryCode).toBe('US');
    expect(book.relay('Vladivostok')).toBeUndefined();
  });
});

function samplesOf(prefix: Prefix): readonly string[] {
  return Array.from({ length: 24 }, (_, n) =>
    addressIn(prefix, Math.floor((n * (prefix.size - 1)) / 23), random),
  );
}

function householdOf({ ip }: From): string {
  return `${ip.split(':').slice(0, 4).join(':')}::/64`;
}
