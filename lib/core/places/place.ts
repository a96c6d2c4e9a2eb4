/** Where an address is, and how well that is known. */
export interface Place {
  readonly lat: number;
  readonly lon: number;
  /** The true place lies within this distance of the coordinates, nearly always. */
  readonly radiusKm: number;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  /** Who says so: the address database, the record itself, or `policy.egress`. */
  readonly from: 'database' | 'vendor' | 'policy';
  /** The record itself names a place more than 500 km away; it stands here, and confidence is low. */
  readonly disputedBy?: { readonly text: string; readonly distanceKm: number };
}

/**
 * Names a place for people: city and country, or as much as is known.
 *
 * @example placeText({ city: 'Lyon', country: 'FR', … }) // => 'Lyon, FR'
 */
export function placeText(place: Place): string {
  const parts = [place.city ?? place.region, place.country].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : `${place.lat.toFixed(1)}, ${place.lon.toFixed(1)}`;
}
