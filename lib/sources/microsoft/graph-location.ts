/** Where Graph says a request came from: its address, the place beside it, and whether the address hides somebody. */
import type { Endpoint, VendorPlace } from '../../core/events/index.ts';
import { asnOf, endpointOf, placeOf } from '../endpoints.ts';
import { numberAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/**
 * Reads `ipAddress`, `location`, `autonomousSystemNumber` of a sign-in or risk detection.
 *
 * @param hidden - Entra itself calls the address anonymous; it does not say by what or whose
 * @returns `undefined` when `ipAddress` is no address
 */
export function graphEndpoint(record: RawRecord, hidden: boolean): Endpoint | undefined {
  const endpoint = endpointOf(textAt(record, 'ipAddress'));
  if (endpoint === undefined) return undefined;
  const place = readPlace(objectAt(record, 'location'));
  if (place !== undefined) endpoint.vendorPlace = place;
  const asn = asnOf(numberAt(record, 'autonomousSystemNumber'));
  if (asn !== undefined) endpoint.asn = asn;
  if (hidden) endpoint.anonymizer = { kind: 'proxy' };
  return endpoint;
}

function readPlace(location: RawRecord | undefined): VendorPlace | undefined {
  if (location === undefined) return undefined;
  const point = objectAt(location, 'geoCoordinates');
  return placeOf({
    country: textAt(location, 'countryOrRegion'),
    region: textAt(location, 'state'),
    city: textAt(location, 'city'),
    lat: numberAt(point, 'latitude'),
    lon: numberAt(point, 'longitude'),
  });
}
