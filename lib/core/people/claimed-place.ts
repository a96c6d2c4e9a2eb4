/** Compares where somebody is said to work with where an address is. */
import { greatCircleKm } from '../places/distance.ts';
import { isSamePlaceName, placeKey } from '../places/place-name.ts';
import type { Place } from '../places/place.ts';
import { regionNamed } from '../places/regions.ts';
import type { ClaimedPlace } from './person.ts';

/** Finds where a claimed city is: gives the claim with `lat` and `lon`, or as it was. */
export type Locate = (claim: ClaimedPlace) => ClaimedPlace;

/** What a comparison rests on, the finest last. */
export const CLAIM_LEVELS = ['country', 'region', 'city'] as const;
export type ClaimLevel = (typeof CLAIM_LEVELS)[number];

export interface Comparison {
  readonly agrees: boolean;
  /** By their cities, or only by their regions or countries, because no more is known of one of the two. */
  readonly by: ClaimLevel;
}

/** A place that is known no better than this may be anywhere in its country. */
const LOCAL_RADIUS_KM = 250;

/** Territories with a code of their own, in which a claim of the country is true. */
const PART_OF: Readonly<Record<string, string>> = {
  ...{ AS: 'US', GU: 'US', MP: 'US', PR: 'US', VI: 'US' },
  ...{ GF: 'FR', GP: 'FR', MQ: 'FR', RE: 'FR', YT: 'FR', BL: 'FR', MF: 'FR', PM: 'FR' },
  ...{ GG: 'GB', IM: 'GB', JE: 'GB', AX: 'FI', FO: 'DK', GL: 'DK' },
};

/**
 * Compares a claimed place with that of an address.
 *
 * Cities agree within a distance, to which the uncertainty of the address is added, whatever border lies between.
 * Regions agree by name, or when the address is no further beyond the claimed one than that: who claims New Jersey may
 * well have a line that ends in New York. Without a claimed city that has coordinates, regions decide, then countries.
 *
 * @returns `undefined` when nothing can be said: nothing in common is known, or the record itself disputes the place
 */
export function compareClaim(claim: ClaimedPlace, place: Place, nearKm: number): Comparison | undefined {
  if (place.disputedBy !== undefined) return undefined;
  const isLocal = place.radiusKm <= LOCAL_RADIUS_KM;
  if (isLocal && claim.lat !== undefined && claim.lon !== undefined) {
    const distanceKm = greatCircleKm({ lat: claim.lat, lon: claim.lon }, place);
    return { agrees: distanceKm <= nearKm + place.radiusKm, by: 'city' };
  }
  if (claim.country === undefined || place.country === undefined) return undefined;
  if (countryOf(claim.country) !== countryOf(place.country)) return { agrees: false, by: 'country' };
  if (isLocal && isSamePlaceName(claim.city, place.city)) return { agrees: true, by: 'city' };
  if (isSamePlaceName(regionOf(claim), regionOf(place))) return { agrees: true, by: 'region' };
  const region = regionNamed(claim.country, claim.region);
  if (isLocal && region !== undefined)
    return { agrees: greatCircleKm(region, place) <= region.radiusKm + nearKm, by: 'region' };
  return { agrees: true, by: 'country' };
}

/** Gives the finest that is known of a claimed place; `undefined` when nothing of it can be compared. */
export function claimLevel(claim: ClaimedPlace | undefined): ClaimLevel | undefined {
  if (claim?.lat !== undefined) return 'city';
  if (claim?.country === undefined) return undefined;
  return regionNamed(claim.country, claim.region) === undefined ? 'country' : 'region';
}

/** Tells whether a comparison rests on as much as is known of the claim. */
export function isAtLeast(level: ClaimLevel, { by }: Comparison): boolean {
  return CLAIM_LEVELS.indexOf(by) >= CLAIM_LEVELS.indexOf(level);
}

/** Tells whether two claims name one region: `TX` and `Texas`. */
export function isSameRegion(a: ClaimedPlace, b: ClaimedPlace): boolean {
  return isSamePlaceName(regionOf(a), regionOf(b));
}

/** Tells whether two claims name one city: `München` and `Munich`, when a gazetteer knows both. */
export function isSameCity(a: ClaimedPlace, b: ClaimedPlace): boolean {
  const isSamePoint = a.lat !== undefined && a.lat === b.lat && a.lon === b.lon;
  return isSamePoint || isSamePlaceName(a.city, b.city);
}

/**
 * Names a claimed place for programs, whatever its spelling.
 *
 * @example claimKey({ country: 'US', region: 'tx', city: 'Austin' }) // => 'US/texas/austin'
 */
export function claimKey(claim: ClaimedPlace): string {
  const names = [regionOf(claim), claim.city].filter((name) => name !== undefined);
  return [claim.country ?? '', ...names.map(placeKey)].join('/');
}

/**
 * Names a claimed place for people.
 *
 * @example claimText({ country: 'US', region: 'TX', city: 'Austin' }) // => 'Austin, TX, US'
 */
export function claimText({ country, region, city }: ClaimedPlace): string {
  return [city, region, country].filter((part) => part !== undefined).join(', ');
}

function regionOf({ country, region }: ClaimedPlace): string | undefined {
  return regionNamed(country, region)?.name ?? region;
}

function countryOf(code: string): string {
  return (Object.hasOwn(PART_OF, code) ? PART_OF[code] : undefined) ?? code;
}
