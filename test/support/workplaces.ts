/** People with claimed places, and their sign-ins over days. */
import type { Authentication } from '../../lib/core/events/index.ts';
import { buildDirectory, type Directory } from '../../lib/core/people/directory.ts';
import type { RosterRow } from '../../lib/core/people/roster.ts';
import type { Network, NetworkKind } from '../../lib/core/places/network.ts';
import type { Place } from '../../lib/core/places/place.ts';
import { DAY_MS } from '../../lib/core/time.ts';
import { signIn, type SignInOptions } from './people-and-places.ts';

/** A Monday. */
export const FIRST_DAY = Date.UTC(2026, 2, 2);

function city(name: string, region: string, country: string, lat: number, lon: number): Place {
  return { city: name, region, country, lat, lon, radiusKm: 50, from: 'database' };
}

export const AUSTIN = city('Austin', 'Texas', 'US', 30.27, -97.74);
export const SAN_ANTONIO = city('San Antonio', 'Texas', 'US', 29.42, -98.49);
export const HOUSTON = city('Houston', 'Texas', 'US', 29.76, -95.37);
export const LAS_VEGAS = city('Las Vegas', 'Nevada', 'US', 36.17, -115.14);
export const DENVER = city('Denver', 'Colorado', 'US', 39.74, -104.98);
export const SHENYANG = city('Shenyang', 'Liaoning', 'CN', 41.79, 123.43);
export const LISBON = city('Lisbon', 'Lisbon', 'PT', 38.72, -9.14);
export const MIAMI = city('Miami', 'Florida', 'US', 25.77, -80.19);

export const CLAIMS_AUSTIN = { country: 'US', region: 'TX', city: 'Austin', lat: 30.2672, lon: -97.7431 };
export const CLAIMS_MIAMI = { country: 'US', region: 'FL', city: 'Miami', lat: 25.7743, lon: -80.1937 };
export const CLAIMS_LAS_VEGAS = {
  country: 'US',
  region: 'NV',
  city: 'Las Vegas',
  lat: 36.175,
  lon: -115.1372,
};

export const network = (kind: NetworkKind, more: Partial<Network> = {}): Network => ({
  kind,
  decidedBy: 'asn',
  ...more,
});

/** The day of a number, 0 being `FIRST_DAY`, at ten in the morning or another hour. */
export const onDay = (day: number, hour = 10): number => FIRST_DAY + day * DAY_MS + hour * 3_600_000;

/** The numbers from one to another, both included. */
export function daysFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** One sign-in on each of these days. */
export function signInsOn(
  days: readonly number[],
  options: Omit<SignInOptions, 'at'> & { readonly hour?: number },
): readonly Authentication[] {
  const { hour, address = 'sam.doe@example.com', source = 'okta' } = options;
  return days.map((day) =>
    signIn({ ...options, at: onDay(day, hour), uid: `${source}-${address}-${day}-${hour ?? 10}` }),
  );
}

export function peopleOf(...roster: readonly RosterRow[]): Directory {
  return buildDirectory({ roster, users: [] });
}
