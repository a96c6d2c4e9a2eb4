import { highRiskVpn } from '../../../lib/core/detections/high-risk-vpn.ts';
import { rulesFor } from '../../../lib/core/engine.ts';
import type { Authentication } from '../../../lib/core/events/index.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { EVERYTHING, rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { AMSTERDAM, days, minutes, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(highRiskVpn);
const ASTRILL: Network = { kind: 'vpn', operator: 'ASTRILL_VPN', decidedBy: 'record' };
const LISTED: Network = { ...ASTRILL, decidedBy: 'list', listedTime: NOON - days(10) };

const run = (events: readonly Authentication[], options: RunOptions = {}) =>
  runOnce(events, { rules, ...options });
const through = (network: Network, change: Partial<Authentication> = {}) =>
  run([{ ...signIn({ at: NOON, place: AMSTERDAM, network }), ...change }]);

describe('high-risk-vpn', () => {
  it('is high on the first sign-in of anybody when the record names the operator', () => {
    const [alert] = through(ASTRILL);
    expect(alert).toMatchObject({
      severity: 'high',
      confidence: 'high',
      object: { kind: 'service', id: 'ASTRILL_VPN' },
      subject: { kind: 'person', id: 'sam.doe@example.com' },
    });
  });

  it.each(['ASTRILL', 'astrill-vpn', 'Astrill VPN'])('knows the operator as %s', (operator) => {
    expect(through({ ...ASTRILL, operator }).map(({ object }) => object?.id)).toHaveLength(1);
  });

  it('counts what a program signs in for, but neither failures nor sign-outs', () => {
    expect(through(ASTRILL, { interactive: false })).toHaveLength(1);
    expect(through(ASTRILL, { status: 'failure' })).toEqual([]);
    expect(through(ASTRILL, { activity: 'logoff' })).toEqual([]);
  });

  it('is medium when the record names other operators of the same address, in whatever place', () => {
    const shared: Network = { ...ASTRILL, operator: 'NORD_VPN', otherOperators: ['ASTRILL_VPN', 'PIA_VPN'] };
    const [alert] = through(shared);
    expect(alert?.severity).toBe('medium');
    expect(alert?.object?.id).toBe('ASTRILL_VPN');
    expect(alert?.why.join(' ')).toContain('NORD_VPN, ASTRILL_VPN, PIA_VPN');
  });

  it.each([
    ['a list of last week', NOON - days(7), 'medium'],
    ['a list 90 days old', NOON - days(90), 'medium'],
    ['a list 91 days old', NOON - days(91), 'low'],
    ['a list made half a year after the sign-in', NOON + days(180), 'low'],
    ['a list of unknown age', undefined, 'low'],
  ])('by %s', (_name, listedTime, severity) => {
    const { listedTime: _, ...unknown } = LISTED;
    const network = listedTime === undefined ? unknown : { ...LISTED, listedTime };
    expect(through(network).map((alert) => alert.severity)).toEqual([severity]);
  });

  it('never goes by the AS number alone', () => {
    expect(through({ ...ASTRILL, decidedBy: 'asn', asn: 62240 })).toEqual([]);
    expect(through({ kind: 'hosting', decidedBy: 'asn', asn: 62240, organization: 'Clouvider' })).toEqual([]);
  });

  it('leaves other operators alone, and takes further ones from the configuration', () => {
    const mullvad: Network = { ...ASTRILL, operator: 'MULLVAD_VPN' };
    expect(through(mullvad)).toEqual([]);
    const settings = { 'high-risk-vpn': { parameters: { operators: ['MULLVAD_VPN'] } } };
    const own = rulesFor([highRiskVpn] as never, settings, EVERYTHING);
    expect(runOnce([signIn({ at: NOON, network: mullvad })], { rules: own })).toHaveLength(1);
  });

  it('is informational for an operator people may use, and for somebody with an approval', () => {
    expect(through({ ...ASTRILL, operatorAllowed: true })[0]?.severity).toBe('informational');
    const approvals = [
      {
        kind: 'egress' as const,
        name: 'ASTRILL_VPN',
        for: { people: ['sam.doe@example.com'] },
        until: NOON + days(9),
        reason: 'Works from Shanghai this quarter',
      },
    ];
    const events = [signIn({ at: NOON, network: ASTRILL })];
    expect(run(events, { policy: { ...NO_POLICY, approvals } })[0]?.severity).toBe('informational');
  });

  it('says the worst of a day once, whatever came first, late or twice', () => {
    const low = signIn({ at: NOON, network: { ...LISTED, listedTime: NOON - days(200) } });
    const high = signIn({ at: NOON, network: ASTRILL, source: 'entra' });
    const again = signIn({ at: NOON + minutes(30), network: ASTRILL });
    const once = run([low, high, again, again]);
    expect(once.map(({ severity, count }) => [severity, count])).toEqual([['high', 3]]);
    expect(runInBatches([[again], [high, again], [low]], { rules })).toEqual(once);
  });

  it('says nothing of addresses nobody has looked up', () => {
    expect(run([signIn({ at: NOON })])).toEqual([]);
  });
});

describe('high-risk-vpn from the vendors’ records', () => {
  const security = (categories: unknown) => ({
    securityContext: { isProxy: true, ipDetails: { ipServiceCategories: categories } },
  });
  const severities = (events: ReturnType<typeof eventsOf>) =>
    runOnce(events, { rules }).map((alert) => alert.severity);

  it('Okta names it among the service categories, alone or beside others', () => {
    const astrill = { type: 'VPN', operator: 'ASTRILL_VPN', isAnonymous: true };
    const luminati = { type: 'PROXY', operator: 'LUMINATI_PROXY', isAnonymous: true };
    const record = (categories: unknown) =>
      fixture('okta/system-log/session-start-vpn', security(categories));
    expect(severities(eventsOf(record([astrill])))).toEqual(['high']);
    expect(severities(eventsOf(record([luminati, astrill])))).toEqual(['medium']);
  });

  it('Okta names it as a tunnel', () => {
    const tunnels = JSON.stringify([{ anonymous: true, operator: 'ASTRILL_VPN', type: 'VPN' }]);
    const record = fixture('okta/system-log/session-start-relay-in-tunnels', {
      debugContext: { debugData: { tunnels } },
    });
    expect(severities(eventsOf(record))).toEqual(['high']);
  });

  const ipAddress = '8.20.30.40';
  it.each([
    ['Entra', 'entra/signIns/interactive-v1', { ipAddress }],
    [
      'Entra, which only says that it is anonymous',
      'entra/signIns/interactive-v1',
      { ipAddress, riskEventTypes_v2: ['anonymizedIPAddress'] },
    ],
    ['Google', 'google/login/success-two-factors', { ipAddress }],
    ['AWS', 'aws/cloudtrail/console-login-with-mfa', { sourceIPAddress: ipAddress }],
  ])('of %s a list names it', (_name, path, over) => {
    const record = fixture(path, over);
    const time = eventsOf(record)[0]?.time ?? 0;
    const listed = { kind: 'vpn', operator: 'ASTRILL_VPN', rank: 2, refreshedTime: time - days(5) } as const;
    expect(severities(eventsOf(record, { lists: () => listed }))).toEqual(['medium']);
    const stale = { ...listed, refreshedTime: time - days(120) };
    expect(severities(eventsOf(record, { lists: () => stale }))).toEqual(['low']);
  });
});
