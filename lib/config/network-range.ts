import { parseAddress, type Address } from '../core/places/address.ts';

/**
 * Reads a range of addresses in CIDR notation, or a single address, and writes it with the bits after the mask at 0.
 *
 * @returns `undefined` when it is not one; `/0` is none, because no organization's network is the whole Internet
 * @example networkRange('203.0.113.77/24') // => '203.0.113.0/24'
 * @example networkRange('2001:DB8::1') // => '2001:db8::1/128'
 */
export function networkRange(text: string): string | undefined {
  const [base = '', mask, ...rest] = text.trim().split('/');
  // parseAddress also takes ports, brackets and zones, which have no place here.
  if (rest.length > 0 || !/^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*:[\da-f:.]*)$/i.test(base)) return undefined;
  const address = parseAddress(base);
  if (address === undefined) return undefined;
  const bits = maskBits(mask, base, address);
  return bits === undefined ? undefined : `${masked(address, bits)}/${bits}`;
}

function maskBits(mask: string | undefined, base: string, address: Address): number | undefined {
  const width = address.version === 4 ? 32 : 128;
  if (mask === undefined) return width;
  if (!/^\d{1,3}$/.test(mask)) return undefined;
  // An IPv4-mapped range counts its mask from the start of the IPv6 address.
  const bits = Number(mask) - (address.version === 4 && base.includes(':') ? 96 : 0);
  return bits >= 1 && bits <= width ? bits : undefined;
}

function masked(address: Address, bits: number): string {
  if (address.v4 !== undefined) {
    const size = 2 ** (32 - bits);
    const start = Math.floor(address.v4 / size) * size;
    return [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join('.');
  }
  const groups = (address.v6 ?? []).map((group, index) => {
    const kept = Math.min(16, Math.max(0, bits - index * 16));
    return (group & (0xffff << (16 - kept)) & 0xffff).toString(16);
  });
  return parseAddress(groups.join(':'))?.text ?? address.text;
}
