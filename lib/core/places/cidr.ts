/** Reads ranges of Internet addresses as policies and lists write them. */
import { parseAddress, type Address } from './address.ts';

/** A range of addresses that share their first bits. */
export interface Cidr {
  /** Canonical: the first address of the range, a slash, the number of bits. */
  readonly text: string;
  readonly first: Address;
  /** How many leading bits are shared: 0…32 for IPv4, 0…128 for IPv6. */
  readonly bits: number;
}

const CIDR = /^([0-9a-fA-F:.]{2,45})(?:\/(\d{1,3}))?$/;

/**
 * Reads a range such as `203.0.113.0/24`. A bare address is the range of itself alone; bits after the prefix are
 * dropped. A range of IPv4-mapped IPv6 is the IPv4 range. Everything else gives `undefined`.
 *
 * @example parseCidr('203.0.113.77/24')?.text // => '203.0.113.0/24'
 * @example parseCidr('2001:DB8::1')?.text // => '2001:db8::1/128'
 * @example parseCidr('203.0.113.0/33') // => undefined
 */
export function parseCidr(value: string): Cidr | undefined {
  const [, base = '', suffix] = CIDR.exec(value.trim()) ?? [];
  const address = parseAddress(base);
  if (address === undefined) return undefined;
  const width = address.version === 4 ? 32 : 128;
  // IPv4 read from text with a colon is IPv4-mapped IPv6, or an address with a port, which is no range.
  const mapped = address.version === 4 && base.includes(':');
  if (mapped && !/:ffff:/i.test(base)) return undefined;
  const bits = suffix === undefined ? width : Number(suffix) - (mapped ? 96 : 0);
  if (bits < 0 || bits > width) return undefined;
  const first = firstOf(address, bits);
  return first === undefined ? undefined : { text: `${first.text}/${bits}`, first, bits };
}

/** Clears the bits after the prefix. Lists hold tens of thousands of ranges with nothing to clear. */
function firstOf(address: Address, bits: number): Address | undefined {
  if (address.v4 !== undefined) {
    const v4 = address.v4 - (address.v4 % 2 ** (32 - bits));
    if (v4 === address.v4) return address;
    return parseAddress(
      [v4 / 2 ** 24, v4 / 2 ** 16, v4 / 2 ** 8, v4].map((part) => Math.floor(part) % 256).join('.'),
    );
  }
  const kept = (address.v6 ?? []).map((group, index) => {
    const dropped = Math.min(16, Math.max(0, (index + 1) * 16 - bits));
    return group - (group % 2 ** dropped);
  });
  if (kept.every((group, index) => group === address.v6?.[index])) return address;
  return parseAddress(kept.map((group) => group.toString(16)).join(':'));
}
