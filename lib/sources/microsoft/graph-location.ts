/** Where Graph says a request came from: its address, the place beside it, and whether the address hides somebody. */
import { countryCode } from '../../config/countries.ts';
import type { Endpoint, VendorPlace } from '../../core/events/index.ts';
import { canonicalAddress } from '../../core/places/address.ts';
import { numberAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from './writable.ts';

/** Autonomous system numbers are 32 bits. */
const ASN_LIMIT = 2 ** 32;

/**
 * Reads `ipAddress`, `location`, `autonomousSystemNumber` of a sign-in or risk detection.
 *
 * @param hidden - Entra itself calls the address anonymous; it does not say by what or whose
 * @returns `undefined` when `ipAddress` is no address
 */
export function graphEndpoint(record: RawRecord, hidden: boolean): Endpoint | undefined {
  const ip = canonicalAddress(textAt(record, 'ipAddress'));
  if (ip === undefined) return undefined;
  const endpoint: Writable<Endpoint> = { ip };
  const place = placeOf(objectAt(record, 'location'));
  if (place !== undefined) endpoint.vendorPlace = place;
  const asn = numberAt(record, 'autonomousSystemNumber');
  if (asn !== undefined && Number.isInteger(asn) && asn > 0 && asn < ASN_LIMIT) endpoint.asn = asn;
  if (hidden) endpoint.anonymizer = { kind: 'proxy' };
  return endpoint;
}

/** Gives an endpoint of a bare address, or `undefined` when the text is none. */
export function endpointOf(text: string | undefined): Endpoint | undefined {
  const ip = canonicalAddress(text);
  return ip === undefined ? undefined : { ip };
}

function placeOf(location: RawRecord | undefined): VendorPlace | undefined {
  if (location === undefined) return undefined;
  const place: Writable<VendorPlace> = {};
  const country = countryCode(textAt(location, 'countryOrRegion'));
  if (country !== undefined) place.country = country;
  const region = textAt(location, 'state');
  if (region !== undefined) place.region = region;
  const city = textAt(location, 'city');
  if (city !== undefined) place.city = city;
  const point = objectAt(location, 'geoCoordinates');
  const lat = numberAt(point, 'latitude');
  const lon = numberAt(point, 'longitude');
  if (
    lat !== undefined &&
    lon !== undefined &&
    Math.abs(lat) <= 90 &&
    Math.abs(lon) <= 180 &&
    (lat !== 0 || lon !== 0)
  ) {
    place.lat = lat;
    place.lon = lon;
  }
  for (const _ in place) return place;
  return undefined;
}
