import { EDUCATION, HOME, MOBILE, SATELLITE } from '../../lib/geo/asn-access.ts';
import { HOSTING } from '../../lib/geo/asn-hosting.ts';
import { asnKind } from '../../lib/geo/asn-kinds.ts';

test.each([
  [16509, 'hosting'],
  [396982, 'hosting'],
  [13335, 'hosting'],
  [9009, 'hosting'],
  [207137, 'vpn'],
  [60729, 'tor'],
  [22616, 'sase'],
  [7922, 'residential'],
  [3320, 'residential'],
  [21928, 'mobile'],
  [14593, 'satellite'],
  [786, 'education'],
])('AS%d is %s', (asn, kind) => {
  expect(asnKind(asn)?.kind).toBe(kind);
});

test.each([0, 64496, -1, Number.NaN])('AS%d, which nobody holds, has no kind', (asn) => {
  expect(asnKind(asn)).toBeUndefined();
});

test('no number stands under two holders', () => {
  const all = [HOSTING, HOME, MOBILE, SATELLITE, EDUCATION].flatMap((holders) =>
    Object.values(holders).flat(),
  );
  expect(all.filter((asn, index) => all.indexOf(asn) !== index)).toEqual([]);
});

test('every number of the data has the kind it stands under', () => {
  for (const [holders, kind] of [
    [HOSTING, 'hosting'],
    [HOME, 'residential'],
    [MOBILE, 'mobile'],
  ] as const) {
    for (const asn of Object.values(holders).flat()) expect([asn, asnKind(asn)?.kind]).toEqual([asn, kind]);
  }
});
