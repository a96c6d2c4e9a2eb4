/** The network end of a request, of what records say of it. */
import { countryCode } from '../config/countries.ts';
import type { Endpoint, VendorPlace } from '../core/events/index.ts';
import { canonicalAddress } from '../core/places/address.ts';
import { readCoordinates } from '../core/places/coordinates.ts';
import type { Writable } from './writable.ts';

/** Autonomous system numbers are 32 bits. */
const ASN_LIMIT = 2 ** 32;

/** Begins an endpoint with its address; `undefined` when the text is none, such as the name of a service. */
export function endpointOf(text: string | undefined): Writable<Endpoint> | undefined {
  const ip = canonicalAddress(text);
  return ip === undefined ? undefined : { ip };
}

/** Gives a number as that of an autonomous system, or `undefined` when it cannot be one. */
export function asnOf(value: number | undefined): number | undefined {
  return value !== undefined && Number.isInteger(value) && value > 0 && value < ASN_LIMIT ? value : undefined;
}

/** What a record says of a place, each as it was read. */
interface PlaceFields {
  /** A code or a name. */
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly city?: string | undefined;
  readonly lat?: number | undefined;
  readonly lon?: number | undefined;
}

/** Makes a place of what can be used; `undefined` when nothing can. */
export function placeOf({ country: name, region, city, lat, lon }: PlaceFields): VendorPlace | undefined {
  const country = countryCode(name);
  const point = readCoordinates(lat, lon);
  if (country === undefined && region === undefined && city === undefined && point === undefined)
    return undefined;
  const place: Writable<VendorPlace> = {};
  if (country !== undefined) place.country = country;
  if (region !== undefined) place.region = region;
  if (city !== undefined) place.city = city;
  if (point !== undefined) {
    place.lat = point.lat;
    place.lon = point.lon;
  }
  return place;
}
