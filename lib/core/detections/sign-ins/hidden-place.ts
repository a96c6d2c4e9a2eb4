/** Networks whose address says where an exit is rather than where somebody is. */
import { isAnonymizing, isCorporate, networkText, type Network } from '../../places/network.ts';

/**
 * Says in a sentence why the place of an address may not be its user's; `undefined` when nothing speaks against it.
 *
 * @example hidesPlace({ kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' }) // => 'NORD_VPN (vpn) hides where …'
 */
export function hidesPlace(network: Network | undefined): string | undefined {
  if (network === undefined) return undefined;
  const name = networkText(network);
  if (network.kind === 'relay') return `${name} is a privacy relay: it shows its own exit.`;
  if (isAnonymizing(network)) return `${name} hides where its user is: the place is its exit.`;
  if (isCorporate(network.kind))
    return `${name} is a company’s gateway: the place is its exit. If it is yours, list it under policy.egress.`;
  if (network.kind === 'satellite') return `${name} is a satellite network: it shows its ground station.`;
  return undefined;
}
