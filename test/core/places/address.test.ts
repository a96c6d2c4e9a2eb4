import fc from 'fast-check';
import {
  canonicalAddress,
  householdOf,
  parseAddress,
  specialNetworkKind,
  specialUse,
  type Address,
} from '../../../lib/core/places/address.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

describe('canonicalAddress', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7:52100', '203.0.113.7'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['2001:db8::', '2001:db8::'],
    ['2001:db8:0:1:0:0:0:1', '2001:db8:0:1::1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1::2:0:0:3:4', '1::2:0:0:3:4'],
  ])('writes %s as %s', (given, expected) => {
    expect(canonicalAddress(given)).toBe(expected);
  });

  test.each([
    '::ffff:203.0.113.7',
    '::FFFF:cb00:7107',
    '0:0:0:0:0:ffff:203.0.113.7',
    '[::ffff:203.0.113.7]:443',
  ])('writes IPv4-mapped IPv6 %s as IPv4', (given) => {
    expect(canonicalAddress(given)).toBe('203.0.113.7');
  });

  test.each([
    '',
    'AWS Internal',
    'cloudformation.amazonaws.com',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.07',
    '203.0.113.7/24',
    '2001:db8',
    '2001:db8:::1',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::',
    '::203.0.113.256',
    'x'.repeat(65),
  ])('refuses %j', (given) => {
    expect(canonicalAddress(given)).toBeUndefined();
  });

  test('gives nothing for nothing', () => {
    expect(canonicalAddress(undefined)).toBeUndefined();
  });

  test('is stable: what it wrote, it reads as the same address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const parsed = parseAddress(text);
        expect(parsed && parseAddress(parsed.text)).toEqual(parsed);
      }),
    );
  });

  test('writes every spelling of an IPv6 address alike', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }), (groups) => {
        fc.pre(groups.slice(0, 5).some((group) => group !== 0));
        const plain = groups.map((group) => group.toString(16)).join(':');
        const padded = groups.map((group) => group.toString(16).toUpperCase().padStart(4, '0')).join(':');
        expect(address(plain)).toEqual(address(padded));
        expect(address(plain).v6).toEqual(groups);
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        expect(() => parseAddress(text)).not.toThrow();
      }),
    );
  });
});

describe('householdOf', () => {
  test('is the address itself for IPv4', () => {
    expect(householdOf('198.51.100.4')).toBe('198.51.100.4');
  });

  test('is the /64 for IPv6', () => {
    expect(householdOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  });
});

describe('specialUse', () => {
  test.each([
    ['10.0.0.0', 'private'],
    ['100.64.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['127.0.0.1', 'private'],
    ['169.254.169.254', 'private'],
    ['fd00::1', 'private'],
    ['fe80::1', 'private'],
    ['203.0.113.1', 'reserved'],
    ['224.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['::1', 'reserved'],
    ['ff02::1', 'reserved'],
    ['9.255.255.255', undefined],
    ['11.0.0.0', undefined],
    ['100.63.255.255', undefined],
    ['172.32.0.0', undefined],
    ['223.255.255.255', undefined],
    ['2001:db9::1', undefined],
    ['2600::1', undefined],
  ])('calls %s %s', (text, use) => {
    expect(specialUse(address(text))).toBe(use);
  });

  test('says a kind of network for private addresses only', () => {
    expect([specialNetworkKind('private'), specialNetworkKind('reserved')]).toEqual(['private', 'unknown']);
  });
});
