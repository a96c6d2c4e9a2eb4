/** Where an Okta request came from: its address, Okta's place for it, its network, and what Okta says of anonymity. */
import { countryCode } from '../../config/countries.ts';
import { canonicalAddress } from '../../core/places/address.ts';
import type { Endpoint, VendorPlace } from '../../core/events/index.ts';
import { asObject, numberAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { readAnonymizer } from './anonymizer.ts';
import type { Writable } from '../writable.ts';

/** Autonomous system numbers are 32 bits. */
const ASN_LIMIT = 2 ** 32;

/**
 * Reads the client's address and what is known of it.
 *
 * The address can be null or no address at all; then the first hop of the request's chain, which is the client's end,
 * takes its place.
 */
export function readEndpoint(record: RawRecord, debugData: RawRecord | undefined): Endpoint | undefined {
  let from = objectAt(record, 'client');
  let ip = canonicalAddress(textAt(from, 'ipAddress'));
  if (ip === undefined) {
    from = firstHop(record);
    ip = canonicalAddress(textAt(from, 'ip'));
    if (ip === undefined) return undefined;
  }
  const endpoint: Writable<Endpoint> = { ip };
  const place = readPlace(objectAt(from, 'geographicalContext'));
  if (place !== undefined) endpoint.vendorPlace = place;
  const security = objectAt(record, 'securityContext');
  const asn = numberAt(security, 'asNumber');
  if (asn !== undefined && Number.isInteger(asn) && asn > 0 && asn < ASN_LIMIT) endpoint.asn = asn;
  const asOrg = textAt(security, 'asOrg');
  if (asOrg !== undefined) endpoint.asOrg = asOrg;
  const anonymizer = readAnonymizer(security, debugData);
  if (anonymizer !== undefined) endpoint.anonymizer = anonymizer;
  return endpoint;
}

function firstHop(record: RawRecord): RawRecord | undefined {
  const chain = objectAt(record, 'request')?.['ipChain'];
  return Array.isArray(chain) ? asObject(chain[0]) : undefined;
}

function readPlace(geography: RawRecord | undefined): VendorPlace | undefined {
  if (geography === undefined) return undefined;
  const place: Writable<VendorPlace> = {};
  const country = countryCode(textAt(geography, 'country'));
  if (country !== undefined) place.country = country;
  const region = textAt(geography, 'state');
  if (region !== undefined) place.region = region;
  const city = textAt(geography, 'city');
  if (city !== undefined) place.city = city;
  const point = objectAt(geography, 'geolocation');
  const lat = numberAt(point, 'lat');
  const lon = numberAt(point, 'lon');
  if (lat !== undefined && lon !== undefined && isOnEarth(lat, lon)) {
    place.lat = lat;
    place.lon = lon;
  }
  for (const _ in place) return place;
  return undefined;
}

/** 0, 0 lies in the Gulf of Guinea and means "not known". */
function isOnEarth(lat: number, lon: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
}
