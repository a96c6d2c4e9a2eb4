/** The people file, as somebody keeps it by hand: no two rows spell a country the same way. */
import { DAY_MS, dayOf, type EpochMs } from '../../../core/time.ts';
import { happens, oneOf, randomOf } from '../chance.ts';
import type { City } from '../geography.ts';
import type { Worker } from '../worker.ts';

const COLUMNS =
  'email,name,department,employment,manager,hired,ends,workCountry,workRegion,workCity,timeZone,privileged';

/** Other words for a country than its code. */
const COUNTRY_WORDS: Readonly<Record<string, readonly string[]>> = {
  US: ['United States', 'USA', 'us'],
  GB: ['United Kingdom', 'UK', 'Great Britain'],
  DE: ['Germany'],
  NL: ['Netherlands', 'The Netherlands'],
  CA: ['Canada', 'ca'],
  FR: ['France'],
  IN: ['India'],
  BR: ['Brazil'],
};

const CITY_WORDS: Readonly<Record<string, readonly string[]>> = {
  'New York': ['New York City', 'NEW YORK'],
  Munich: ['München'],
  Bengaluru: ['Bangalore'],
  'Sao Paulo': ['São Paulo'],
  Krakow: ['Kraków'],
  Zurich: ['Zürich'],
  Lisbon: ['Lisboa'],
  Austin: ['austin', 'Austin '],
  Milan: ['Milano'],
  Warsaw: ['Warszawa'],
};

/** Shares of rows in which a cell is spelled otherwise, or left empty. */
const OTHER_COUNTRY = 0.4;
const OTHER_CITY = 0.3;
const NO_REGION = 0.4;
const NO_ZONE = 0.2;
const LOWER_ZONE = 0.1;

/** Writes the file as it is when the window ends. */
export function peopleCsv(seed: number, workers: readonly Worker[]): string {
  const random = randomOf(seed, 'people file');
  const rows = workers
    .filter(({ onRoster }) => onRoster)
    .map(({ staff, recorded }) => {
      const place: City = recorded ?? staff.claimed;
      const zone = happens(random, LOWER_ZONE) ? place.timeZone.toLowerCase() : place.timeZone;
      return [
        staff.address,
        staff.name,
        staff.department,
        staff.employment,
        staff.manager,
        dayOf(staff.hired),
        staff.ends === undefined ? '' : lastDay(staff.ends),
        happens(random, OTHER_COUNTRY)
          ? (oneOf(random, COUNTRY_WORDS[place.countryCode] ?? []) ?? place.countryCode)
          : place.countryCode,
        happens(random, NO_REGION) ? '' : place.region,
        happens(random, OTHER_CITY)
          ? (oneOf(random, CITY_WORDS[place.name] ?? []) ?? place.name)
          : place.name,
        happens(random, NO_ZONE) ? '' : zone,
        staff.privileged ? 'yes' : '',
      ].join(',');
    });
  return `${COLUMNS}\n${rows.join('\n')}\n`;
}

function lastDay(ends: EpochMs): string {
  return dayOf(Math.floor(ends / DAY_MS) * DAY_MS);
}
