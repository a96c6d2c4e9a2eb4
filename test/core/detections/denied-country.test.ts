import { deniedCountry } from '../../../lib/core/detections/denied-country.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { Authentication, Sighting } from '../../../lib/core/events/index.ts';
import { ORGANIZATION } from '../../../lib/core/people/subject.ts';
import { NO_POLICY, type Policy } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce } from '../../support/engine.ts';
import { AMSTERDAM, days, hours, MOSCOW, NEW_YORK, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(deniedCountry);
const policy: Policy = { ...NO_POLICY, deniedCountries: ['RU', 'KP'] };
const run = (events: readonly Authentication[], own: Policy = policy) =>
  runOnce(events, { rules, policy: own });

const fromMoscow = (change: Partial<Authentication> = {}): Authentication => ({
  ...signIn({ at: NOON, place: MOSCOW }),
  ...change,
});
const refused = (change: Partial<Authentication> = {}) =>
  fromMoscow({ status: 'failure', statusDetail: '50126', ...change });
const at = (endpoint: Partial<NonNullable<Authentication['srcEndpoint']>>) => ({
  srcEndpoint: { ip: '198.51.100.7', place: MOSCOW, ...endpoint },
});
const told = (events: readonly Authentication[]) =>
  run(events).map(({ severity, subject }) => [severity, subject.kind]);

describe('denied-country', () => {
  it('is high for whoever was let in, from the first day, at the keyboard or not', () => {
    const [alert] = run([fromMoscow()]);
    expect(alert).toMatchObject({
      severity: 'high',
      confidence: 'high',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      summary: 'Signed in from Russia (RU), a denied country.',
    });
    expect(told([fromMoscow({ interactive: false })])).toEqual([['high', 'person']]);
  });

  it('is medium for a refusal after the right password', () => {
    const [alert] = run([refused({ firstFactorPassed: true, statusDetail: '53003' })]);
    expect(alert).toMatchObject({ severity: 'medium', subject: { kind: 'person' } });
    expect(alert?.why.join(' ')).toContain('(53003)');
    expect(alert?.next[0]).toContain('Change the password');
  });

  it('is medium for whoever passed the password and is not in yet, and nothing for a policy’s word alone', () => {
    const step = fromMoscow({ activity: 'preauth' });
    expect(told([{ ...step, firstFactorPassed: true }])).toEqual([['medium', 'person']]);
    expect(told([step])).toEqual([]);
    expect(told([{ ...step, firstFactorPassed: true }, fromMoscow({ time: NOON + 1 })])).toEqual([
      ['high', 'person'],
    ]);
  });

  it('says nothing without a list of denied countries, and nothing of other countries', () => {
    expect(run([fromMoscow(), refused()], NO_POLICY)).toEqual([]);
    expect(told([signIn({ at: NOON, place: AMSTERDAM })])).toEqual([]);
  });

  it('takes nothing from sign-outs, programs of their own, and the organization’s own exits', () => {
    expect(
      told([
        fromMoscow({ activity: 'logoff' }),
        fromMoscow({ actor: { type: 'service', accountUid: 'app-1' } }),
        fromMoscow(at({ network: { kind: 'office', decidedBy: 'policy' } })),
      ]),
    ).toEqual([]);
  });

  it.each([
    ['a VPN', { kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' }, 'NORD_VPN'],
    ['a relay', { kind: 'relay', operator: 'WARP_VPN', decidedBy: 'record' }, 'WARP_VPN'],
  ] as const)('is low through the exit of %s, and says why', (_name, network, named) => {
    for (const event of [
      fromMoscow(at({ network })),
      refused({ ...at({ network }), firstFactorPassed: true }),
    ]) {
      const [alert] = run([event]);
      expect(alert).toMatchObject({ severity: 'low', confidence: 'low' });
      expect(alert?.why.join(' ')).toContain(named);
    }
  });

  it.each([
    ['the database alone', { vendorPlace: { country: 'US' } }],
    ['the record alone', { place: NEW_YORK, vendorPlace: { country: 'RU' } }],
    [
      'the database, and the record is far away',
      { place: { ...MOSCOW, disputedBy: { text: 'Newark, US', distanceKm: 7_490 } } },
    ],
  ])('is low where %s says so', (_name, endpoint) => {
    const [alert] = run([fromMoscow(at(endpoint))]);
    expect(alert).toMatchObject({ severity: 'low', confidence: 'low' });
    expect(alert?.why.join(' ')).toMatch(/one of the two is wrong/);
  });

  it('stays high where database and record agree on the country, however far apart', () => {
    const place = { ...MOSCOW, disputedBy: { text: 'Vladivostok, RU', distanceKm: 6_400 } };
    expect(told([fromMoscow(at({ place, vendorPlace: { country: 'RU', city: 'Vladivostok' } }))])).toEqual([
      ['high', 'person'],
    ]);
  });

  it('cannot tell of an address without a country', () => {
    const because: string[] = [];
    const { srcEndpoint: _, ...rest } = fromMoscow();
    evaluate(
      newSubject(),
      [{ ...rest, srcEndpoint: { ip: '198.51.100.7' } }],
      { now: NOON, seal: false },
      {
        ...{ subject: { kind: 'person', id: 'sam.doe@example.com' }, rules, policy },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: () => undefined,
        cannotTell: (_detection, text) => because.push(text),
      },
    );
    expect(because).toEqual(['the address has no country']);
  });

  it('is covered by a travel approval for the country', () => {
    const approvals = [
      {
        kind: 'travel' as const,
        country: 'RU',
        for: { people: ['sam.doe@example.com'] },
        until: NOON + days(1),
        reason: 'Fair in Moscow',
      },
    ];
    expect(run([fromMoscow()], { ...policy, approvals }).map(({ severity }) => severity)).toEqual([
      'informational',
    ]);
  });
});

describe('refused sign-ins from denied countries', () => {
  const by = (address: string, change: Partial<Authentication> = {}) =>
    refused({ actor: { type: 'user', address }, ...change });
  const spray = Array.from({ length: 60 }, (_, n) => by(`person${n}@example.com`, { time: NOON + n }));

  it('are one informational line a day about the organization, and nothing about anybody', () => {
    const nobody = by('no-such-account@example.com', { statusDetail: '50034' });
    const pyongyang = by('ann@example.com', at({ place: { ...MOSCOW, country: 'KP' } }));
    const alerts = run([...spray, ...spray, nobody, pyongyang]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      severity: 'informational',
      subject: ORGANIZATION,
      summary:
        'Refused sign-ins from denied countries: Russia (RU): 61 accounts, North Korea (KP): 1 account.',
      count: 62,
    });
    expect(alerts[0]?.evidence[0]).toMatchObject({ source: 'okta', feed: 'system-log' });
    expect(alerts[0]?.related).toContainEqual({ kind: 'person', id: 'ann@example.com' });
  });

  it('are a line for each UTC day', () => {
    expect(
      told([refused(), refused({ time: NOON + hours(11) }), refused({ time: NOON + hours(13) })]),
    ).toEqual([
      ['informational', 'organization'],
      ['informational', 'organization'],
    ]);
  });

  it('stand beside the alert about somebody whose password was right', () => {
    expect(told([...spray, refused({ firstFactorPassed: true })]).sort()).toEqual([
      ['informational', 'organization'],
      ['medium', 'person'],
    ]);
  });

  it('come out the same whatever comes late, twice or at the same time', () => {
    const early = by('person1@example.com', { time: NOON - hours(3), uid: 'early' });
    const all = [...spray, early];
    const once = run(all);
    expect(run([...all].reverse())).toEqual(once);
    expect(runInBatches([spray.slice(30), spray, [early, early]], { rules, policy })).toEqual(once);
  });

  it('leave a small state, however many accounts are tried', () => {
    const sightings = Array.from({ length: 3_000 }, (_, n): Sighting => ({
      kind: 'sighting',
      time: NOON,
      source: 'ringer',
      feed: 'sightings',
      uid: `s${n}`,
      to: ORGANIZATION,
      of: { kind: 'person', id: `person${n}@example.com` },
      what: { type: 'noted', detection: 'denied-country', object: 'RU', name: 'Russia (RU)' },
    }));
    const { state, alerts } = evaluate(
      newSubject(),
      sightings,
      { now: NOON + days(4), seal: true },
      {
        ...{ subject: ORGANIZATION, rules, policy },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(alerts[0]?.summary).toContain('3000 accounts');
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(1_000);
  });
});

describe('denied-country from the vendors’ records', () => {
  const ip = '8.20.30.40';
  const russia = {
    location: { city: 'Moscow', state: 'Moscow', countryOrRegion: 'RU', geoCoordinates: null },
  };
  const failedWith = (errorCode: number) => ({ ...russia, status: { errorCode, failureReason: 'x' } });
  const byDatabase = { country_code: 'RU', city: 'Moscow', latitude: 55.75, longitude: 37.61 };
  // Okta's and Google's fixtures are in the Netherlands.
  const deniedCountries = ['RU', 'NL'];

  it.each([
    [
      'Okta denied by policy after the password',
      'okta/system-log/policy-denied-after-password',
      {},
      'medium',
    ],
    ['Okta denied by policy before it', 'okta/system-log/policy-denied-before-password', {}, 'spray'],
    [
      'Okta with the right password, before the second factor',
      'okta/system-log/mfa-password-as-factor',
      {},
      'medium',
    ],
    ['Okta with a wrong password', 'okta/system-log/session-start-failed', {}, 'spray'],
    ['Entra let in', 'entra/signIns/interactive-v1', russia, 'high'],
    ['Entra blocked by conditional access', 'entra/signIns/wrong-password', failedWith(53003), 'medium'],
    ['Entra with a wrong password', 'entra/signIns/wrong-password', failedWith(50126), 'spray'],
    ['Entra of an unknown account', 'entra/signIns/unknown-account', failedWith(50034), 'spray'],
    ['Google let in', 'google/login/success-two-factors', {}, 'high'],
    ['Google with a wrong password', 'google/login/failure-password', { ipAddress: ip }, 'spray'],
    ['Google stopped at the second factor', 'google/login/failure-second-factor', {}, 'medium'],
    ['Microsoft 365 let in', 'm365/audit/user-logged-in', { ClientIP: ip, ActorIpAddress: ip }, 'high'],
    [
      'Microsoft 365 stopped at the second factor',
      'm365/audit/user-login-failed-second-factor',
      { ClientIP: ip, ActorIpAddress: ip },
      'medium',
    ],
    ['AWS let in', 'aws/cloudtrail/console-login-with-mfa', { sourceIPAddress: ip }, 'high'],
    ['AWS refused', 'aws/cloudtrail/console-login-failed', { sourceIPAddress: ip }, 'spray'],
  ])('%s', (_name, path, over, expected) => {
    const events = eventsOf(fixture(path, over), { city: () => byDatabase });
    const alerts = runOnce(events, { rules, policy: { ...policy, deniedCountries } });
    expect(
      alerts.map(({ severity, subject }) => (subject.kind === 'organization' ? 'spray' : severity)),
    ).toEqual([expected]);
  });
});
