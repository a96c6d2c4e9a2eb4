import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClaimedPlace } from '../../lib/core/people/person.ts';
import { bundledGazetteerPath } from '../../lib/geo/bundled-city.ts';
import { openCityFile } from '../../lib/geo/city-file.ts';
import { cityKeys } from '../../lib/geo/city-names.ts';
import { openGazetteer } from '../../lib/geo/gazetteer.ts';

const path = bundledGazetteerPath() ?? '';
const locate = openGazetteer(path);

/** `Austin, TX, US` → a claim. */
function claim(text: string): ClaimedPlace {
  const [city = '', region = '', country = ''] = text.split(' | ');
  return {
    ...(country === '' ? {} : { country }),
    ...(region === '' ? {} : { region }),
    ...(city === '' ? {} : { city }),
  };
}

function pointOf(text: string): string | undefined {
  const { lat, lon } = locate(claim(text));
  return lat === undefined || lon === undefined ? undefined : `${lat.toFixed(1)}, ${lon.toFixed(1)}`;
}

test.each([
  [['Munich |  | DE', 'München | Bayern | DE', 'MUENCHEN |  | DE', 'munchen |  | DE'], '48.1, 11.6'],
  [['Köln |  | DE', 'Cologne |  | DE', 'Koeln |  | DE'], '50.9, 7.0'],
  [['New York | NY | US', 'NYC |  | US', 'New York City | New York | US', 'nyc | ny | US'], '40.7, -74.0'],
  [['San Francisco | CA | US', 'SF | California | US', 'SF |  | US'], '37.8, -122.4'],
  [['Los Angeles |  | US', 'LA | CA | US', 'L.A. |  | US'], '34.1, -118.2'],
  [['Washington | DC | US', 'Washington, D.C. |  | US', 'DC |  | US'], '38.9, -77.0'],
  [['Saint Louis | MO | US', 'St. Louis | Missouri | US', 'St Louis |  | US'], '38.6, -90.2'],
  [['Montreal | QC | CA', 'Montréal | Québec | CA'], '45.5, -73.6'],
  [['Quebec City |  | CA', 'Québec | QC | CA'], '46.8, -71.2'],
  [['Den Haag |  | NL', 'The Hague |  | NL', '’s-Gravenhage |  | NL'], '52.1, 4.3'],
  [['București |  | RO', 'Bucharest |  | RO', 'Bucuresti |  | RO'], '44.4, 26.1'],
  [['Bangalore |  | IN', 'Bengaluru | Karnataka | IN'], '13.0, 77.6'],
  [['Kyiv |  | UA', 'Kiev |  | UA'], '50.5, 30.5'],
  [['Łódź |  | PL', 'Lodz |  | PL'], '51.8, 19.5'],
  [['Sydney | NSW | AU', 'Sydney | New South Wales | AU'], '-33.9, 151.2'],
  [['Austin, TX |  | US', 'Austin | TX | US', 'austin |  | US'], '30.3, -97.7'],
])('finds %j at one place', (texts, point) => {
  expect(texts.map(pointOf)).toEqual(texts.map(() => point));
});

test.each([
  ['a city of another region', 'Austin | NV | US'],
  ['a city of another country', 'Austin |  | DE'],
  ['one of several that are as large', 'Springfield |  | US'],
  ['a city of two countries, when none is claimed', 'Cambridge |  | '],
  ['what is no city', 'Remote |  | US'],
  ['a country alone', ' |  | US'],
])('does not take %s', (_, text) => {
  expect(locate(claim(text))).toEqual(claim(text));
});

test('tells cities of one name apart by their region', () => {
  expect(pointOf('Springfield | MA | US')).toBe('42.1, -72.6');
  expect(pointOf('Springfield | IL | US')).toBe('39.8, -89.6');
  expect(pointOf('London | ON | CA')).toBe('43.0, -81.2');
});

test('gives a claim the country of a city that is known everywhere', () => {
  expect(locate({ city: 'Wien' })).toEqual({ country: 'AT', city: 'Wien', lat: 48.2085, lon: 16.3721 });
});

test('knows small towns, where people who work from home live', () => {
  expect(pointOf('Dripping Springs | TX | US')).toBe('30.2, -98.1');
});

test('every name of a city leads to the same city', () => {
  for (const names of [
    ['Wien', 'Vienna'],
    ['Praha', 'Prague'],
    ['Roma', 'Rome'],
    ['Milano', 'Milan'],
    ['Lisboa', 'Lisbon'],
    ['Warszawa', 'Warsaw'],
    ['København', 'Copenhagen'],
    ['Göteborg', 'Gothenburg'],
    ['Mumbai', 'Bombay'],
  ]) {
    const points = names.map((city) => locate({ city })).map(({ lat, lon }) => `${lat},${lon}`);
    expect([names, new Set(points).size, points.includes('undefined,undefined')]).toEqual([names, 1, false]);
  }
});

test('gives the spellings of a name, its own first', () => {
  expect(cityKeys('München')).toEqual(['munchen', 'muenchen', 'munich']);
  expect(cityKeys('Nowhere')).toEqual(['nowhere']);
});

test('without a file claims stay as they are', () => {
  expect(openGazetteer(undefined)({ country: 'DE', city: 'Bonn' })).toEqual({ country: 'DE', city: 'Bonn' });
});

test('a file that is none is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-test-'));
  try {
    const broken = join(folder, 'cities.pbf');
    writeFileSync(broken, Buffer.from([12, 0xff, 0xff]));
    const unreadable = expect.objectContaining({ code: 'GEO_DATABASE_UNREADABLE' }) as unknown;
    expect(() => openCityFile(broken)).toThrow(unreadable as Error);
    expect(() => openCityFile(join(folder, 'missing.pbf'))).toThrow('missing.pbf');
    // Nobody is kept from anything by a file that is not needed.
    expect(openGazetteer(broken)({ country: 'DE' })).toEqual({ country: 'DE' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
