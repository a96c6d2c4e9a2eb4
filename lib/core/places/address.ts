/** Reads Internet addresses as logs write them. */
import type { NetworkKind } from './network.ts';

/** An address in one spelling: bytes for lookups, text for people. */
export interface Address {
  readonly text: string;
  readonly version: 4 | 6;
  /** IPv4: one number, 0…2³²−1. IPv6: eight groups of 16 bits. */
  readonly v4?: number;
  readonly v6?: readonly number[];
}

/**
 * Reads an address: dotted IPv4, IPv6 in any spelling, brackets, a port or a zone after it.
 *
 * IPv4-mapped IPv6 (`::ffff:203.0.113.7`) is the IPv4 address. Leading zeros in IPv4 are refused, because some systems
 * read them as octal. Names, ranges and everything else give `undefined`.
 *
 * @example parseAddress('[2001:DB8::1]:443')?.text // => '2001:db8::1'
 * @example parseAddress('cloudformation.amazonaws.com') // => undefined
 */
export function parseAddress(value: string | undefined): Address | undefined {
  if (value === undefined || value.length > 64) return undefined;
  const plain = parseV4(value);
  if (plain !== undefined) return plain;
  const bare = stripPort(value.trim());
  return parseV4(bare) ?? parseV6(bare);
}

/** Gives the canonical text of an address, or `undefined` when it is not one. */
export function canonicalAddress(value: string | undefined): string | undefined {
  return parseAddress(value)?.text;
}

/**
 * Names the block that one household or office usually has: the address itself for IPv4, its /64 for IPv6.
 *
 * @param text - canonical, as events carry it
 * @example householdOf('2001:db8:1:2:3::4') // => '2001:db8:1:2::/64'
 */
export function householdOf(text: string): string | undefined {
  if (!text.includes(':')) return text;
  const groups = parseAddress(text)?.v6;
  return groups === undefined ? undefined : `${formatV6([...groups.slice(0, 4), 0, 0, 0, 0])}/64`;
}

/** Ranges that are not routed on the Internet: RFC 1918, 6598, 3927, 1122, 5737, 2544, 4193, 4291, 3849 and kin. */
const SPECIAL_V4: readonly (readonly [string, number, 'private' | 'reserved'])[] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'private'],
  ['127.0.0.0', 8, 'private'],
  ['169.254.0.0', 16, 'private'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'reserved'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'reserved'],
  ['203.0.113.0', 24, 'reserved'],
  ['224.0.0.0', 3, 'reserved'],
];

/**
 * Tells addresses that no database can place: `private` inside a network, `reserved` for documentation, multicast and
 * the like; `undefined` for addresses of the public Internet.
 */
export function specialUse(address: Address): 'private' | 'reserved' | undefined {
  if (address.v4 !== undefined) {
    for (const [base, bits, use] of SPECIAL_V4) {
      const start = parseV4(base)?.v4 ?? 0;
      if (address.v4 >= start && address.v4 < start + 2 ** (32 - bits)) return use;
    }
    return undefined;
  }
  const [first = 0, second = 0] = address.v6 ?? [];
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return 'private';
  if (first === 0x2001 && second === 0xdb8) return 'reserved';
  // Everything outside 2000::/3 is loopback, multicast, NAT64 and the like.
  return first >> 13 === 1 ? undefined : 'reserved';
}

/** Gives the kind of network that a special-use address speaks for. */
export function specialNetworkKind(use: 'private' | 'reserved'): NetworkKind {
  return use === 'private' ? 'private' : 'unknown';
}

function stripPort(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text);
  if (bracketed?.[1] !== undefined) return bracketed[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text);
  return withPort?.[1] ?? text;
}

/** Reads digit by digit: this runs for every record, and patterns take ten times as long. */
function parseV4(text: string): Address | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let v4 = 0;
  let octets = 1;
  let octet = 0;
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 46) {
      if (digits === 0 || octets === 4) return undefined;
      v4 = v4 * 256 + octet;
      octets += 1;
      octet = 0;
      digits = 0;
    } else {
      if (code < 48 || code > 57 || (digits > 0 && octet === 0)) return undefined;
      octet = octet * 10 + code - 48;
      digits += 1;
      if (octet > 255) return undefined;
    }
  }
  return octets === 4 && digits > 0 ? { text, version: 4, v4: v4 * 256 + octet } : undefined;
}

function parseV6(text: string): Address | undefined {
  const [head = ''] = text.split('%');
  if (!head.includes(':') || !/^[0-9a-fA-F:.]+$/.test(head)) return undefined;
  const groups = v6Groups(head);
  if (groups === undefined) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return parseV4(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
  }
  return { text: formatV6(groups), version: 6, v6: groups };
}

function v6Groups(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [
    string[],
    string[] | undefined,
  ];
  // A dotted part stands at the very end or nowhere.
  if (right !== undefined && left.some((part) => part.includes('.'))) return undefined;
  const leftGroups = expand(left);
  const rightGroups = right === undefined ? [] : expand(right);
  if (leftGroups === undefined || rightGroups === undefined) return undefined;
  const missing = 8 - leftGroups.length - rightGroups.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...leftGroups, ...Array<number>(missing).fill(0), ...rightGroups];
}

function expand(parts: readonly string[]): number[] | undefined {
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.includes('.')) {
      const v4 = index === parts.length - 1 ? parseV4(part)?.v4 : undefined;
      if (v4 === undefined) return undefined;
      groups.push(Math.floor(v4 / 65_536), v4 % 65_536);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      groups.push(parseInt(part, 16));
    }
  }
  return groups;
}

/** Writes IPv6 as RFC 5952 asks: lower case, no leading zeros, the first longest run of zeros as `::`. */
function formatV6(groups: readonly number[]): string {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (best.start < 0) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}
