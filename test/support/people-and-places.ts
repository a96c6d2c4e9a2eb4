/** Invented people, and real cities where geography matters. */
import type { Authentication, FileHostingActivity } from '../../lib/core/events/index.ts';
import type { Network } from '../../lib/core/places/network.ts';
import type { Place } from '../../lib/core/places/place.ts';
import { HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';

export const NOON = Date.UTC(2026, 2, 10, 12);
export const minutes = (count: number): number => count * MINUTE_MS;
export const hours = (count: number): number => count * HOUR_MS;
export const days = (count: number): number => count * 24 * HOUR_MS;

const city = (name: string, country: string, lat: number, lon: number): Place => ({
  city: name,
  country,
  lat,
  lon,
  radiusKm: 50,
  from: 'database',
});

export const NEW_YORK = city('New York', 'US', 40.71, -74.01);
export const PHILADELPHIA = city('Philadelphia', 'US', 39.95, -75.17);
export const LOS_ANGELES = city('Los Angeles', 'US', 34.05, -118.24);
export const CHICAGO = city('Chicago', 'US', 41.88, -87.63);
export const MOSCOW = city('Moscow', 'RU', 55.76, 37.62);
export const AMSTERDAM = city('Amsterdam', 'NL', 52.37, 4.9);
export const AUCKLAND = city('Auckland', 'NZ', -36.85, 174.76);
export const SUVA = city('Suva', 'FJ', -18.14, 178.44);

let sequence = 0;

/** One address per city, so that equal cities are equal addresses. */
function addressOf(place: Place | undefined): string {
  return place === undefined
    ? '203.0.113.99'
    : `198.51.100.${Math.abs(Math.round(place.lat * 3 + place.lon)) % 250}`;
}

export interface SignInOptions {
  readonly at: number;
  readonly place?: Place | undefined;
  readonly network?: Network;
  readonly source?: Authentication['source'];
  readonly address?: string;
  readonly uid?: string;
  readonly ip?: string;
  readonly session?: string;
  readonly status?: Authentication['status'];
  readonly interactive?: boolean;
  readonly device?: Authentication['device'];
}

export function signIn(options: SignInOptions): Authentication {
  const { at, place, network, source = 'okta', address = 'sam.doe@example.com' } = options;
  sequence += 1;
  return {
    kind: 'authentication',
    time: at,
    source,
    feed: source === 'okta' ? 'system-log' : 'signIns',
    uid: options.uid ?? `sign-in-${sequence}`,
    actor: { type: 'user', address },
    srcEndpoint: {
      ip: options.ip ?? addressOf(place),
      ...(place === undefined ? {} : { place }),
      ...(network === undefined ? {} : { network }),
    },
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(options.session === undefined ? {} : { session: options.session }),
    activity: 'logon',
    status: options.status ?? 'success',
    interactive: options.interactive ?? true,
  };
}

export interface TakenOptions extends Partial<FileHostingActivity> {
  readonly at: number;
  readonly object: string;
}

export function taken({ at, object, ...rest }: TakenOptions): FileHostingActivity {
  sequence += 1;
  return {
    kind: 'file-hosting-activity',
    time: at,
    source: 'google',
    feed: 'drive',
    uid: `taken-${sequence}`,
    actor: { type: 'user', address: 'sam.doe@example.com' },
    activity: 'download',
    service: 'google-drive',
    file: { uid: object, name: `${object}.pdf` },
    ...rest,
  };
}
