/** What kind of network an autonomous system is. Facts about who holds a number, grouped by kind. */
import type { NetworkKind } from '../core/places/network.ts';
import { EDUCATION, HOME, MOBILE, SATELLITE } from './asn-access.ts';
import { HOSTING } from './asn-hosting.ts';

/** Holder → AS numbers. */
export type Holders = Readonly<Record<string, readonly number[]>>;

export interface AsnKind {
  readonly kind: NetworkKind;
  readonly holder: string;
  /** In Okta's spelling, where the holder is an operator people know. */
  readonly operator?: string;
}

/**
 * Systems whose every address is a VPN's exit. Systems that VPNs share with other customers (M247 9009, Datacamp 60068
 * and 212238, 31173 Services 39351, Clouvider 62240) are hosting: by the number alone the two cannot be told apart.
 *
 * In part from input/vpn/ASN.txt of X4BNet/lists_vpn (MIT); the rest from general knowledge of the operators.
 */
const VPN: Readonly<Record<string, { readonly operator?: string; readonly asns: readonly number[] }>> = {
  'Mullvad VPN AB': { operator: 'MULLVAD_VPN', asns: [216025] },
  'PacketHub (NordVPN)': { operator: 'NORD_VPN', asns: [136787, 141039, 147049, 207137] },
  'Proton AG': { operator: 'PROTON_VPN', asns: [199218, 208172, 209103] },
  'Cyberzone (Surfshark)': { operator: 'SURFSHARK_VPN', asns: [209854] },
  'Privado Networks': { asns: [50525] },
  'Anonymizer Inc.': { asns: [53559] },
};

/** Operators of Tor exits, from general knowledge. */
const TOR: Holders = {
  'Stiftung Erneuerbare Freiheit': [60729],
  'Foundation for Applied Privacy': [208323],
  'Emerald Onion': [396507],
};

/** The browser's own proxies. Source: input/datacenter/ASN.txt of X4BNet/lists_vpn (MIT). */
const PROXY: Holders = { 'Opera Software': [39832, 205016] };

/** Secure web gateways that send a company's traffic out, from general knowledge. */
const SASE: Holders = {
  Zscaler: [22616, 53813, 62044],
  Netskope: [55256],
  'Cato Networks': [13150],
  Forcepoint: [7598, 42465, 44444],
  iboss: [202276],
};

const kinds = new Map<number, AsnKind>([
  ...entries('hosting', HOSTING),
  ...entries('residential', HOME),
  ...entries('mobile', MOBILE),
  ...entries('satellite', SATELLITE),
  ...entries('education', EDUCATION),
  ...entries('sase', SASE),
  ...entries('proxy', PROXY),
  ...entries('tor', TOR),
  ...Object.entries(VPN).flatMap(([holder, { operator, asns }]) =>
    asns.map(
      (asn) => [asn, { kind: 'vpn' as const, holder, ...(operator !== undefined && { operator }) }] as const,
    ),
  ),
]);

/**
 * Gives the kind of an autonomous system, for the few hundred that carry most people and most servers.
 *
 * @example asnKind(21928) // => { kind: 'mobile', holder: 'T-Mobile US' }
 * @example asnKind(64496) // => undefined
 */
export function asnKind(asn: number): AsnKind | undefined {
  return kinds.get(asn);
}

function entries(kind: NetworkKind, holders: Holders): [number, AsnKind][] {
  return Object.entries(holders).flatMap(([holder, asns]) =>
    asns.map((asn): [number, AsnKind] => [asn, { kind, holder }]),
  );
}
