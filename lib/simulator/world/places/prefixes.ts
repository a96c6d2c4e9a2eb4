/** Reads the tables of prefixes, and writes addresses of a prefix. */
import type { Random } from '../../random.ts';
import { PROVIDERS, type ProviderKey } from './providers.ts';

export interface Prefix {
  readonly provider: ProviderKey;
  /** IPv4: the first address as a number. IPv6: the first three groups. */
  readonly first: number | string;
  /** Addresses; of IPv6, networks of one household. */
  readonly size: number;
}

/** A carrier in a city, and what it has there. */
export interface Carrier {
  readonly provider: ProviderKey;
  readonly v4: Prefix;
  readonly v6?: Prefix;
}

const read = new Map<string, readonly Carrier[]>();

/** Reads `att 75.13.80.0/20 comcast 76.25.96.0/20 2601:282:188::/48`. */
export function carriersIn(text: string): readonly Carrier[] {
  const known = read.get(text);
  if (known !== undefined) return known;
  const carriers = carriersWritten(text);
  read.set(text, carriers);
  return carriers;
}

function carriersWritten(text: string): readonly Carrier[] {
  return text.split(/ (?=[a-z][A-Za-z0-9]* )/).map((part) => {
    const [key = '', ...cidrs] = part.split(' ');
    const prefixes = cidrs.map((cidr) => prefixOf(key as ProviderKey, cidr));
    const v4 = prefixes.find(({ first }) => typeof first === 'number');
    const v6 = prefixes.find(({ first }) => typeof first === 'string');
    if (!(key in PROVIDERS) || v4 === undefined) throw new RangeError(`no carrier: ${part}`);
    return { provider: key as ProviderKey, v4, ...(v6 !== undefined && { v6 }) };
  });
}

/** Writes an address of an IPv4 prefix, or of the household with that number in an IPv6 one. */
export function addressIn({ first, size }: Prefix, index: number, random: Random): string {
  if (typeof first === 'number') return dotted(first + (index % size));
  return `${first}:${(index % size).toString(16)}:${interfaceId(random)}`;
}

/** Another address of the same /64: computers take a new one every day. */
export function otherInHousehold(ip: string, random: Random): string {
  return `${ip.split(':').slice(0, 4).join(':')}:${interfaceId(random)}`;
}

function interfaceId(random: Random): string {
  return Array.from({ length: 4 }, () => random.between(0x1000, 0xffff).toString(16)).join(':');
}

function prefixOf(provider: ProviderKey, cidr: string): Prefix {
  const [address = '', bits = ''] = cidr.split('/');
  if (address.includes(':'))
    return { provider, first: address.replace(/::$/, ''), size: 2 ** (64 - Number(bits)) };
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { provider, first, size: 2 ** (32 - Number(bits)) };
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
