/** Reads a place out of a city database's record, in either of the two layouts in use: MaxMind's and DB-IP's flat one. */
import { readCoordinates } from '../core/places/coordinates.ts';
import type { Place } from '../core/places/place.ts';
import { asFields, fieldsAt, textAt, type Fields } from './fields.ts';
import { radiusKmOf } from './radius.ts';

/** No address is known better than this: a database places the network's equipment, not the person. */
const LEAST_RADIUS_KM = 5;

/**
 * Reads a place.
 *
 * @param record - `city.names.en`, `subdivisions[0].names.en`, `country.iso_code`, `location.{latitude,longitude,
 * accuracy_radius}` (GeoIP2 and GeoLite2 City), or `city`, `state1`, `country_code`, `latitude`, `longitude` (DB-IP)
 * @returns `undefined` when the record has no usable coordinates
 */
export function placeFromRecord(record: unknown, version: 4 | 6): Place | undefined {
  const fields = asFields(record);
  const location = 'location' in fields ? fieldsAt(fields, 'location') : fields;
  const point = readCoordinates(location['latitude'], location['longitude']);
  if (point === undefined) return undefined;
  const names = 'country_code' in fields ? flatNames(fields) : nestedNames(fields);
  const accuracyKm = location['accuracy_radius'];
  const radiusKm =
    typeof accuracyKm === 'number' && accuracyKm > 0
      ? Math.max(LEAST_RADIUS_KM, accuracyKm)
      : radiusKmOf(names, version);
  return { ...point, radiusKm, ...names, from: 'database' };
}

type Names = Pick<Place, 'country' | 'region' | 'city'>;

/** DB-IP writes the district after the city, `Montreal (Ville-Marie)`; a roster does not. */
function flatNames(fields: Fields): Names {
  return namesOf(
    textAt(fields, 'country_code'),
    textAt(fields, 'state1'),
    textAt(fields, 'city')?.replace(/\s+\(.*$/, ''),
  );
}

function nestedNames(fields: Fields): Names {
  const subdivisions: unknown = fields['subdivisions'];
  const region = asFields(Array.isArray(subdivisions) ? subdivisions[0] : undefined);
  return namesOf(
    textAt(fieldsAt(fields, 'country'), 'iso_code'),
    english(region),
    english(fieldsAt(fields, 'city')),
  );
}

function english(named: Fields): string | undefined {
  return textAt(fieldsAt(named, 'names'), 'en');
}

function namesOf(country: string | undefined, region: string | undefined, city: string | undefined): Names {
  return {
    ...(country !== undefined && /^[A-Z]{2}$/.test(country) && country !== 'ZZ' && { country }),
    ...(region !== undefined && { region }),
    ...(city !== undefined && { city }),
  };
}
