import {
  claimKey,
  claimLevel,
  claimText,
  compareClaim,
  isAtLeast,
} from '../../../lib/core/people/claimed-place.ts';
import type { ClaimedPlace } from '../../../lib/core/people/person.ts';
import type { Place } from '../../../lib/core/places/place.ts';

const NEAR_KM = 150;
const AUSTIN: ClaimedPlace = { country: 'US', region: 'TX', city: 'Austin', lat: 30.2672, lon: -97.7431 };

function place(
  city: string | undefined,
  region: string | undefined,
  country: string,
  at: [number, number],
): Place {
  const [lat, lon] = at;
  return {
    ...{ lat, lon, radiusKm: city === undefined ? 200 : 50, country, from: 'database' },
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
  };
}

const SAN_ANTONIO = place('San Antonio', 'Texas', 'US', [29.42, -98.49]);
const HOUSTON = place('Houston', 'Texas', 'US', [29.76, -95.37]);
const LAS_VEGAS = place('Las Vegas', 'Nevada', 'US', [36.17, -115.14]);
const NEW_YORK = place('New York', 'New York', 'US', [40.71, -74.01]);
const PUERTO_RICO = place('San Juan', 'San Juan', 'PR', [18.47, -66.11]);
const MUNICH = place('Munich', 'Bavaria', 'DE', [48.14, 11.58]);
const SOMEWHERE_IN_US: Place = { lat: 37.75, lon: -97.82, radiusKm: 2_200, country: 'US', from: 'database' };

test.each([
  ['a city in reach of the claimed one', AUSTIN, SAN_ANTONIO, { agrees: true, by: 'city' }],
  ['a city of the same region out of reach', AUSTIN, HOUSTON, { agrees: false, by: 'city' }],
  ['another region', AUSTIN, LAS_VEGAS, { agrees: false, by: 'city' }],
  ['another country', AUSTIN, MUNICH, { agrees: false, by: 'city' }],
  ['an address known to be in the country', AUSTIN, SOMEWHERE_IN_US, { agrees: true, by: 'country' }],
  [
    'a city beyond a border in reach',
    { country: 'CH', city: 'Basel', lat: 47.5584, lon: 7.5733 },
    place('Mulhouse', undefined, 'FR', [47.75, 7.34]),
    { agrees: true, by: 'city' },
  ],
  [
    'a city that no gazetteer has, by its name',
    { country: 'DE', city: 'münchen' },
    { ...MUNICH, city: 'München' },
    { agrees: true, by: 'city' },
  ],
  [
    'a city that no gazetteer has, by its region',
    { country: 'US', region: 'Texas', city: 'Nowhere' },
    LAS_VEGAS,
    { agrees: false, by: 'region' },
  ],
  [
    'a code with a name of the region',
    { country: 'US', region: 'TX' },
    HOUSTON,
    { agrees: true, by: 'region' },
  ],
  [
    'another region than the claimed',
    { country: 'US', region: 'TX' },
    LAS_VEGAS,
    { agrees: false, by: 'region' },
  ],
  [
    'the city next door to the claimed region',
    { country: 'US', region: 'NJ' },
    NEW_YORK,
    { agrees: true, by: 'region' },
  ],
  [
    'a region in another language, by the country alone',
    { country: 'DE', region: 'Bayern' },
    MUNICH,
    { agrees: true, by: 'country' },
  ],
  ['the claimed country', { country: 'US' }, HOUSTON, { agrees: true, by: 'country' }],
  ['another country than the claimed', { country: 'US' }, MUNICH, { agrees: false, by: 'country' }],
  ['a territory of the claimed country', { country: 'US' }, PUERTO_RICO, { agrees: true, by: 'country' }],
  ['nothing that is claimed', {}, HOUSTON, undefined],
  [
    'a place without a country',
    { country: 'US' },
    { lat: 1, lon: 1, radiusKm: 200, from: 'vendor' },
    undefined,
  ],
  [
    'a place that the record disputes',
    AUSTIN,
    { ...LAS_VEGAS, disputedBy: { text: 'Austin, US', distanceKm: 1_750 } },
    undefined,
  ],
] as const satisfies readonly [string, ClaimedPlace, Place, unknown][])(
  'compares a claim with %s',
  (_, claim, there, expected) => {
    expect(compareClaim(claim, there, NEAR_KM)).toEqual(expected);
  },
);

test('the uncertainty of the address counts for the claim', () => {
  const at = place('Waco', 'Texas', 'US', [31.99, -97.15]);
  expect(compareClaim(AUSTIN, { ...at, radiusKm: 40 }, NEAR_KM)?.agrees).toBe(false);
  expect(compareClaim(AUSTIN, { ...at, radiusKm: 60 }, NEAR_KM)?.agrees).toBe(true);
});

test('a claim is as fine as what can be compared of it', () => {
  const levels = [
    AUSTIN,
    { country: 'US', region: 'TX', city: 'Nowhere' },
    { country: 'DE', region: 'Bayern' },
    {},
    undefined,
  ].map(claimLevel);
  expect(levels).toEqual(['city', 'region', 'country', undefined, undefined]);
  expect(isAtLeast('region', { agrees: true, by: 'city' })).toBe(true);
  expect(isAtLeast('region', { agrees: true, by: 'country' })).toBe(false);
});

test('one claim has one key, whatever its spelling', () => {
  expect(claimKey(AUSTIN)).toBe('US/texas/austin');
  expect(claimKey({ country: 'US', region: 'Texas', city: 'AUSTIN' })).toBe('US/texas/austin');
  expect(claimText(AUSTIN)).toBe('Austin, TX, US');
});
