/** What a list of ranges says about them, told from its name; and what an operator's name says. */
import type { NetworkKind } from '../core/places/network.ts';
import { operatorName, operatorTrade } from '../core/places/operators.ts';
import type { EpochMs } from '../core/time.ts';

/** What a list holds: ranges of one kind of network, sometimes of one operator. */
export interface ListKind {
  readonly kind: NetworkKind;
  /** In Okta's spelling. */
  readonly operator?: string;
  /** When several lists hold an address, the lowest decides: an operator's own list knows more than a list of hosts. */
  readonly rank: number;
  /** When the list was last refreshed. */
  readonly refreshedTime?: EpochMs;
}

/** In order of rank; the first pattern found in the name decides. */
const NAMES: readonly (readonly [pattern: RegExp, kind: NetworkKind, operator?: string])[] = [
  [/apple|icloud/, 'relay', 'APPLE_ICLOUD_RELAY_PROXY'],
  [/warp/, 'relay', 'WARP_VPN'],
  [/astrill/, 'vpn', 'ASTRILL_VPN'],
  [/mullvad/, 'vpn', 'MULLVAD_VPN'],
  [/\bpia\b|private-internet-access/, 'vpn', 'PIA_VPN'],
  [/proton/, 'vpn', 'PROTON_VPN'],
  [/nord/, 'vpn', 'NORD_VPN'],
  [/surfshark/, 'vpn', 'SURFSHARK_VPN'],
  [/expressvpn/, 'vpn', 'EXPRESS_VPN'],
  [/cyberghost/, 'vpn', 'CYBERGHOST_VPN'],
  [/relay/, 'relay'],
  [/\btor\b/, 'tor'],
  [/residential/, 'residential-proxy'],
  [/vpn/, 'vpn'],
  [/prox(y|ies)/, 'proxy'],
  [/data-?cent(er|re)|hosting|cloud/, 'hosting'],
];

/**
 * Tells what a list holds from its name, without regard to case.
 *
 * @example listKind('vpn-ipv4') // => { kind: 'vpn', rank: 13 }
 * @example listKind('blocklist') // => undefined
 */
export function listKind(name: string): ListKind | undefined {
  const words = name.toLowerCase().replaceAll('_', '-');
  const rank = NAMES.findIndex(([pattern]) => pattern.test(words));
  const [, kind, operator] = NAMES[rank] ?? [];
  return kind === undefined ? undefined : { kind, rank, ...(operator !== undefined && { operator }) };
}

/**
 * Corrects the record's kind where the operator's name says more: vendors call a relay and a company's gateway a VPN or
 * a proxy alike.
 *
 * @example operatorKind('APPLE_ICLOUD_RELAY_PROXY') // => 'relay'
 * @example operatorKind('NORD_VPN') // => undefined
 */
export function operatorKind(operator: string | undefined): NetworkKind | undefined {
  if (operator === undefined) return undefined;
  const name = operatorName(operator);
  if (name === 'APPLE_ICLOUD_RELAY_PROXY' || name === 'WARP_VPN') return 'relay';
  if (name === 'ANONYMIZER_TOR') return 'tor';
  return operatorTrade(name) === 'company' ? 'sase' : undefined;
}
