/** Decides where an address is, from what the database and the record itself say. */
import type { VendorPlace } from '../core/events/event.ts';
import { readCoordinates } from '../core/places/coordinates.ts';
import { greatCircleKm } from '../core/places/distance.ts';
import { placeText, type Place } from '../core/places/place.ts';
import { radiusKmOf } from './radius.ts';

/** Geolocation of one network differs between providers by 100 km and more as a matter of course. */
const DISPUTED_KM = 500;

/**
 * Decides the place: the database's, else the record's own coordinates. Where both are known and more than 500 km apart,
 * the database's place carries what the record says.
 *
 * A record with a country and no coordinates gives no place: a country's middle is nobody's, and its country stays
 * readable in `vendorPlace`. Nor does it dispute one: coordinates without a city, in the same country, are its middle.
 */
export function decidePlace(database: Place | undefined, vendor: VendorPlace | undefined): Place | undefined {
  const theirs = vendor === undefined ? undefined : vendorPlace(vendor);
  if (database === undefined || theirs === undefined) return database ?? theirs;
  if (theirs.city === undefined && theirs.country !== undefined && theirs.country === database.country)
    return database;
  const distanceKm = Math.round(greatCircleKm(database, theirs));
  return distanceKm > DISPUTED_KM
    ? { ...database, disputedBy: { text: placeText(theirs), distanceKm } }
    : database;
}

function vendorPlace({ country, region, city, lat, lon }: VendorPlace): Place | undefined {
  const point = readCoordinates(lat, lon);
  if (point === undefined) return undefined;
  const names = {
    ...(country !== undefined && { country }),
    ...(region !== undefined && { region }),
    ...(city !== undefined && { city }),
  };
  return { ...point, radiusKm: radiusKmOf(names, 4), ...names, from: 'vendor' };
}
