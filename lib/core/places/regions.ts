/**
 * States, provinces and territories of the countries whose people write them as codes, and in whose address data they are
 * spelled alike everywhere. Elsewhere a region is a name in any of several languages, which proves nothing when it differs.
 */
import { placeKey } from './place-name.ts';

export interface Region {
  /** As the post writes it. */
  readonly code: string;
  readonly name: string;
  /** About its middle. */
  readonly lat: number;
  readonly lon: number;
  /** Of the circle of the same area. */
  readonly radiusKm: number;
}

type Row = readonly [code: string, name: string, lat: number, lon: number, radiusKm: number];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  US: [
    ['AL', 'Alabama', 32.8, -86.8, 208],
    ['AK', 'Alaska', 64.2, -152.5, 741],
    ['AZ', 'Arizona', 34.3, -111.7, 307],
    ['AR', 'Arkansas', 34.8, -92.4, 209],
    ['CA', 'California', 37.2, -119.5, 367],
    ['CO', 'Colorado', 39, -105.5, 293],
    ['CT', 'Connecticut', 41.6, -72.7, 68],
    ['DE', 'Delaware', 39, -75.5, 45],
    ['DC', 'District of Columbia', 38.9, -77, 8],
    ['FL', 'Florida', 28.6, -82.4, 233],
    ['GA', 'Georgia', 32.6, -83.4, 221],
    ['HI', 'Hawaii', 20.8, -157, 95],
    ['ID', 'Idaho', 44.4, -114.6, 262],
    ['IL', 'Illinois', 40, -89.2, 219],
    ['IN', 'Indiana', 39.9, -86.3, 173],
    ['IA', 'Iowa', 42, -93.5, 215],
    ['KS', 'Kansas', 38.5, -98.4, 260],
    ['KY', 'Kentucky', 37.5, -85.3, 183],
    ['LA', 'Louisiana', 31, -92, 208],
    ['ME', 'Maine', 45.4, -69.2, 171],
    ['MD', 'Maryland', 39, -76.8, 101],
    ['MA', 'Massachusetts', 42.3, -71.8, 93],
    ['MI', 'Michigan', 44.3, -85.4, 282],
    ['MN', 'Minnesota', 46.3, -94.3, 268],
    ['MS', 'Mississippi', 32.7, -89.7, 200],
    ['MO', 'Missouri', 38.4, -92.5, 240],
    ['MT', 'Montana', 47, -109.6, 348],
    ['NE', 'Nebraska', 41.5, -99.8, 253],
    ['NV', 'Nevada', 39.3, -116.6, 302],
    ['NH', 'New Hampshire', 43.7, -71.6, 88],
    ['NJ', 'New Jersey', 40.2, -74.7, 85],
    ['NM', 'New Mexico', 34.4, -106.1, 317],
    ['NY', 'New York', 42.9, -75.5, 212],
    ['NC', 'North Carolina', 35.5, -79.4, 211],
    ['ND', 'North Dakota', 47.4, -100.5, 241],
    ['OH', 'Ohio', 40.3, -82.8, 192],
    ['OK', 'Oklahoma', 35.6, -97.5, 240],
    ['OR', 'Oregon', 43.9, -120.6, 285],
    ['PA', 'Pennsylvania', 40.9, -77.8, 195],
    ['RI', 'Rhode Island', 41.7, -71.6, 36],
    ['SC', 'South Carolina', 33.9, -80.9, 162],
    ['SD', 'South Dakota', 44.4, -100.2, 252],
    ['TN', 'Tennessee', 35.9, -86.4, 186],
    ['TX', 'Texas', 31.5, -99.3, 471],
    ['UT', 'Utah', 39.3, -111.7, 265],
    ['VT', 'Vermont', 44.1, -72.7, 89],
    ['VA', 'Virginia', 37.5, -78.9, 188],
    ['WA', 'Washington', 47.4, -120.4, 242],
    ['WV', 'West Virginia', 38.6, -80.6, 141],
    ['WI', 'Wisconsin', 44.6, -90, 232],
    ['WY', 'Wyoming', 43, -107.6, 284],
  ],
  CA: [
    ['AB', 'Alberta', 55, -114.5, 459],
    ['BC', 'British Columbia', 54.8, -124.8, 548],
    ['MB', 'Manitoba', 54.9, -97.4, 454],
    ['NB', 'New Brunswick', 46.6, -66.4, 152],
    ['NL', 'Newfoundland and Labrador', 53, -59.5, 359],
    ['NS', 'Nova Scotia', 45.2, -63, 133],
    ['NT', 'Northwest Territories', 66.4, -119, 655],
    ['NU', 'Nunavut', 70.5, -87, 816],
    ['ON', 'Ontario', 50, -86, 585],
    ['PE', 'Prince Edward Island', 46.4, -63.3, 42],
    ['QC', 'Quebec', 53, -71.8, 701],
    ['SK', 'Saskatchewan', 54.4, -105.9, 455],
    ['YT', 'Yukon', 63.6, -135.5, 392],
  ],
  AU: [
    ['ACT', 'Australian Capital Territory', -35.5, 149, 27],
    ['NSW', 'New South Wales', -32.2, 147, 505],
    ['NT', 'Northern Territory', -19.4, 133.4, 655],
    ['QLD', 'Queensland', -22.5, 144.4, 742],
    ['SA', 'South Australia', -30, 135.8, 560],
    ['TAS', 'Tasmania', -42, 146.6, 148],
    ['VIC', 'Victoria', -36.9, 144.3, 269],
    ['WA', 'Western Australia', -25.3, 122.3, 897],
  ],
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  'washington dc': 'DC',
  newfoundland: 'NL',
  'yukon territory': 'YT',
};

let byCountry: ReadonlyMap<string, ReadonlyMap<string, Region>> | undefined;

/**
 * Finds the region that a code or a name means, in any spelling.
 *
 * @param country - ISO 3166-1 alpha-2; other countries than US, CA and AU have no regions here
 * @example regionNamed('US', 'tx')?.name // => 'Texas'
 * @example regionNamed('CA', 'Québec')?.code // => 'QC'
 * @example regionNamed('DE', 'Bayern') // => undefined
 */
export function regionNamed(country: string | undefined, text: string | undefined): Region | undefined {
  if (country === undefined || text === undefined) return undefined;
  byCountry ??= indexed();
  return byCountry.get(country)?.get(placeKey(text));
}

function indexed(): ReadonlyMap<string, ReadonlyMap<string, Region>> {
  return new Map(
    Object.entries(ROWS).map(([country, rows]) => {
      const regions = rows.map(([code, name, lat, lon, radiusKm]) => ({ code, name, lat, lon, radiusKm }));
      const byName = new Map(
        regions.flatMap((region) => [region.code, region.name].map((name) => [placeKey(name), region])),
      );
      for (const [name, code] of Object.entries(OTHER_NAMES)) {
        const region = regions.find((each) => each.code === code);
        if (region !== undefined && !byName.has(name)) byName.set(name, region);
      }
      return [country, byName] as const;
    }),
  );
}
