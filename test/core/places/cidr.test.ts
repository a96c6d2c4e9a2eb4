import fc from 'fast-check';
import { parseCidr } from '../../../lib/core/places/cidr.ts';

describe('parseCidr', () => {
  test.each([
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['203.0.113.255/25', '203.0.113.128/25'],
    ['203.0.113.7', '203.0.113.7/32'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['203.0.113.7/0', '0.0.0.0/0'],
    [' 203.0.113.0/24 ', '203.0.113.0/24'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['2001:db8:1:2:ffff::/65', '2001:db8:1:2:8000::/65'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7/32'],
  ])('reads %s as %s', (given, expected) => {
    expect(parseCidr(given)?.text).toBe(expected);
  });

  test.each([
    '',
    '203.0.113.0/33',
    '2001:db8::/129',
    '203.0.113.0/',
    '203.0.113.0/-1',
    '203.0.113.0/24/8',
    '203.0.113.7:443',
    '203.0.113.0/255.255.255.0',
    '::ffff:203.0.113.0/24',
    '[2001:db8::]/32',
    'fe80::1%eth0/64',
    'AS64496',
    'example.com',
  ])('refuses %j', (given) => {
    expect(parseCidr(given)).toBeUndefined();
  });

  test('is stable: what it wrote, it reads as the same range', () => {
    const v4 = fc.tuple(fc.ipV4(), fc.nat(32));
    const v6 = fc.tuple(fc.ipV6(), fc.nat(128));
    fc.assert(
      fc.property(fc.oneof(v4, v6), ([address, bits]) => {
        const cidr = parseCidr(`${address}/${bits}`);
        fc.pre(cidr !== undefined);
        expect(parseCidr(cidr?.text ?? '')).toEqual(cidr);
      }),
    );
  });
});
