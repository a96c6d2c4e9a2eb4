/** What kind of network an address belongs to, and who says so. */
import type { EpochMs } from '../time.ts';

export type NetworkKind =
  /** An office, a VPN or a secure web gateway of the organization's own, named in `policy.egress`. */
  | 'office'
  | 'corporate-vpn'
  | 'sase'
  /** A consumer VPN, an open or commercial proxy, Tor, a proxy on other people's home lines. */
  | 'vpn'
  | 'proxy'
  | 'tor'
  | 'residential-proxy'
  /** A privacy relay that keeps the country or region: iCloud Private Relay, WARP. */
  | 'relay'
  | 'hosting'
  | 'mobile'
  | 'satellite'
  | 'residential'
  | 'business'
  | 'education'
  /** Not routed on the Internet. */
  | 'private'
  | 'unknown';

export interface Network {
  readonly kind: NetworkKind;
  /** In this order the first that knows decides; see docs/architecture.md. */
  readonly decidedBy: 'policy' | 'record' | 'database' | 'asn' | 'list' | 'address' | 'nothing';
  readonly asn?: number;
  readonly organization?: string;
  /** Name of the VPN or relay operator, in Okta's spelling where known. */
  readonly operator?: string;
  /** Further operators whose exit the record calls the same address. */
  readonly otherOperators?: readonly string[];
  /** When the list that decided was refreshed. */
  readonly listedTime?: EpochMs;
  /** `policy.vpnOperators` lists the operator. */
  readonly operatorAllowed?: boolean;
}

const PRIVATE_KIND: ReadonlySet<NetworkKind> = new Set(['vpn', 'proxy', 'tor', 'residential-proxy', 'relay']);

/** Tells whether a network hides where its user is. */
export function isAnonymizing(network: Network | undefined): boolean {
  return network !== undefined && PRIVATE_KIND.has(network.kind);
}

/**
 * Tells whether an address is an exit that `policy.egress` names: it speaks for the organization's network, not for where
 * somebody is.
 */
export function isOwnEgress(network: Network | undefined): boolean {
  return network?.decidedBy === 'policy' && isCorporate(network.kind);
}

/** Tells kinds of network that many people leave through, wherever they are. */
export function isCorporate(kind: NetworkKind): boolean {
  return kind === 'office' || kind === 'corporate-vpn' || kind === 'sase';
}

/**
 * Names a network for people: operator, else organization, else kind.
 *
 * @example networkText({ kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' }) // => 'NORD_VPN (vpn)'
 */
export function networkText(network: Network): string {
  const name =
    network.operator ?? network.organization ?? (network.asn === undefined ? undefined : `AS${network.asn}`);
  return name === undefined ? network.kind : `${name} (${network.kind})`;
}
