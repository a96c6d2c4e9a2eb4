/** Relays and VPNs that say nothing of who uses them. */
import { networkText, type Network } from '../../places/network.ts';
import { operatorTrade } from '../../places/operators.ts';

/**
 * Says in a sentence why an operator is nothing to ask about; `undefined` when that is not known.
 *
 * @example harmlessOperator({ kind: 'relay', operator: 'WARP_VPN', decidedBy: 'record' }) // => 'WARP_VPN (relay) comes …'
 */
export function harmlessOperator(network: Network): string | undefined {
  const { kind, operator } = network;
  const name = networkText(network);
  if (network.operatorAllowed === true) return `policy.vpnOperators lists ${operator ?? name}.`;
  if (kind === 'relay') return `${name} comes with the phone or browser and keeps the country or region.`;
  if (kind === 'corporate-vpn' || kind === 'sase' || operatorTrade(operator) === 'company')
    return `${name} is what companies buy for their own people. If it is yours, list it under policy.egress.`;
  if (operatorTrade(operator) === 'antivirus')
    return `${name} comes with an antivirus product, which often switches it on by itself.`;
  return undefined;
}
