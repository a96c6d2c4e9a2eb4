/** Reads the records of the network databases a user may name: MaxMind's Anonymous-IP, ASN and ISP. */
import type { NetworkKind } from '../core/places/network.ts';
import { asFields, textAt } from './fields.ts';

/** The most telling first; one address can be several. */
const FLAGS: readonly (readonly [flag: string, kind: NetworkKind])[] = [
  ['is_tor_exit_node', 'tor'],
  ['is_residential_proxy', 'residential-proxy'],
  ['is_public_proxy', 'proxy'],
  ['is_anonymous_vpn', 'vpn'],
  ['is_hosting_provider', 'hosting'],
];

/** Reads a record of GeoIP2 Anonymous IP; `undefined` when no flag we know is set. */
export function anonymityFromRecord(record: unknown): NetworkKind | undefined {
  const fields = asFields(record);
  return FLAGS.find(([flag]) => fields[flag] === true)?.[1];
}

export interface AsnRecord {
  readonly number: number;
  readonly organization?: string;
  /** The ISP database gives the network a mobile carrier's code. */
  readonly mobile?: boolean;
}

/** Reads a record of GeoLite2 ASN, GeoIP2 ASN or GeoIP2 ISP. */
export function asnFromRecord(record: unknown): AsnRecord | undefined {
  const fields = asFields(record);
  const number = fields['autonomous_system_number'];
  if (typeof number !== 'number' || !(number > 0)) return undefined;
  const organization = textAt(fields, 'autonomous_system_organization') ?? textAt(fields, 'isp');
  return {
    number,
    ...(organization !== undefined && { organization }),
    ...(textAt(fields, 'mobile_country_code') !== undefined && { mobile: true }),
  };
}
