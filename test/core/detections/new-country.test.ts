import { newCountry } from '../../../lib/core/detections/new-country.ts';
import { beginFolding, newSubject } from '../../../lib/core/engine.ts';
import type { Authentication } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import {
  AMSTERDAM,
  AUCKLAND,
  days,
  hours,
  MOSCOW,
  NEW_YORK,
  NOON,
  signIn,
  type SignInOptions,
} from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(newCountry);
const run = (events: readonly Authentication[], options: RunOptions = {}) =>
  runOnce(events, { rules, ...options });

/** Every other day in New York for some weeks before noon of the day of the tests. */
const settled = (change: Partial<SignInOptions> = {}) =>
  Array.from({ length: 15 }, (_, n) =>
    signIn({ at: NOON - days(2 * (n + 1)), place: NEW_YORK, uid: `home-${n}`, ...change }),
  );
const away = (change: Partial<SignInOptions> = {}) => signIn({ at: NOON, place: AMSTERDAM, ...change });

describe('new-country', () => {
  it('tells of the first sign-in from a country, and names both', () => {
    const [alert, ...others] = run([...settled(), away()]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ severity: 'low', confidence: 'medium', count: 1 });
    expect(alert?.summary).toBe('Signed in from Netherlands (NL), for the first time in 60 days.');
    expect(alert?.why.join(' ')).toContain('Amsterdam, NL');
  });

  it('is silent at the first sign-in ever, and for a fortnight after it', () => {
    const first = signIn({ at: NOON - days(13), place: NEW_YORK });
    expect(run([away()])).toEqual([]);
    expect(run([first, away()])).toEqual([]);
    expect(run([{ ...first, time: NOON - days(15) }, away()])).toHaveLength(1);
  });

  it('is silent about a country of an earlier day of the last 60, and not about one of longer ago', () => {
    const atHome = Array.from({ length: 40 }, (_, n) =>
      signIn({ at: NOON - days(80 - 2 * n), place: NEW_YORK }),
    );
    const timesOf = (...thereDaysAgo: readonly number[]) =>
      run([...atHome, ...thereDaysAgo.map((ago) => away({ at: NOON - days(ago) }))]).map(({ time }) => time);
    // 69 days ago falls within the fortnight that is learnt.
    expect(timesOf(69, 9)).toEqual([]);
    expect(timesOf(69, 8)).toEqual([new Date(NOON - days(8)).toISOString()]);
  });

  it('keeps the whole of the first day, and is silent from the next', () => {
    const alerts = run([...settled(), away(), away({ at: NOON + hours(3) }), away({ at: NOON + days(1) })]);
    expect(alerts.map(({ count, lastSeen }) => [count, lastSeen])).toEqual([
      [2, new Date(NOON + hours(3)).toISOString()],
    ]);
  });

  it('learns anew whoever was away for two months', () => {
    expect(
      run([signIn({ at: NOON - days(200), place: NEW_YORK }), ...settled({ at: NOON - days(90) }), away()]),
    ).toEqual([]);
  });

  it('never calls the claimed country new', () => {
    const directory = (country: string) =>
      buildDirectory({ roster: [{ email: 'sam.doe@example.com', workPlace: { country } }], users: [] });
    expect(run([...settled(), away()], { directory: directory('NL') })).toEqual([]);
    const [alert] = run([...settled(), away()], { directory: directory('US') });
    expect(alert?.why).toContain('They are said to work in United States (US).');
  });

  it.each([
    ['a VPN', { kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' }],
    ['a relay', { kind: 'relay', decidedBy: 'list' }],
    ['a phone network', { kind: 'mobile', decidedBy: 'asn' }],
    ['a satellite network', { kind: 'satellite', decidedBy: 'asn' }],
    ['somebody’s gateway', { kind: 'sase', decidedBy: 'asn' }],
  ] as const)('is informational through %s, which does not make the country known', (_name, network) => {
    const hidden = away({ at: NOON - days(1), network });
    expect(run([...settled(), hidden]).map(({ severity }) => severity)).toEqual(['informational']);
    expect(
      run([...settled(), hidden, away({ at: NOON - hours(1), network }), away()]).map(
        ({ severity }) => severity,
      ),
    ).toEqual(['informational', 'low']);
  });

  it('is silent about the exit of a VPN in a country where the person has been', () => {
    const network: Network = { kind: 'vpn', decidedBy: 'record' };
    expect(run([...settled(), signIn({ at: NOON, place: NEW_YORK, network })])).toEqual([]);
  });

  it('has low confidence where the record disagrees', () => {
    const place = { ...AMSTERDAM, disputedBy: { text: 'Newark, US', distanceKm: 5_900 } };
    const [alert] = run([...settled(), away({ place })]);
    expect(alert).toMatchObject({ severity: 'low', confidence: 'low' });
    expect(alert?.why.join(' ')).toContain('Newark, US');
  });

  it('takes the record’s own country where there is no place', () => {
    const { srcEndpoint, ...rest } = away({ place: undefined });
    const named = { ...rest, srcEndpoint: { ip: srcEndpoint?.ip ?? '', vendorPlace: { country: 'NL' } } };
    expect(run([...settled(), named])[0]?.summary).toContain('Netherlands');
  });

  it.each([
    ['a failure', { status: 'failure' }],
    ['a sign-in by a program', { interactive: false }],
    ['the organization’s own exit', { network: { kind: 'office', decidedBy: 'policy' } }],
    ['an address without a country', { place: undefined }],
  ] as const)('takes nothing from %s', (_name, change) => {
    expect(run([...settled(), away(change)])).toEqual([]);
  });

  it('is covered by a travel approval for that country only', () => {
    const approved = (country: string) =>
      run([...settled(), away()], {
        policy: {
          ...NO_POLICY,
          approvals: [
            {
              kind: 'travel',
              country,
              for: { people: ['sam.doe@example.com'] },
              until: NOON + days(9),
              reason: 'Conference',
            },
          ],
        },
      })[0]?.severity;
    expect([approved('NL'), approved('RU')]).toEqual(['informational', 'low']);
  });

  it('comes out the same whatever comes late, twice or at the same time', () => {
    const network: Network = { kind: 'vpn', decidedBy: 'record' };
    const hidden = away({ at: NOON, network, uid: 'a' });
    const clear = away({ at: NOON, uid: 'b' });
    const moscow = signIn({ at: NOON - hours(2), place: MOSCOW });
    const all = [...settled(), moscow, hidden, clear, clear];
    const once = run(all);
    expect(once.map(({ severity, count }) => [severity, count])).toEqual([['low', 3]]);
    expect(run([...all].reverse())).toEqual(once);
    expect(runInBatches([settled(), [clear], [hidden, clear], [moscow]], { rules })).toEqual(once);
  });

  it('is withdrawn when an earlier day of the same country arrives late', () => {
    const late = away({ at: NOON - hours(13) });
    const batches = [settled(), [away()], [late]];
    expect(runInBatches(batches, { rules }).map(({ time }) => time)).toEqual([
      new Date(NOON - hours(13)).toISOString(),
    ]);
    expect(runInBatches(batches, { rules })).toEqual(run(batches.flat()));
  });

  it('remembers a bounded number of countries, whatever their names', () => {
    const codes = ['__proto__', 'constructor', ...Array.from({ length: 500 }, (_, n) => `${n}`.repeat(90))];
    const events = codes.map((country, n) => signIn({ at: NOON + n, place: { ...AUCKLAND, country } }));
    const folding = beginFolding(
      newSubject(),
      { now: NOON + days(3), seal: true },
      {
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    folding.add(events);
    expect(JSON.stringify(folding.finish().state.sealed.slots).length).toBeLessThan(10_000);
  });
});

describe('new-country from the vendors’ records', () => {
  const LYON = { country_code: 'FR', state1: 'Rhone', city: 'Lyon', latitude: 45.764, longitude: 4.8357 };
  it.each([
    ['Okta', 'okta/system-log/session-start-vpn', 'Netherlands (NL)', { securityContext: {} }],
    ['Entra', 'entra/signIns/interactive-v1', 'United States (US)', {}],
    ['Google', 'google/login/success-two-factors', 'Netherlands (NL)', {}],
    [
      'Microsoft 365',
      'm365/audit/user-logged-in',
      'France (FR)',
      { ClientIP: '8.20.30.40', ActorIpAddress: '8.20.30.40' },
    ],
    ['AWS', 'aws/cloudtrail/console-login-with-mfa', 'France (FR)', { sourceIPAddress: '8.20.30.40' }],
  ])('%s has the country', (_name, path, country, over) => {
    const signIns = eventsOf(fixture(path, over), { city: () => LYON }).filter(
      (event): event is Authentication => event.kind === 'authentication',
    );
    const [actual] = signIns;
    if (actual === undefined) throw new Error('no sign-in');
    const earlier = Array.from({ length: 10 }, (_, n) => ({
      ...signIn({ at: actual.time - days(3 * (n + 1)), place: AUCKLAND }),
      source: actual.source,
      ...(actual.actor === undefined ? {} : { actor: actual.actor }),
    }));
    expect(run([...earlier, ...signIns]).map((alert) => alert.summary)).toEqual([
      `Signed in from ${country}, for the first time in 60 days.`,
    ]);
  });
});
