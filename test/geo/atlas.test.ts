import type { Endpoint } from '../../lib/core/events/event.ts';
import type { Egress } from '../../lib/config/policy.ts';
import { createAtlas, openAtlas, type Atlas, type AtlasParts } from '../../lib/geo/atlas.ts';

// Routable addresses, because no database places documentation addresses; what is said of them is invented.
const IP = '8.20.30.40';
const LYON = {
  country_code: 'FR',
  state1: 'Auvergne-Rhone-Alpes',
  city: 'Lyon',
  latitude: 45.764,
  longitude: 4.8357,
};
const PARIS = { country: 'FR', city: 'Paris', lat: 48.8566, lon: 2.3522 };
const MOSCOW = { country: 'RU', city: 'Moscow', lat: 55.7558, lon: 37.6173 };
const OFFICE: Egress = { name: 'Lyon office', cidrs: ['8.20.30.0/24'], kind: 'office' };

function place(endpoint: Partial<Endpoint>, parts: AtlasParts = {}): Endpoint {
  return createAtlas(parts).place({ ip: IP, ...endpoint });
}

const lyon: AtlasParts = { city: () => LYON };

describe('the place', () => {
  test('is the database’s', () => {
    expect(place({}, lyon).place).toEqual({
      lat: 45.764,
      lon: 4.8357,
      radiusKm: 50,
      country: 'FR',
      region: 'Auvergne-Rhone-Alpes',
      city: 'Lyon',
      from: 'database',
    });
  });

  test('is the record’s own where the database has none', () => {
    expect(place({ vendorPlace: PARIS }).place).toEqual({ ...PARIS, radiusKm: 50, from: 'vendor' });
  });

  test.each(['10.1.2.3', '203.0.113.9', '2001:db8::1', '2d00::1', 'not an address'])(
    'never comes from the database for %s, but may from the record',
    (ip) => {
      expect([place({ ip }, lyon).place, place({ ip, vendorPlace: PARIS }, lyon).place?.from]).toEqual([
        undefined,
        'vendor',
      ]);
    },
  );

  test('looks IPv4-mapped IPv6 up as IPv4', () => {
    const asked: string[] = [];
    place({ ip: `::ffff:${IP}` }, { city: (address) => void asked.push(address.text) });
    expect(asked).toEqual([IP]);
  });

  test('stays the database’s when the record disagrees by more than 500 km, and says so', () => {
    const { place: found } = place({ vendorPlace: MOSCOW }, lyon);
    expect([found?.city, found?.disputedBy]).toEqual(['Lyon', { text: 'Moscow, RU', distanceKm: 2_528 }]);
  });

  test('is not disputed by a record that is 390 km away', () => {
    expect(place({ vendorPlace: PARIS }, lyon).place?.disputedBy).toBeUndefined();
  });

  test('is not disputed by the middle of the same country', () => {
    const middle = { country: 'US', lat: 37.751, lon: -97.822 };
    const miami = { country_code: 'US', city: 'Miami', latitude: 25.77, longitude: -80.19 };
    expect(place({ vendorPlace: middle }, { city: () => miami }).place?.disputedBy).toBeUndefined();
  });

  test('is disputed by the middle of another country', () => {
    const middle = { country: 'US', lat: 37.751, lon: -97.822 };
    expect(place({ vendorPlace: middle }, lyon).place?.disputedBy?.text).toBe('US');
  });

  test('is absent when the record names a country and no coordinates', () => {
    const placed = place({ vendorPlace: { country: 'FR' } });
    expect(placed).not.toHaveProperty('place');
    expect(placed.vendorPlace).toEqual({ country: 'FR' });
  });

  test.each([
    ['0, 0', { lat: 0, lon: 0 }],
    ['a latitude of 91', { lat: 91, lon: 10 }],
    ['NaN', { lat: Number.NaN, lon: 10 }],
  ])('is absent when the record’s coordinates are %s', (_, coordinates) => {
    expect(place({ vendorPlace: { country: 'FR', ...coordinates } })).not.toHaveProperty('place');
  });

  test('is wider for IPv6, of which databases know less', () => {
    expect(place({ ip: '2600:1::1' }, lyon).place?.radiusKm).toBe(100);
  });

  test('is the same object for the same address, and its record is looked up once', () => {
    let lookups = 0;
    const atlas = createAtlas({ city: () => (lookups++, LYON) });
    const [first, second] = [atlas.place({ ip: IP }), atlas.place({ ip: IP })];
    expect([first.place === second.place, lookups]).toEqual([true, 1]);
  });

  test('of one record does not leak into the next of the same address', () => {
    const atlas = createAtlas(lyon);
    atlas.place({ ip: IP, vendorPlace: MOSCOW, asn: 21928, anonymizer: { kind: 'tor' } });
    const second = atlas.place({ ip: IP });
    expect([second.place?.disputedBy, second.network]).toEqual([
      undefined,
      { kind: 'unknown', decidedBy: 'nothing' },
    ]);
  });

  test('is left alone when the endpoint has been placed', () => {
    const placed = place({}, lyon);
    expect(createAtlas({}).place(placed)).toBe(placed);
  });
});

describe('the network', () => {
  const everything: AtlasParts = {
    egress: [OFFICE],
    anonymous: () => ({ is_residential_proxy: true }),
    asn: () => ({ autonomous_system_number: 7922, autonomous_system_organization: 'COMCAST-7922' }),
    lists: () => ({ kind: 'vpn', rank: 0 }),
  };
  const record: Partial<Endpoint> = { anonymizer: { kind: 'vpn', operator: 'NORD_VPN' } };

  test('is decided by the policy first', () => {
    expect(place(record, everything).network).toMatchObject({
      kind: 'office',
      decidedBy: 'policy',
      organization: 'Lyon office',
    });
  });

  test('then by the record’s own words', () => {
    expect(place(record, { ...everything, egress: [] }).network).toMatchObject({
      kind: 'vpn',
      decidedBy: 'record',
      operator: 'NORD_VPN',
    });
  });

  test('then by the database of anonymizers', () => {
    expect(place({}, { ...everything, egress: [] }).network).toMatchObject({
      kind: 'residential-proxy',
      decidedBy: 'database',
    });
  });

  test('then by our own table, with the number of the ASN database', () => {
    const { asn, lists } = everything;
    expect(place({}, { ...(asn && { asn }), ...(lists && { lists }) }).network).toEqual({
      kind: 'residential',
      decidedBy: 'asn',
      asn: 7922,
      organization: 'COMCAST-7922',
    });
  });

  test('then by a list', () => {
    expect(place({}, { lists: () => ({ kind: 'vpn', rank: 0, operator: 'PIA_VPN' }) }).network).toEqual({
      kind: 'vpn',
      decidedBy: 'list',
      operator: 'PIA_VPN',
    });
  });

  test.each([
    ['10.1.2.3', 'private', 'address'],
    ['fd00::1', 'private', 'address'],
    ['203.0.113.9', 'unknown', 'address'],
    ['2001:db8::1', 'unknown', 'address'],
    ['8.20.30.40', 'unknown', 'nothing'],
    ['not an address', 'unknown', 'nothing'],
  ])('then by the address itself: %s is %s by %s', (ip, kind, decidedBy) => {
    expect(place({ ip }).network).toEqual({ kind, decidedBy });
  });

  test.each([
    ['office', 'office'],
    ['vpn', 'corporate-vpn'],
    ['sase', 'sase'],
  ] as const)('of a %s in the policy is %s', (kind, expected) => {
    expect(place({}, { egress: [{ ...OFFICE, kind }] }).network?.kind).toBe(expected);
  });

  test('of a host is a VPN’s where a list names the address as an exit', () => {
    const network = place({ asn: 16276 }, { lists: () => ({ kind: 'vpn', rank: 0 }) }).network;
    expect(network).toMatchObject({ kind: 'vpn', decidedBy: 'list', asn: 16276, organization: 'OVH' });
  });

  test('of a host stays the host’s where a list says the same', () => {
    const network = place({ asn: 16276 }, { lists: () => ({ kind: 'hosting', rank: 0 }) }).network;
    expect(network).toMatchObject({ kind: 'hosting', decidedBy: 'asn' });
  });

  test('of a home is not made a VPN’s by a list', () => {
    const network = place({ asn: 7922 }, { lists: () => ({ kind: 'vpn', rank: 0 }) }).network;
    expect(network).toMatchObject({ kind: 'residential', decidedBy: 'asn' });
  });

  test('takes the number and the holder from the record before the database', () => {
    const asn = (): unknown => ({
      autonomous_system_number: 7922,
      autonomous_system_organization: 'COMCAST',
    });
    expect(place({ asn: 21928, asOrg: 'T-MOBILE-AS21928' }, { asn }).network).toMatchObject({
      kind: 'mobile',
      asn: 21928,
      organization: 'T-MOBILE-AS21928',
    });
  });

  test('does not give the record’s number the database’s name of another', () => {
    const asn = (): unknown => ({
      autonomous_system_number: 7922,
      autonomous_system_organization: 'COMCAST',
    });
    expect(place({ asn: 64496 }, { asn }).network).not.toHaveProperty('organization');
  });

  test('names the operator of a system that is one', () => {
    expect(place({ asn: 209854 }).network).toMatchObject({ kind: 'vpn', operator: 'SURFSHARK_VPN' });
  });

  test.each(['nord_vpn', 'NORD_VPN', ' Nord_Vpn '])('is allowed when the policy lists %j', (operator) => {
    expect(place(record, { vpnOperators: [operator] }).network?.operatorAllowed).toBe(true);
  });

  test('says nothing of permission for an operator the policy does not list', () => {
    expect(place(record, { vpnOperators: ['PIA_VPN'] }).network).not.toHaveProperty('operatorAllowed');
  });

  test.each([
    ['APPLE_ICLOUD_RELAY_PROXY', 'relay'],
    ['WARP_VPN', 'relay'],
    ['ANONYMIZER_TOR', 'tor'],
    ['ZSCALER_PROXY', 'sase'],
    ['GLOBALPROTECT', 'sase'],
    ['cisco-anyconnect', 'sase'],
    ['ASTRILL_VPN', 'proxy'],
  ])('of the operator %s is %s though the record says proxy', (operator, kind) => {
    expect(place({ anonymizer: { kind: 'proxy', operator } }).network?.kind).toBe(kind);
  });

  test('of an address that the record only calls hidden is what a list or the AS number names', () => {
    const apple = { kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY', rank: 0, refreshedTime: 7 } as const;
    expect(place({ anonymizer: { kind: 'proxy' } }, { lists: () => apple }).network).toEqual({
      ...{ kind: 'relay', decidedBy: 'list', operator: 'APPLE_ICLOUD_RELAY_PROXY' },
      listedTime: 7,
    });
    expect(place({ asn: 209854, anonymizer: { kind: 'vpn' } }).network).toMatchObject({
      decidedBy: 'asn',
      operator: 'SURFSHARK_VPN',
    });
  });

  test.each([
    ['names an operator', { kind: 'proxy', operator: 'NORD_VPN' }],
    ['calls it Tor', { kind: 'tor' }],
  ] as const)('is the record’s, whatever a list names, when it %s', (_, anonymizer) => {
    const pia = { kind: 'vpn', operator: 'PIA_VPN', rank: 0 } as const;
    expect(place({ anonymizer }, { lists: () => pia }).network).toEqual({
      decidedBy: 'record',
      ...anonymizer,
    });
  });

  test('is the record’s when a list names no operator', () => {
    const { network } = place(
      { anonymizer: { kind: 'vpn' } },
      { lists: () => ({ kind: 'hosting', rank: 9 }) },
    );
    expect(network).toEqual({ kind: 'vpn', decidedBy: 'record' });
  });

  test('keeps all operators that the record names', () => {
    const anonymizer = { kind: 'vpn', operator: 'NORD_VPN', otherOperators: ['PIA_VPN'] } as const;
    expect(place({ anonymizer }).network?.otherOperators).toEqual(['PIA_VPN']);
  });

  test('keeps the record’s kind when it names no operator', () => {
    expect(place({ anonymizer: { kind: 'residential-proxy' } }).network).toEqual({
      kind: 'residential-proxy',
      decidedBy: 'record',
    });
  });
});

describe('the policy’s egress', () => {
  const of = (egress: Partial<Egress>): Endpoint =>
    place({}, { ...lyon, egress: [{ ...OFFICE, ...egress }] });

  test('has the database’s place when the policy names none', () => {
    expect(of({}).place).toMatchObject({ city: 'Lyon', from: 'database' });
  });

  test.each([{ country: 'FR' }, { country: 'France', city: 'lyon' }, { city: 'Lyon' }])(
    'has the database’s place, by the policy, when the policy names %j',
    (named) => {
      expect(of(named).place).toMatchObject({ lat: 45.764, city: 'Lyon', from: 'policy' });
    },
  );

  test.each([{ country: 'DE' }, { country: 'FR', city: 'Nice' }])(
    'has no place when the database contradicts the policy’s %j',
    (named) => {
      expect(of(named)).not.toHaveProperty('place');
    },
  );

  test('is not disputed by the record once the policy has spoken', () => {
    const egress = [{ ...OFFICE, country: 'FR' }];
    expect(place({ vendorPlace: MOSCOW }, { ...lyon, egress }).place).not.toHaveProperty('disputedBy');
  });

  test('is the narrowest of the ranges that hold the address', () => {
    const vpn: Egress = { name: 'Gateway', cidrs: ['8.20.30.40'], kind: 'vpn' };
    expect(place({}, { egress: [vpn, OFFICE] }).network?.kind).toBe('corporate-vpn');
  });

  test('may be a private range', () => {
    const egress: Egress[] = [{ name: 'Inside', cidrs: ['10.0.0.0/8'], kind: 'office' }];
    expect(place({ ip: '10.9.8.7' }, { egress }).network?.kind).toBe('office');
  });

  test.each([
    [{ cidrs: ['8.20.30.0/99'] }, '"8.20.30.0/99" of Lyon office'],
    [{ country: 'Springfield' }, '"Springfield" of Lyon office'],
  ])('that cannot be read, %j, is named', (wrong, message) => {
    expect(() => createAtlas({ egress: [{ ...OFFICE, ...wrong }] })).toThrow(message);
  });
});

describe('the database that comes with Ringer', () => {
  let atlas: Atlas;
  beforeAll(async () => {
    atlas = await openAtlas();
  });

  // Blocks of /8 to /12 that one large carrier has held for a decade and more; countries only, because cities move.
  test.each([
    ['73.0.0.1', 'US'],
    ['84.128.0.1', 'DE'],
    ['86.128.0.1', 'GB'],
    ['90.0.0.1', 'FR'],
    ['153.128.0.1', 'JP'],
    ['1.128.0.1', 'AU'],
    ['::ffff:73.0.0.1', 'US'],
    ['2601:1::1', 'US'],
    ['2003:e8::1', 'DE'],
    ['2804:14c::1', 'BR'],
  ])('places %s in %s', (ip, country) => {
    expect(atlas.place({ ip }).place?.country).toBe(country);
  });

  test('needs no notice', () => {
    expect(atlas.notices).toEqual([]);
  });

  test('writes the district of a city nowhere', () => {
    expect(atlas.place({ ip: '24.48.0.1' }).place?.city).not.toContain('(');
  });
});

test('without a database it says so, and still decides networks', async () => {
  const atlas = await openAtlas({ cityPaths: [] });
  expect(atlas.notices).toEqual([expect.stringContaining('no location database')]);
  expect(atlas.place({ ip: IP, asn: 14593 }).network?.kind).toBe('satellite');
});
