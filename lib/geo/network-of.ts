/** Decides what kind of network an address belongs to, in the order of who knows best. */
import type { Egress } from '../config/policy.ts';
import type { Anonymizer, Endpoint } from '../core/events/event.ts';
import { specialNetworkKind } from '../core/places/address.ts';
import type { Network, NetworkKind } from '../core/places/network.ts';
import type { EpochMs } from '../core/time.ts';
import { asnKind, type AsnKind } from './asn-kinds.ts';
import type { AsnRecord } from './network-records.ts';
import { operatorKind, type ListKind } from './list-kinds.ts';

/** What is known of an address itself, whatever record it stands in. */
export interface NetworkFacts {
  /** What `specialUse` says of the address. */
  readonly use?: 'private' | 'reserved' | undefined;
  readonly egress?: Egress | undefined;
  /** By the Anonymous-IP database the user names. */
  readonly anonymity?: NetworkKind | undefined;
  /** By the ASN or ISP database the user names. */
  readonly asn?: AsnRecord | undefined;
  readonly listed?: ListKind | undefined;
}

const EGRESS_KIND = { office: 'office', vpn: 'corporate-vpn', sase: 'sase' } as const;

/**
 * Decides the network. The first that knows decides: the policy, the record's own words, the user's databases, our own
 * table by AS number, the refreshed lists, the address itself.
 *
 * Two exceptions. `hosting` says whose the wires are, not who uses them: where a list names the same address as an exit of
 * a VPN or relay, which nearly all stand at hosts, the list adds to it and wins. And a record that says no more than that
 * the address hides somebody gives way to a list or AS number that says whose it is.
 *
 * @param isAllowed - tells whether people may use an operator
 */
export function decideNetwork(
  endpoint: Endpoint,
  facts: NetworkFacts,
  isAllowed: (operator: string) => boolean,
): Network {
  const asn = endpoint.asn ?? facts.asn?.number;
  // What the database says belongs to the database's number.
  const recorded = asn === facts.asn?.number ? facts.asn : undefined;
  const known = asn === undefined ? undefined : asnKind(asn);
  const organization = facts.egress?.name ?? endpoint.asOrg ?? recorded?.organization ?? known?.holder;
  const { kind, by, operator, otherOperators, listedTime } = decide(endpoint, facts, recorded, known);
  const network: { -readonly [K in keyof Network]: Network[K] } = { kind, decidedBy: by };
  if (asn !== undefined) network.asn = asn;
  if (organization !== undefined) network.organization = organization;
  if (operator !== undefined) network.operator = operator;
  if (otherOperators !== undefined) network.otherOperators = otherOperators;
  if (listedTime !== undefined) network.listedTime = listedTime;
  if (operator !== undefined && isAllowed(operator)) network.operatorAllowed = true;
  return network;
}

interface Decided {
  readonly kind: NetworkKind;
  readonly by: Network['decidedBy'];
  readonly operator?: string | undefined;
  readonly otherOperators?: readonly string[] | undefined;
  readonly listedTime?: EpochMs | undefined;
}

function decide(
  { anonymizer }: Endpoint,
  { egress, anonymity, listed, use }: NetworkFacts,
  recorded: AsnRecord | undefined,
  known: AsnKind | undefined,
): Decided {
  if (egress !== undefined) return { kind: EGRESS_KIND[egress.kind], by: 'policy' };
  const wires = byWires(anonymity, recorded, known);
  if (anonymizer !== undefined) return byRecord(anonymizer, listed, wires);
  if (wires !== undefined && wires.kind !== 'hosting') return wires;
  if (listed !== undefined && (wires === undefined || listed.kind !== 'hosting')) return byList(listed);
  if (wires !== undefined) return wires;
  return use === undefined
    ? { kind: 'unknown', by: 'nothing' }
    : { kind: specialNetworkKind(use), by: 'address' };
}

function byRecord(
  { kind, operator, otherOperators }: Anonymizer,
  listed: ListKind | undefined,
  wires: Decided | undefined,
): Decided {
  if (operator === undefined && (kind === 'vpn' || kind === 'proxy')) {
    if (listed?.operator !== undefined) return byList(listed);
    if (wires?.operator !== undefined) return wires;
  }
  return { kind: operatorKind(operator) ?? kind, by: 'record', operator, otherOperators };
}

function byList({ kind, operator, refreshedTime }: ListKind): Decided {
  return { kind, by: 'list', operator, listedTime: refreshedTime };
}

/** What the databases and our own table say. */
function byWires(
  anonymity: NetworkKind | undefined,
  recorded: AsnRecord | undefined,
  known: AsnKind | undefined,
): Decided | undefined {
  if (anonymity !== undefined) return { kind: anonymity, by: 'database' };
  if (recorded?.mobile === true) return { kind: 'mobile', by: 'database' };
  return known === undefined ? undefined : { kind: known.kind, by: 'asn', operator: known.operator };
}
