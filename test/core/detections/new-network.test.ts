import { newNetwork } from '../../../lib/core/detections/new-network.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { Authentication } from '../../../lib/core/events/index.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(newNetwork);
const run = (events: readonly Authentication[], options: RunOptions = {}) =>
  runOnce(events, { rules, ...options });

const HOME: Network = { kind: 'residential', decidedBy: 'asn', asn: 7922, organization: 'Comcast' };
const HOST: Network = { kind: 'hosting', decidedBy: 'asn', asn: 62240, organization: 'Clouvider' };
const NORD: Network = { kind: 'vpn', decidedBy: 'record', operator: 'NORD_VPN', asn: 9009 };

const at = (time: number, network: Network, change: Partial<Authentication> = {}): Authentication => ({
  ...signIn({ at: time, network }),
  ...change,
});
const settled = Array.from({ length: 12 }, (_, n) => at(NOON - days(2 * (n + 1)), HOME));
const severities = (...events: readonly Authentication[]) =>
  run([...settled, ...events]).map(({ severity }) => severity);

describe('new-network', () => {
  it('tells of the first sign-in through a data centre, and names it', () => {
    const [alert, ...others] = run([...settled, at(NOON, HOST)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ severity: 'low', count: 1 });
    expect(alert?.summary).toBe('Signed in through Clouvider (hosting), for the first time in 30 days.');
  });

  it.each([
    ['another home line', { kind: 'residential', decidedBy: 'asn', asn: 701 }],
    ['a phone network', { kind: 'mobile', decidedBy: 'asn', asn: 21928 }],
    ['a network of no known kind', { kind: 'unknown', decidedBy: 'nothing', asn: 64500 }],
    ['a hotel', { kind: 'business', decidedBy: 'database', asn: 64501 }],
    ['a company’s gateway', { kind: 'sase', decidedBy: 'asn', asn: 22616 }],
  ] as const)('is silent about %s', (_name, network) => {
    expect(severities(at(NOON, network))).toEqual([]);
  });

  it.each([
    ['a VPN', NORD, 'low'],
    ['Tor', { kind: 'tor', decidedBy: 'record' }, 'low'],
    ['a relay', { ...NORD, kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY' }, 'informational'],
    ['an antivirus product’s VPN', { ...NORD, operator: 'AVAST_VPN' }, 'informational'],
    ['an operator people may use', { ...NORD, operatorAllowed: true }, 'informational'],
  ] as const)('through %s it is %s', (_name, network, severity) => {
    expect(severities(at(NOON, { asn: 9009, ...network }))).toEqual([severity]);
  });

  it('is silent while it learns, and about what it has learnt', () => {
    expect(run([at(NOON, HOST)])).toEqual([]);
    expect(run([at(NOON - days(13), HOME), at(NOON, HOST)])).toEqual([]);
    expect(run([at(NOON - days(24), HOST), ...settled, at(NOON, HOST)])).toEqual([]);
  });

  it('forgets a provider after 30 days', () => {
    const long = Array.from({ length: 40 }, (_, n) => at(NOON - days(80 - 2 * n), HOME));
    const last = (lastDays: number) =>
      run([at(NOON - days(80), HOST), ...long, at(NOON - days(lastDays), HOST), at(NOON, HOST)]);
    expect(last(31).map(({ time }) => time)).toContain(new Date(NOON).toISOString());
    expect(last(30).map(({ time }) => time)).not.toContain(new Date(NOON).toISOString());
  });

  it('takes a VPN for one provider, whichever host its exits stand at', () => {
    expect(severities(at(NOON - days(1), NORD), at(NOON, { ...NORD, asn: 60068 }))).toEqual(['low']);
  });

  it('goes by the provider’s name where there is no number', () => {
    const named: Network = { kind: 'hosting', decidedBy: 'database', organization: 'Clouvider' };
    expect(
      severities(at(NOON - days(1), named), at(NOON, { ...named, organization: ' CLOUVIDER ' })),
    ).toEqual(['low']);
  });

  it('cannot tell without number and name', () => {
    const told: string[] = [];
    const subject = { kind: 'person', id: 'sam.doe@example.com' } as const;
    evaluate(
      newSubject(),
      [at(NOON, { kind: 'unknown', decidedBy: 'nothing' })],
      { now: NOON, seal: false },
      {
        ...{ subject, rules, policy: NO_POLICY },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: () => undefined,
        cannotTell: (_detection, because) => told.push(because),
      },
    );
    expect(told).toEqual(['neither AS number nor provider of the address is known']);
  });

  it('takes nothing from failures, programs and the organization’s own exits', () => {
    expect(
      severities(
        at(NOON, HOST, { status: 'failure' }),
        at(NOON, HOST, { interactive: false }),
        at(NOON, { ...HOST, kind: 'corporate-vpn', decidedBy: 'policy' }),
      ),
    ).toEqual([]);
  });

  it('is covered by an egress approval that names the operator', () => {
    const approvals = [
      {
        kind: 'egress' as const,
        name: 'nord_vpn',
        for: { people: ['sam.doe@example.com'] },
        until: NOON + days(1),
        reason: 'Hotel',
      },
    ];
    const [alert] = run([...settled, at(NOON, NORD)], { policy: { ...NO_POLICY, approvals } });
    expect(alert?.severity).toBe('informational');
  });

  it('comes out the same whatever comes late, twice or at the same time', () => {
    const first = at(NOON, HOST, { uid: 'a' });
    const same = at(NOON, NORD, { uid: 'b' });
    const later = at(NOON + hours(1), HOST, { uid: 'c' });
    const once = run([...settled, first, same, later]);
    expect(once.map(({ count }) => count)).toEqual([3]);
    expect(run([later, later, same, ...settled, first])).toEqual(once);
    expect(runInBatches([settled, [later], [same, later], [first]], { rules })).toEqual(once);
  });
});

describe('new-network from the vendors’ records', () => {
  it.each([
    [
      'Okta',
      'okta/system-log/session-start-vpn',
      { securityContext: { asNumber: 62240, asOrg: 'clouvider', isProxy: false } },
    ],
    ['Entra', 'entra/signIns/interactive-beta-managed-device', { autonomousSystemNumber: 62240 }],
    ['Google', 'google/login/success-two-factors', { networkInfo: { ipAsn: [62240], regionCode: 'NL' } }],
    ['AWS', 'aws/cloudtrail/console-login-with-mfa', { sourceIPAddress: '8.20.30.40' }],
    ['Microsoft 365', 'm365/audit/user-logged-in', { ClientIP: '8.20.30.40', ActorIpAddress: '8.20.30.40' }],
  ])('%s, or a database, gives the AS number', (_name, path, over) => {
    const asn = () => ({ autonomous_system_number: 62240, autonomous_system_organization: 'CLOUVIDER' });
    const [actual] = eventsOf(fixture(path, over), { asn }).filter(
      (event): event is Authentication => event.kind === 'authentication',
    );
    if (actual === undefined) throw new Error('no sign-in');
    const earlier = Array.from({ length: 10 }, (_, n) => ({
      ...at(actual.time - days(2 * (n + 1)), HOME),
      source: actual.source,
      ...(actual.actor === undefined ? {} : { actor: actual.actor }),
    }));
    expect(run([...earlier, actual]).map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Signed in through clouvider \(hosting\)/i),
    ]);
  });
});
