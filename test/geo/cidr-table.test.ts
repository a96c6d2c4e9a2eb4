import fc from 'fast-check';
import { parseAddress, type Address } from '../../lib/core/places/address.ts';
import { parseCidr, type Cidr } from '../../lib/core/places/cidr.ts';
import { cidrTable } from '../../lib/geo/cidr-table.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`${text} is no range`);
  return parsed;
}

/** A table whose values are the ranges as they were written. */
function tableOf(...texts: string[]): (ip: string) => string | undefined {
  const table = cidrTable(texts.map((text) => [cidr(text), text]));
  return (ip) => table.find(address(ip));
}

function bitsOf(of: Address): string {
  if (of.v4 !== undefined) return of.v4.toString(2).padStart(32, '0');
  return (of.v6 ?? []).map((group) => group.toString(2).padStart(16, '0')).join('');
}

/** The longest prefix, the later of equal ones, found by comparing texts of bits. */
function naively(ranges: readonly Cidr[], of: Address): string | undefined {
  let best: Cidr | undefined;
  for (const range of ranges) {
    const inside =
      range.first.version === of.version && bitsOf(of).startsWith(bitsOf(range.first).slice(0, range.bits));
    if (inside && range.bits >= (best?.bits ?? 0)) best = range;
  }
  return best?.text;
}

// Few distinct bits, so that ranges nest, touch and repeat.
const crowdedV4 = fc
  .array(fc.constantFrom(0, 1, 127, 128, 254, 255), { minLength: 4, maxLength: 4 })
  .map((o) => o.join('.'));
const crowdedV6 = fc
  .array(fc.constantFrom('0', '1', '7fff', '8000', 'fffe', 'ffff'), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.join(':'))
  .filter((text) => parseAddress(text)?.version === 6);
const range = fc
  .oneof(fc.tuple(crowdedV4, fc.nat(32)), fc.tuple(crowdedV6, fc.nat(128)))
  .map(([text, bits]) => cidr(`${text}/${bits}`));

describe('cidrTable', () => {
  test('finds the range of an address', () => {
    const find = tableOf('198.51.100.0/24', '203.0.113.0/24');
    expect([find('198.51.100.255'), find('203.0.113.0'), find('198.51.101.0')]).toEqual([
      '198.51.100.0/24',
      '203.0.113.0/24',
      undefined,
    ]);
  });

  test('lets the longest prefix win, and the wider one back in after it', () => {
    const find = tableOf('198.51.100.128/32', '198.51.100.0/24', '198.51.100.128/30');
    expect(['198.51.100.127', '198.51.100.128', '198.51.100.129', '198.51.100.132'].map(find)).toEqual([
      '198.51.100.0/24',
      '198.51.100.128/32',
      '198.51.100.128/30',
      '198.51.100.0/24',
    ]);
  });

  test('lets the later of two equal ranges win', () => {
    const same = cidr('198.51.100.0/24');
    expect(
      cidrTable([
        [same, 'first'],
        [same, 'second'],
      ]).find(address('198.51.100.9')),
    ).toBe('second');
  });

  test('reaches the first and the last address there are', () => {
    const find = tableOf('0.0.0.0/8', '255.255.255.255/32', '::/16', 'ffff::/16');
    expect(
      ['0.0.0.0', '255.255.255.255', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'].map(find),
    ).toEqual(['0.0.0.0/8', '255.255.255.255/32', '::/16', 'ffff::/16']);
  });

  test('keeps IPv4 and IPv6 apart', () => {
    const find = tableOf('0.0.0.0/0');
    expect([find('192.0.2.1'), find('2001:db8::1')]).toEqual(['0.0.0.0/0', undefined]);
  });

  test('finds nothing when it is empty', () => {
    expect(tableOf()('192.0.2.1')).toBeUndefined();
  });

  test('agrees with comparing every range, on any set of ranges', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 40 }),
        fc.array(fc.oneof(crowdedV4, crowdedV6)),
        (ranges, texts) => {
          const table = cidrTable(ranges.map((each) => [each, each.text]));
          const asked = [...texts.map(address), ...ranges.map((each) => each.first)];
          expect(asked.map(table.find)).toEqual(asked.map((each) => naively(ranges, each)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
