import {
  isAnonymizing,
  isOwnEgress,
  networkText,
  type NetworkKind,
} from '../../../lib/core/places/network.ts';
import { placeText } from '../../../lib/core/places/place.ts';

const KINDS: Record<NetworkKind, 'anonymizing' | 'own' | 'neither'> = {
  office: 'own',
  'corporate-vpn': 'own',
  sase: 'own',
  vpn: 'anonymizing',
  proxy: 'anonymizing',
  tor: 'anonymizing',
  'residential-proxy': 'anonymizing',
  relay: 'anonymizing',
  hosting: 'neither',
  mobile: 'neither',
  satellite: 'neither',
  residential: 'neither',
  business: 'neither',
  education: 'neither',
  private: 'neither',
  unknown: 'neither',
};

test.each(Object.entries(KINDS))('%s networks that the policy names are %s', (kind, expected) => {
  const network = { kind: kind as NetworkKind, decidedBy: 'policy' } as const;
  const is = isAnonymizing(network) ? 'anonymizing' : isOwnEgress(network) ? 'own' : 'neither';
  expect(is).toBe(expected);
});

test('a gateway that the policy does not name is nobody’s own', () => {
  expect(isOwnEgress({ kind: 'sase', decidedBy: 'asn' })).toBe(false);
});

test('a network nobody placed neither anonymizes nor is our own', () => {
  expect([isAnonymizing(undefined), isOwnEgress(undefined)]).toEqual([false, false]);
});

test.each([
  ['its operator', { operator: 'NORD_VPN', organization: 'M247', asn: 9009 }, 'NORD_VPN (vpn)'],
  ['else its organization', { organization: 'M247', asn: 9009 }, 'M247 (vpn)'],
  ['else its AS number', { asn: 9009 }, 'AS9009 (vpn)'],
  ['else its kind', {}, 'vpn'],
])('networkText names a network by %s', (_, names, expected) => {
  expect(networkText({ kind: 'vpn', decidedBy: 'record', ...names })).toBe(expected);
});

test.each([
  [{ city: 'Lyon', region: 'Auvergne-Rhône-Alpes', country: 'FR' }, 'Lyon, FR'],
  [{ region: 'Texas', country: 'US' }, 'Texas, US'],
  [{ country: 'US' }, 'US'],
  [{}, '45.8, 4.8'],
])('placeText of %j is %s', (names, expected) => {
  expect(placeText({ lat: 45.76, lon: 4.84, radiusKm: 50, from: 'database', ...names })).toBe(expected);
});
