/** A place somebody was at, as one sign-in shows it, and how two of them compare. */
import type { Evidence } from '../../alerts/alert.ts';
import { evidenceOf } from '../../alerts/evidence.ts';
import type { Authentication, SourceId } from '../../events/index.ts';
import { householdOf } from '../../places/address.ts';
import { greatCircleKm } from '../../places/distance.ts';
import { isAnonymizing, isCorporate, networkText, type Network } from '../../places/network.ts';
import { placeText, type Place } from '../../places/place.ts';
import { HOUR_MS, type EpochMs } from '../../time.ts';
import { signInSystem } from '../managed/computer.ts';
import { atKeyboardFrom } from '../sign-ins/signed-in.ts';
import type { TravelContext } from './parameters.ts';

/** A sign-in with a place, and what may soften it. */
export interface Fix {
  readonly time: EpochMs;
  readonly ip: string;
  /** The address, or its /64: what colleagues would share. */
  readonly household: string;
  readonly place: Place;
  readonly network?: Network;
  readonly device?: string;
  readonly session?: string;
  readonly source: SourceId;
  readonly feed: string;
  readonly uid: string;
  readonly application?: string;
  /** Made on a phone or tablet. */
  readonly phone?: true;
}

/**
 * Takes a sign-in as a fix, if it is one: somebody who was let in, was at the keyboard, and was not behind the
 * organization's own exit, which says where the exit is.
 */
export function fixOf(event: Authentication): Fix | { readonly missing: string } | undefined {
  const from = atKeyboardFrom(event);
  if (from === undefined) return undefined;
  const { ip, place, network } = from;
  if (place === undefined) return { missing: 'the address has no place' };
  const household = householdOf(ip);
  if (household === undefined) return { missing: 'the address cannot be read' };
  const { device, session, application } = event;
  return {
    time: event.time,
    ip,
    household,
    place,
    ...(network === undefined ? {} : { network }),
    ...(device?.uid === undefined || device.managed !== true ? {} : { device: device.uid }),
    ...(session === undefined ? {} : { session }),
    source: event.source,
    feed: event.feed,
    uid: event.uid,
    ...(application?.name === undefined ? {} : { application: application.name }),
    ...(signInSystem(event) === 'phone' ? { phone: true } : {}),
  };
}

/** Tells whether a fix says where an exit is rather than where somebody is. */
export function isHidden({ network }: Fix): boolean {
  return (
    isAnonymizing(network) ||
    network?.kind === 'satellite' ||
    network?.kind === 'hosting' ||
    (network !== undefined && isCorporate(network.kind))
  );
}

export interface Journey {
  readonly distanceKm: number;
  /** The distance less the uncertainty of both places. */
  readonly apartKm: number;
  readonly kmPerHour: number;
  readonly intervalMs: number;
}

/** Computes the least speed that carries somebody from one fix to another, in either order. */
export function journey(a: Fix, b: Fix, context: TravelContext): Journey {
  const distanceKm = greatCircleKm(a.place, b.place);
  const apartKm = Math.max(0, distanceKm - a.place.radiusKm - b.place.radiusKm);
  const intervalMs = Math.abs(b.time - a.time);
  const hours = Math.max(intervalMs, context.parameters.minIntervalSeconds * 1_000) / HOUR_MS;
  return { distanceKm, apartKm, kmPerHour: apartKm / hours, intervalMs };
}

/** Names two places in either order, to about 100 km; nothing when they are the same. */
export function pairOf(a: Fix, b: Fix): string | undefined {
  const [first, second] = [cellOf(a), cellOf(b)].sort();
  return first === second ? undefined : `${first} ${second}`;
}

function cellOf({ place }: Fix): string {
  return `${Math.round(place.lat)},${Math.round(place.lon)}`;
}

/** Evidence is written only for a finding; most sign-ins never need it. */
export function cited({ ip, place, network, application, ...event }: Fix): Evidence {
  const srcEndpoint = { ip, place, ...(network === undefined ? {} : { network }) };
  return evidenceOf(
    { ...event, srcEndpoint },
    application === undefined ? 'sign-in' : `sign-in to ${application}`,
  );
}

/** Says of one side of a journey what is known of it. */
export function sideText({ ip, place, network, source }: Fix): string {
  const disputed =
    place.disputedBy === undefined
      ? ''
      : `; the record itself says ${place.disputedBy.text}, ${kmText(place.disputedBy.distanceKm)} from there`;
  const through =
    network === undefined || network.kind === 'unknown' ? '' : ` through ${networkText(network)}`;
  return `${source} from ${ip} (${placeText(place)}${disputed})${through}`;
}

export function countriesOf(a: Fix, b: Fix): readonly string[] {
  return [...new Set([a.place.country, b.place.country].filter((country) => country !== undefined))];
}

/** Writes a distance for people. */
export function kmText(distanceKm: number): string {
  return `${Math.round(distanceKm).toLocaleString('en-US')} km`;
}
