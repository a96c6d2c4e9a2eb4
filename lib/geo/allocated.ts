/** Which IPv6 addresses anybody can hold: city databases answer for space that nobody does. */
import type { Address } from '../core/places/address.ts';
import { parseCidr } from '../core/places/cidr.ts';
import { cidrTable } from './cidr-table.ts';

/**
 * IPv6 blocks that IANA has given to the five regional registries, and inside them, as `false`, the IETF's own.
 * Absent: 2002::/16 (6to4), 2d00::/8, 2e00::/7 and 3000::/4, which are not given to anybody.
 *
 * Written from general knowledge of that registry; the blocks of 2001:: are taken together.
 *
 * @see https://www.iana.org/assignments/ipv6-unicast-address-assignments
 */
const BLOCKS: readonly (readonly [cidr: string, given: boolean])[] = [
  ['2001::/16', true],
  ['2001::/23', false],
  ['2003::/18', true],
  ['2400::/11', true],
  ['2600::/12', true],
  ['2610::/23', true],
  ['2620::/23', true],
  ['2630::/12', true],
  ['2800::/12', true],
  ['2a00::/11', true],
  ['2c00::/12', true],
];

const blocks = cidrTable(
  BLOCKS.flatMap(([text, given]) => {
    const cidr = parseCidr(text);
    return cidr === undefined ? [] : [[cidr, given] as const];
  }),
);

/** Tells whether an address lies in a block that a registry holds. IPv4, which is given out to the last, always does. */
export function isAllocated(address: Address): boolean {
  return address.version === 4 || blocks.find(address) === true;
}
