import { isSamePlaceName, placeKey } from '../../../lib/core/places/place-name.ts';
import { regionNamed } from '../../../lib/core/places/regions.ts';

test.each([
  ['Łódź', 'lodz'],
  ['København', 'kobenhavn'],
  ['  São   Paulo ', 'sao paulo'],
  ['St. Louis', 'saint louis'],
  ['Saint Louis', 'saint louis'],
  ['Ft Worth', 'fort worth'],
  ['O’Fallon', 'ofallon'],
  ["O'Fallon", 'ofallon'],
  ['Winston-Salem', 'winston salem'],
  ['', ''],
])('%j is written %j', (name, key) => {
  expect(placeKey(name)).toBe(key);
});

test('a name of any length takes no longer than a name', () => {
  expect(placeKey('St '.repeat(100_000)).length).toBeLessThan(500);
});

test('what is not known is the same as nothing', () => {
  expect([isSamePlaceName(undefined, undefined), isSamePlaceName('Bern', undefined)]).toEqual([false, false]);
});

test.each([
  ['US', 'TX', 'Texas'],
  ['US', 'tx', 'Texas'],
  ['US', 'Texas', 'Texas'],
  ['US', 'MT', 'Montana'],
  ['US', 'Washington, D.C.', 'District of Columbia'],
  ['CA', 'Québec', 'Quebec'],
  ['CA', 'Yukon Territory', 'Yukon'],
  ['AU', 'WA', 'Western Australia'],
  ['US', 'WA', 'Washington'],
  ['US', 'ON', undefined],
  ['DE', 'Bayern', undefined],
  [undefined, 'TX', undefined],
  ['US', undefined, undefined],
])('%s %s is the region %s', (country, text, name) => {
  expect(regionNamed(country, text)?.name).toBe(name);
});
