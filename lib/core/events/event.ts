/**
 * What every event carries. Names follow OCSF 1.8 attributes in camelCase: `time`, `actor`, `srcEndpoint`, `device`;
 * `uid` is `metadata.uid`, `feed` is `metadata.log_name`.
 *
 * A field keeps the vendor's meaning or is absent; there is no `''`, `'unknown'` or `0` for "not given".
 */
import type { EpochMs } from '../time.ts';
import type { Network } from '../places/network.ts';
import type { Place } from '../places/place.ts';

/** Where records come from, as alerts and sums name it. `ringer` is ourselves: sightings and conclusions. */
export type SourceId = 'okta' | 'entra' | 'intune' | 'm365' | 'google' | 'aws' | 'ssm' | 'ringer';

export interface EventBase {
  readonly time: EpochMs;
  readonly source: SourceId;
  /** The vendor's name of the log, `signIns`, `drive`, `cloudtrail`. */
  readonly feed: string;
  /** The vendor's id of the record; for inventory the id of the device or app. */
  readonly uid: string;
  /** Which event of its record this is, when the record gave several; absent for the first. */
  readonly part?: number;
  readonly actor?: Actor;
  readonly srcEndpoint?: Endpoint;
  readonly device?: Device;
}

/** Who did it (OCSF `actor.user`). At least one of `address`, `sessionName`, `accountUid` is present. */
export interface Actor {
  /** `service` is a program, never a person, whatever its address looks like. */
  readonly type: 'user' | 'service';
  /** E-mail, UPN or login, lower case, as the record gives it. */
  readonly address?: string;
  /** Further addresses the same record gives for the same person. */
  readonly otherAddresses?: readonly string[];
  /** The vendor's id of the account: Okta `00u…`, an Entra object id, an ARN. */
  readonly accountUid?: string;
  readonly name?: string;
  /** The session name of an assumed role in AWS, which may be an address or the local part of one. */
  readonly sessionName?: string;
}

/** The network end a request came from (OCSF `src_endpoint`). */
export interface Endpoint {
  /** Canonical text: IPv4 dotted, or IPv6 compressed lower case; IPv4-mapped IPv6 is written as IPv4. */
  readonly ip: string;
  /** Where the record itself says the address is. */
  readonly vendorPlace?: VendorPlace;
  readonly asn?: number;
  readonly asOrg?: string;
  /** What the record itself says of anonymity. */
  readonly anonymizer?: Anonymizer;
  /** Written once by placing; absent before, and when nothing is known. */
  readonly place?: Place;
  readonly network?: Network;
}

export interface VendorPlace {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly lat?: number;
  readonly lon?: number;
}

export interface Anonymizer {
  readonly kind: 'vpn' | 'proxy' | 'tor' | 'residential-proxy' | 'relay';
  /** In Okta's spelling: `NORD_VPN`, `APPLE_ICLOUD_RELAY_PROXY`. */
  readonly operator?: string;
  /** Further operators of which the record says the same. */
  readonly otherOperators?: readonly string[];
}

/** The computer or phone (OCSF `device`). */
export interface Device {
  /** The vendor's id. */
  readonly uid?: string;
  readonly serialNumber?: string;
  readonly name?: string;
  readonly os?: string;
  readonly managed?: boolean;
  readonly compliant?: boolean;
}

/** What identifies an event among all others: the same key, the same event. */
export function eventKey(event: EventBase): string {
  return `${event.source}\n${event.feed}\n${event.uid}\n${event.time}\n${event.part ?? 0}\n${event.device?.uid ?? ''}`;
}

/**
 * Orders events as they are folded: time, then source, then id, then part; then device, because an inventory lists one
 * application on many. Equal only for the same event.
 */
export function compareEvents(a: EventBase, b: EventBase): number {
  return (
    a.time - b.time ||
    compareText(a.source, b.source) ||
    compareText(a.feed, b.feed) ||
    compareText(a.uid, b.uid) ||
    (a.part ?? 0) - (b.part ?? 0) ||
    compareText(a.device?.uid ?? '', b.device?.uid ?? '')
  );
}

/** Compares by UTF-16 units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
