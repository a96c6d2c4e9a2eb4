import type { Authentication } from '../../../lib/core/events/index.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { runInBatches, runOnce } from '../../support/engine.ts';
import {
  AMSTERDAM,
  AUCKLAND,
  CHICAGO,
  days,
  hours,
  LOS_ANGELES,
  minutes,
  MOSCOW,
  NEW_YORK,
  NOON,
  PHILADELPHIA,
  signIn,
  SUVA,
} from '../../support/people-and-places.ts';

const NORD: Network = { kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' };

const travel = (...events: readonly Authentication[]) =>
  runOnce(events).filter((alert) => alert.detection === 'impossible-travel');

// The published scenarios of impossible travel, with the right answer to each.
const SCENARIOS: readonly (readonly [
  number,
  string,
  readonly (readonly Authentication[])[],
  'alert' | 'quiet' | 'low',
])[] = [
  [
    1,
    'New York, then Moscow an hour later',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + hours(1), place: MOSCOW })]],
    'alert',
  ],
  [
    2,
    'the same, the later one delivered first',
    [[signIn({ at: NOON + hours(1), place: MOSCOW })], [signIn({ at: NOON, place: NEW_YORK })]],
    'alert',
  ],
  [
    3,
    'the same, at the same time',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON, place: MOSCOW })]],
    'alert',
  ],
  [
    4,
    'the same, ten seconds apart',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + 10_000, place: MOSCOW })]],
    'alert',
  ],
  [
    5,
    'Moscow a year ago, then New York and Moscow in five minutes',
    [
      [signIn({ at: NOON - days(365), place: MOSCOW })],
      [signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + minutes(5), place: MOSCOW })],
    ],
    'alert',
  ],
  [
    6,
    'New York, then Los Angeles an hour later, in one country',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + hours(1), place: LOS_ANGELES })]],
    'alert',
  ],
  [
    7,
    'New York, then Philadelphia two minutes later',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + minutes(2), place: PHILADELPHIA })]],
    'quiet',
  ],
  [
    8,
    'New York, then the exit of a commercial VPN five minutes later',
    [
      [
        signIn({ at: NOON, place: NEW_YORK }),
        signIn({ at: NOON + minutes(5), place: AMSTERDAM, network: NORD }),
      ],
    ],
    'low',
  ],
  [
    9,
    'Okta in New York, then Entra in Moscow ten minutes later',
    [
      [
        signIn({ at: NOON, place: NEW_YORK, source: 'okta' }),
        signIn({ at: NOON + minutes(10), place: MOSCOW, source: 'entra' }),
      ],
    ],
    'alert',
  ],
  [
    10,
    'New York, New York, and between them Moscow delivered half an hour late',
    [
      [signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + hours(1), place: NEW_YORK })],
      [signIn({ at: NOON + minutes(30), place: MOSCOW })],
    ],
    'alert',
  ],
  [
    11,
    'New York, Moscow 26 hours later, New York half an hour after that',
    [
      [
        signIn({ at: NOON, place: NEW_YORK }),
        signIn({ at: NOON + hours(26), place: MOSCOW }),
        signIn({ at: NOON + hours(26.5), place: NEW_YORK }),
      ],
    ],
    'alert',
  ],
  [
    12,
    'New York, then Moscow nine and a half hours later: a flight',
    [[signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + hours(9.5), place: MOSCOW })]],
    'quiet',
  ],
];

describe('the twelve travel scenarios', () => {
  it.each(SCENARIOS)('%i. %s', (_number, _title, batches, answer) => {
    const alerts = runInBatches(batches).filter((alert) => alert.detection === 'impossible-travel');
    expect(alerts.map((alert) => alert.severity)).toEqual(
      answer === 'quiet' ? [] : [answer === 'low' ? 'low' : 'high'],
    );
    expect(runOnce(batches.flat()).filter((alert) => alert.detection === 'impossible-travel')).toEqual(
      alerts,
    );
  });

  it('8 names the VPN', () => {
    const [alert] = travel(...(SCENARIOS[7]?.[2].flat() ?? []));
    expect(alert?.why.join(' ')).toContain('NORD_VPN');
  });

  it('10 completes at Moscow, not at the return', () => {
    const [alert] = travel(...(SCENARIOS[9]?.[2].flat() ?? []));
    expect(alert?.time).toBe(new Date(NOON + minutes(30)).toISOString());
    expect(alert?.count).toBe(3);
  });

  it('11 completes at the third sign-in', () => {
    const [alert] = travel(...(SCENARIOS[10]?.[2].flat() ?? []));
    expect(alert?.time).toBe(new Date(NOON + hours(26.5)).toISOString());
  });
});

describe('impossible-travel', () => {
  it('shows a hidden exit but does not let it move the person', () => {
    const alerts = travel(
      signIn({ at: NOON, place: NEW_YORK }),
      signIn({ at: NOON + minutes(5), place: AMSTERDAM, network: NORD }),
      signIn({ at: NOON + minutes(10), place: NEW_YORK }),
      signIn({ at: NOON + minutes(20), place: MOSCOW }),
    );
    expect(alerts.map((alert) => alert.severity)).toEqual(['high']);
    expect(alerts[0]?.summary).toContain('New York, US');
    expect(alerts[0]?.summary).toContain('Moscow, RU');
  });

  it.each([
    [
      'an allowed operator',
      { kind: 'vpn', operator: 'NORD_VPN', operatorAllowed: true, decidedBy: 'record' },
      'informational',
    ],
    [
      'a privacy relay',
      { kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY', decidedBy: 'record' },
      'informational',
    ],
    ['a satellite network', { kind: 'satellite', asn: 14593, decidedBy: 'asn' }, 'informational'],
    ['a phone network', { kind: 'mobile', asn: 21928, decidedBy: 'asn' }, 'low'],
    ['a data centre', { kind: 'hosting', asn: 16509, decidedBy: 'asn' }, 'medium'],
    ['a network nobody knows', { kind: 'unknown', decidedBy: 'nothing' }, 'high'],
  ] as const)('through %s it is %s', (_name, network, severity) => {
    const [alert] = travel(
      signIn({ at: NOON, place: NEW_YORK }),
      signIn({ at: NOON + minutes(5), place: AMSTERDAM, network }),
    );
    expect(alert?.severity).toBe(severity);
  });

  it('takes the organization’s own exit for no place at all', () => {
    const office: Network = { kind: 'office', decidedBy: 'policy' };
    expect(
      travel(signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + 1, place: MOSCOW, network: office })),
    ).toEqual([]);
  });

  it('is low when the same managed device was at both ends', () => {
    const device = { uid: 'dev-1', managed: true };
    const [alert] = travel(
      signIn({ at: NOON, place: NEW_YORK, device }),
      signIn({ at: NOON + 1, place: MOSCOW, device }),
    );
    expect(alert?.severity).toBe('low');
  });

  it('has low confidence and shows both places when the record disputes the database', () => {
    const disputed = { ...MOSCOW, disputedBy: { text: 'Newark, US', distanceKm: 7_490 } };
    const [alert] = travel(
      signIn({ at: NOON, place: NEW_YORK }),
      signIn({ at: NOON + minutes(5), place: disputed }),
    );
    expect(alert?.confidence).toBe('low');
    expect(alert?.why.join(' ')).toMatch(/Moscow.*Newark/);
  });

  it('measures across the antimeridian', () => {
    expect(
      travel(signIn({ at: NOON, place: AUCKLAND }), signIn({ at: NOON + hours(4), place: SUVA })),
    ).toEqual([]);
    expect(
      travel(signIn({ at: NOON, place: AUCKLAND }), signIn({ at: NOON + hours(1), place: SUVA })),
    ).toHaveLength(1);
  });

  it.each([
    ['a failed sign-in', { status: 'failure' }],
    ['a sign-in by a program', { interactive: false }],
    ['an address without a place', { place: undefined }],
  ] as const)('takes nothing from %s', (_name, change) => {
    expect(
      travel(signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + 1, place: MOSCOW, ...change })),
    ).toEqual([]);
  });

  it('keeps people apart', () => {
    expect(
      travel(
        signIn({ at: NOON, place: NEW_YORK }),
        signIn({ at: NOON + 1, place: MOSCOW, address: 'kim.roe@example.com' }),
      ),
    ).toEqual([]);
  });

  it('raises one alert a day however often somebody goes back and forth', () => {
    const there = [0, 1, 2, 3].flatMap((n) => [
      signIn({ at: NOON + minutes(20 * n), place: NEW_YORK }),
      signIn({ at: NOON + minutes(20 * n + 10), place: MOSCOW }),
    ]);
    const alerts = travel(...there);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.count).toBe(8);
  });

  it('lowers a route that was travelled three times at possible speed', () => {
    const flights = [-40, -30, -20, -10].flatMap((day) => [
      signIn({ at: NOON + days(day), place: NEW_YORK }),
      signIn({ at: NOON + days(day) + hours(12), place: AMSTERDAM }),
    ]);
    const [alert] = travel(
      ...flights,
      signIn({ at: NOON, place: NEW_YORK }),
      signIn({ at: NOON + minutes(5), place: AMSTERDAM }),
    );
    expect(alert?.severity).toBe('medium');
  });

  it('finds one session in two countries that are too close for a flight', () => {
    const brussels = { ...AMSTERDAM, city: 'Brussels', country: 'BE', lat: 50.85, lon: 4.35, radiusKm: 5 };
    const cologne = { ...AMSTERDAM, city: 'Cologne', country: 'DE', lat: 50.94, lon: 6.96, radiusKm: 5 };
    const alerts = travel(
      signIn({ at: NOON, place: brussels, session: 's-1' }),
      signIn({ at: NOON + minutes(2), place: cologne, session: 's-1' }),
    );
    expect(alerts.map((alert) => alert.summary)).toEqual([
      'One session was used from Brussels, BE and Cologne, DE within 2 min.',
    ]);
  });

  it('softens an exit that a tenth of the company shares, but not a household', () => {
    const exit = '192.0.2.10';
    const crowd = (people: number) =>
      Array.from({ length: people }, (_, n) =>
        signIn({ at: NOON - days(1), place: CHICAGO, ip: exit, address: `p${n}@example.com` }),
      );
    const sam = [
      signIn({ at: NOON, place: AMSTERDAM }),
      signIn({ at: NOON + minutes(5), place: CHICAGO, ip: exit }),
    ];
    const of = (people: number) =>
      runOnce([...crowd(people), ...sam], { peopleCount: 20 }).filter(
        (alert) => alert.subject.id === 'sam.doe@example.com',
      );
    expect(of(12).map((alert) => alert.severity)).toEqual(['low']);
    expect(of(3).map((alert) => alert.severity)).toEqual(['high']);
  });

  it('is covered by an approval for somebody whom no directory has, and only for the city it names', () => {
    const approval = {
      kind: 'travel' as const,
      for: { people: ['sam.doe@example.com'] },
      until: NOON + days(9),
      reason: 'Conference',
    };
    const severity = (where: object) =>
      runOnce([signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + minutes(5), place: MOSCOW })], {
        policy: { ...NO_POLICY, approvals: [{ ...approval, ...where }] },
      }).map((alert) => alert.severity);
    expect(severity({})).toEqual(['informational']);
    expect(severity({ country: 'RU', city: 'moscow' })).toEqual(['informational']);
    expect(severity({ country: 'RU', city: 'Kazan' })).toEqual(['high']);
  });

  it('asks nothing of an exit that the policy names', () => {
    const office: Network = { kind: 'office', decidedBy: 'policy' };
    const crowd = Array.from({ length: 12 }, (_, n) =>
      signIn({ at: NOON, place: CHICAGO, ip: '192.0.2.10', network: office, address: `p${n}@example.com` }),
    );
    const sam = [
      signIn({ at: NOON + 1, place: AMSTERDAM }),
      signIn({ at: NOON + minutes(5), place: CHICAGO, ip: '192.0.2.10' }),
    ];
    expect(travel(...crowd, ...sam).map((alert) => alert.severity)).toEqual(['high']);
  });
});

describe('what somebody’s own records say of their networks', () => {
  const travel = (events: Parameters<typeof runOnce>[0]) =>
    runOnce(events)
      .filter(({ detection }) => detection === 'impossible-travel')
      .map(({ severity }) => severity);
  const vpn = { kind: 'vpn', operator: 'PROTON_VPN', decidedBy: 'record' } as const;

  it('explains an address that another provider names as a VPN', () => {
    const home = signIn({ at: NOON, place: NEW_YORK });
    const named = signIn({ at: NOON + minutes(20), place: AMSTERDAM, network: vpn });
    const unnamed = signIn({ at: NOON + minutes(40), place: AMSTERDAM, source: 'entra' });
    expect(travel([home, unnamed])).toEqual(['high']);
    expect(travel([home, named, unnamed])).toEqual(['low']);
  });

  it('says nothing of another address', () => {
    const named = signIn({ at: NOON, place: AMSTERDAM, network: vpn, ip: '203.0.113.8' });
    const home = signIn({ at: NOON + minutes(20), place: NEW_YORK });
    const other = signIn({ at: NOON + minutes(40), place: AMSTERDAM, source: 'entra' });
    expect(travel([named, home, other])).toEqual(['high']);
  });

  it('is low within a country and medium abroad when a phone is one of the two', () => {
    const phone = { os: 'iOS 19', managed: false };
    const home = signIn({ at: NOON, place: NEW_YORK });
    expect(travel([home, signIn({ at: NOON + minutes(9), place: LOS_ANGELES, device: phone })])).toEqual([
      'low',
    ]);
    expect(travel([home, signIn({ at: NOON + minutes(9), place: MOSCOW, device: phone })])).toEqual([
      'medium',
    ]);
  });
});
