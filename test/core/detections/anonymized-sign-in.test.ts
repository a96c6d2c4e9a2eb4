import { anonymizedSignIn } from '../../../lib/core/detections/anonymized-sign-in.ts';
import { evaluate, newSubject, OPEN_MS } from '../../../lib/core/engine.ts';
import type { Authentication, Event, Sighting } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { ORGANIZATION, type SubjectRef } from '../../../lib/core/people/subject.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(anonymizedSignIn);
const run = (events: readonly Authentication[], options: RunOptions = {}) =>
  runOnce(events, { rules, ...options });

const SAM = 'sam.doe@example.com';
const HOME: Network = { kind: 'residential', decidedBy: 'asn', asn: 7922 };
const NORD: Network = { kind: 'vpn', operator: 'NORD_VPN', decidedBy: 'record' };
const PIA: Network = { ...NORD, operator: 'PIA_VPN' };

const through = (network: Network, at = NOON, address = SAM) => signIn({ at, network, address });
/** Somebody who has signed in from home for a month. */
const atHome = (address = SAM) =>
  Array.from({ length: 15 }, (_, n) => through(HOME, NOON - days(2 * (n + 1)), address));
const hiredDaysAgo = (count: number): RunOptions => ({
  directory: buildDirectory({ roster: [{ email: SAM, hiredTime: NOON - days(count) }], users: [] }),
});
const severities = (events: readonly Authentication[], options: RunOptions = {}) =>
  run(events, options).map(({ severity }) => severity);

describe('anonymized-sign-in', () => {
  it('names the operator, and is low for somebody it hardly knows yet', () => {
    const [alert, ...others] = run([through(NORD)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'low',
      confidence: 'high',
      object: { kind: 'service', id: 'NORD_VPN' },
      summary: 'Signed in through NORD_VPN, a VPN.',
    });
  });

  it.each([
    ['Tor', { kind: 'tor', operator: 'ANONYMIZER_TOR' }, 'medium'],
    ['a proxy on a home line', { kind: 'residential-proxy', operator: 'OXYLABS_PROXY' }, 'medium'],
    ['a proxy nobody names', { kind: 'proxy' }, 'low'],
    ['a VPN nobody names', { kind: 'vpn' }, 'low'],
    ['a phone maker’s VPN', { kind: 'vpn', operator: 'SAMSUNG_VPN' }, 'low'],
    ['iCloud Private Relay', { kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY' }, 'informational'],
    ['WARP', { kind: 'relay', operator: 'WARP_VPN' }, 'informational'],
    ['Avast’s VPN', { kind: 'vpn', operator: 'AVAST_VPN' }, 'informational'],
    ['Norton’s VPN', { kind: 'vpn', operator: 'NORTON_VPN' }, 'informational'],
    ['Symantec’s VPN', { kind: 'vpn', operator: 'SYMANTEC_VPN' }, 'informational'],
    ['Trend Micro’s VPN', { kind: 'vpn', operator: 'TRENDMICRO_VPN' }, 'informational'],
    ['McAfee’s VPN', { kind: 'vpn', operator: 'MCAFEE_VPN' }, 'informational'],
    ['GlobalProtect', { kind: 'vpn', operator: 'GLOBALPROTECT_VPN' }, 'informational'],
    ['Zscaler', { kind: 'sase', operator: 'ZSCALER_PROXY' }, 'informational'],
    [
      'an operator people may use',
      { kind: 'vpn', operator: 'NORD_VPN', operatorAllowed: true },
      'informational',
    ],
  ] as const)('through %s it is %j: %s', (_name, network, severity) => {
    const [alert] = run([
      ...atHome(),
      through({ decidedBy: 'record', ...network }, NOON - days(29)),
      through({ decidedBy: 'record', ...network }),
    ]);
    const [first] = run([through({ decidedBy: 'record', ...network })]);
    expect(first?.severity).toBe(severity);
    expect(alert?.severity).toBe(severity);
  });

  it('says once of a relay or a company’s gateway what would be true every day', () => {
    const relay: Network = { kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY', decidedBy: 'record' };
    const daily = Array.from({ length: 10 }, (_, n) => through(relay, NOON + days(n)));
    expect(severities(daily)).toEqual(['informational']);
    expect(
      severities(daily.map((event) => ({ ...event, srcEndpoint: { ip: '198.51.100.7', network: NORD } }))),
    ).toHaveLength(10);
  });

  it.each([
    ['a home line', HOME],
    ['a data centre', { kind: 'hosting', decidedBy: 'asn', asn: 16509 }],
    ['a network nobody knows', { kind: 'unknown', decidedBy: 'nothing' }],
    ['the company’s own VPN', { kind: 'corporate-vpn', decidedBy: 'policy' }],
  ] as const)('is silent about %s', (_name, network) => {
    expect(severities([...atHome(), through(network)])).toEqual([]);
  });

  it.each([
    ['a failure', { status: 'failure' }],
    ['a sign-in by a program', { interactive: false }],
    ['a right password alone', { activity: 'preauth' }],
    ['a sign-out', { activity: 'logoff' }],
    ['a program of its own', { actor: { type: 'service', accountUid: 'app-1' } }],
  ] as const)('takes nothing from %s', (_name, change) => {
    expect(severities([{ ...through(NORD), ...change }])).toEqual([]);
  });

  it('cannot tell of an address nobody has looked up', () => {
    const because: string[] = [];
    evaluate(
      newSubject(),
      [signIn({ at: NOON })],
      { now: NOON, seal: false },
      { ...contextOf({ kind: 'person', id: SAM }), cannotTell: (_detection, text) => because.push(text) },
    );
    expect(because).toEqual(['nobody has looked up the network of the address']);
  });

  it('is covered by an egress approval for the operator', () => {
    const approved = (name: string) =>
      severities([through(NORD)], {
        policy: {
          ...NO_POLICY,
          approvals: [
            { kind: 'egress', name, for: { people: [SAM] }, until: NOON + days(1), reason: 'Tests abroad' },
          ],
        },
      });
    expect([approved('NORD_VPN'), approved('PIA_VPN')]).toEqual([['informational'], ['low']]);
  });
});

describe('anonymized-sign-in of new people', () => {
  it('is medium on the first day with a VPN, to the ninetieth day', () => {
    expect(severities([through(NORD)], hiredDaysAgo(0))).toEqual(['medium']);
    expect(severities([through(NORD)], hiredDaysAgo(90))).toEqual(['medium']);
    expect(severities([through(NORD)], hiredDaysAgo(91))).toEqual(['low']);
    expect(severities([through({ kind: 'vpn', decidedBy: 'list' })], hiredDaysAgo(5))).toEqual(['medium']);
  });

  it('is low on later days with the same one, and medium for another', () => {
    const events = [
      through(NORD),
      through(NORD, NOON + hours(1)),
      through(NORD, NOON + days(1)),
      through(PIA, NOON + days(1) + 1),
    ];
    expect(run(events, hiredDaysAgo(3)).map(({ severity, object }) => [severity, object?.id])).toEqual([
      ['medium', 'NORD_VPN'],
      ['low', 'NORD_VPN'],
      ['medium', 'PIA_VPN'],
    ]);
  });

  it('stays informational for what comes with the phone', () => {
    const relay: Network = { kind: 'relay', decidedBy: 'list' };
    expect(severities([through(relay)], hiredDaysAgo(3))).toEqual(['informational']);
  });
});

describe('a VPN that colleagues use or do not', () => {
  const colleagues = (count: number, at = NOON - days(3)) =>
    Array.from({ length: count }, (_, n) => through(NORD, at, `colleague${n}@example.com`));
  const ofSam = (events: readonly Authentication[]) =>
    run(events)
      .filter(({ subject }) => subject.id === SAM)
      .map(({ severity }) => severity);

  it.each([
    [0, 'medium'],
    [1, 'medium'],
    [2, 'low'],
    [30, 'low'],
  ])('is, when %i colleagues use it too, %s', (count, severity) => {
    expect(ofSam([...atHome(), ...colleagues(count), through(NORD)])).toEqual([severity]);
  });

  it('says who else uses it', () => {
    const [alert] = run([...atHome(), ...colleagues(2), through(NORD)]).filter(
      ({ subject }) => subject.id === SAM,
    );
    expect(alert?.why.at(-1)).toBe('3 people or more use NORD_VPN here.');
  });

  it('is low whichever of those of one day is folded first', () => {
    const sameDay = colleagues(2, NOON + hours(2));
    expect(severities([...atHome(), through(NORD), ...sameDay])).toEqual(['low', 'low', 'low']);
  });

  it('is not made common by colleagues who use another, or last did a quarter ago', () => {
    const others = colleagues(3).map((event) => ({
      ...event,
      srcEndpoint: { ip: '198.51.100.9', network: PIA },
    }));
    expect(ofSam([...atHome(), ...others, through(NORD)])).toEqual(['medium']);
    expect(ofSam([...atHome(), ...colleagues(3, NOON - days(92)), through(NORD)])).toEqual(['medium']);
  });

  it('is low on later days, when the person is known with it', () => {
    expect(ofSam([...atHome(), through(NORD), through(NORD, NOON + days(1))])).toEqual(['medium', 'low']);
  });

  it('floods nobody in the first fortnight of a company', () => {
    const firstDay = Array.from({ length: 40 }, (_, n) =>
      through({ ...NORD, operator: `VPN_${n}` }, NOON, `person${n}@example.com`),
    );
    expect(new Set(severities(firstDay))).toEqual(new Set(['low']));
  });

  it('comes out the same whatever comes late, twice or in another order', () => {
    const own = through(NORD);
    const others = colleagues(2);
    const all = [...atHome(), ...others, own];
    const once = run(all);
    expect(run([...all].reverse())).toEqual(once);
    expect(
      runInBatches(
        [
          [...atHome(), ...others],
          [own, own],
        ],
        { rules },
      ),
    ).toEqual(once);
  });

  it('is lowered when colleagues’ sign-ins arrive a day late', () => {
    const late = colleagues(2, NOON - hours(20));
    const batches = [[...atHome(), through(NORD)], [late[0], late[1]].filter((each) => each !== undefined)];
    const before = runInBatches(batches.slice(0, 1), { rules });
    expect(before.map(({ severity }) => severity)).toEqual(['medium']);
    const after = runInBatches(batches, { rules });
    expect(after).toEqual(run(batches.flat()));
    expect(after.find(({ subject }) => subject.id === SAM)?.severity).toBe('low');
  });

  it('waits for the answer, which always comes', () => {
    const told = (count: number) => {
      const events = [...atHome(), ...colleagues(count), through(NORD)];
      const sightings = events.flatMap((event) => {
        const subject = { kind: 'person', id: event.actor?.address ?? '' } as const;
        return evaluate(newSubject(), [event], { now: NOON, seal: false }, contextOf(subject)).sightings;
      });
      const { conclusions } = evaluate(
        newSubject(),
        sightings,
        { now: NOON, seal: true },
        contextOf(ORGANIZATION),
      );
      return conclusions.filter(({ to }) => to.id === SAM).map(({ holds }) => holds);
    };
    expect([told(0), told(1), told(2)]).toEqual([[false], [false], [true]]);
  });
});

describe('what is kept', () => {
  const sealedSize = (subject: SubjectRef, events: readonly Event[]) => {
    const now = (events.at(-1)?.time ?? NOON) + OPEN_MS.organization + days(1);
    const { state } = evaluate(newSubject(), events, { now, seal: true }, contextOf(subject));
    return JSON.stringify(state.sealed.slots).length;
  };

  it('of a person stays small, however many operators they show', () => {
    const events = Array.from({ length: 400 }, (_, n) =>
      through({ ...NORD, operator: `OPERATOR_${n}`.padEnd(200, 'X') }, NOON + n),
    );
    expect(sealedSize({ kind: 'person', id: SAM }, events)).toBeLessThan(10_000);
  });

  it('of the organization stays small, however many people and operators there are', () => {
    const sightings = Array.from({ length: 3_000 }, (_, n): Sighting => ({
      kind: 'sighting',
      time: NOON + days(Math.floor(n / 300)),
      source: 'ringer',
      feed: 'sightings',
      uid: `s${n}`,
      to: ORGANIZATION,
      of: { kind: 'person', id: `person${n}@example.com` },
      what: {
        type: 'noted',
        detection: 'anonymized-sign-in',
        object: n % 2 === 0 ? `VPN_${n}` : '__PROTO__',
        name: 'A VPN',
      },
    }));
    expect(sealedSize(ORGANIZATION, sightings)).toBeLessThan(40_000);
  });
});

describe('anonymized-sign-in from the vendors’ records', () => {
  const shown = (path: string, over: Record<string, unknown>, lists?: Parameters<typeof eventsOf>[1]) =>
    runOnce(eventsOf(fixture(path, over), lists), { rules }).map(({ severity, object }) => [
      severity,
      object?.id,
    ]);
  const okta = (debugData: object, securityContext: object = {}) =>
    shown('okta/system-log/session-start-vpn', { securityContext, debugContext: { debugData } });

  it('Okta’s service categories, tunnels, and the bare word that it is a proxy', () => {
    expect(shown('okta/system-log/session-start-vpn', {})).toEqual([['low', 'NORD_VPN']]);
    expect(shown('okta/system-log/session-start-relay-in-tunnels', {})).toEqual([
      ['informational', 'APPLE_ICLOUD_RELAY_PROXY'],
    ]);
    expect(shown('okta/system-log/session-start-tor-before-vpn', {})).toEqual([['medium', 'ANONYMIZER_TOR']]);
    const tunnel = (operator: string) => ({
      tunnels: JSON.stringify([{ anonymous: true, operator, type: 'VPN' }]),
    });
    expect(okta(tunnel('GLOBALPROTECT_VPN'))).toEqual([['informational', 'GLOBALPROTECT_VPN']]);
    expect(okta(tunnel('DATAIMPULSE_PROXY'))).toEqual([['medium', 'DATAIMPULSE_PROXY']]);
    expect(okta({}, { isProxy: true })).toEqual([['low', undefined]]);
    expect(okta({}, { isProxy: false })).toEqual([]);
  });

  it('Entra’s word for an anonymous address, by its present and its former name', () => {
    const path = 'entra/signIns/interactive-v1';
    const risks = ['anonymizedIPAddress'];
    expect(shown(path, { riskEventTypes_v2: risks })).toEqual([['low', undefined]]);
    expect(shown(path, { riskEventTypes_v2: null, riskEventTypes: risks })).toEqual([['low', undefined]]);
    expect(shown(path, { riskEventTypes_v2: ['unfamiliarFeatures'] })).toEqual([]);
  });

  const ip = '8.20.30.40';
  it.each([
    ['Entra', 'entra/signIns/interactive-v1', { ipAddress: ip }],
    ['Google', 'google/login/success-two-factors', { ipAddress: ip, networkInfo: null }],
    ['Microsoft 365', 'm365/audit/user-logged-in', { ClientIP: ip, ActorIpAddress: ip }],
    ['AWS', 'aws/cloudtrail/console-login-with-mfa', { sourceIPAddress: ip }],
  ])('of %s a list or the AS number tells', (_name, path, over) => {
    expect(shown(path, over, { lists: () => ({ kind: 'vpn', operator: 'PIA_VPN', rank: 4 }) })).toEqual([
      ['low', 'PIA_VPN'],
    ]);
    const asn = () => ({ autonomous_system_number: 209854 });
    expect(shown(path, over, { asn })).toEqual([['low', 'SURFSHARK_VPN']]);
    expect(shown(path, over)).toEqual([]);
  });
});

function contextOf(subject: SubjectRef): Parameters<typeof evaluate>[3] {
  return {
    ...{ subject, rules, policy: NO_POLICY },
    organization: { peopleCount: 10, domains: [], partnerDomains: [] },
    failed: (_detection, _event, cause) => {
      throw cause;
    },
    cannotTell: () => undefined,
  };
}
