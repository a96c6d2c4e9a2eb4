/** Where an Okta request came from: its address, Okta's place for it, its network, and what Okta says of anonymity. */
import type { Endpoint, VendorPlace } from '../../core/events/index.ts';
import { asnOf, endpointOf, placeOf } from '../endpoints.ts';
import { asObject, numberAt, objectAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { readAnonymizer } from './anonymizer.ts';

/**
 * Reads the client's address and what is known of it.
 *
 * The address can be null or no address at all; then the first hop of the request's chain, which is the client's end,
 * takes its place.
 */
export function readEndpoint(record: RawRecord, debugData: RawRecord | undefined): Endpoint | undefined {
  const client = objectAt(record, 'client');
  const byClient = endpointOf(textAt(client, 'ipAddress'));
  const from = byClient === undefined ? firstHop(record) : client;
  const endpoint = byClient ?? endpointOf(textAt(from, 'ip'));
  if (endpoint === undefined) return undefined;
  const place = readPlace(objectAt(from, 'geographicalContext'));
  if (place !== undefined) endpoint.vendorPlace = place;
  const security = objectAt(record, 'securityContext');
  const asn = asnOf(numberAt(security, 'asNumber'));
  if (asn !== undefined) endpoint.asn = asn;
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
  const point = objectAt(geography, 'geolocation');
  return placeOf({
    country: textAt(geography, 'country'),
    region: textAt(geography, 'state'),
    city: textAt(geography, 'city'),
    lat: numberAt(point, 'lat'),
    lon: numberAt(point, 'lon'),
  });
}
