import { vendorRisk } from '../../../lib/core/detections/vendor-risk.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { VendorFinding } from '../../../lib/core/events/index.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(vendorRisk);
const run = (...events: readonly VendorFinding[]) => runOnce(events, { rules });

function risk(change: Partial<VendorFinding> = {}): VendorFinding {
  const user = { type: 'user', address: 'sam.doe@example.com' } as const;
  return {
    kind: 'detection-finding',
    time: NOON,
    source: 'entra',
    feed: 'riskDetections',
    uid: 'risk-1',
    riskType: 'unlikelyTravel',
    level: 'medium',
    state: 'at-risk',
    user,
    actor: user,
    ...change,
  };
}

describe('vendor-risk', () => {
  it('passes a risk on, with the vendor’s name of it', () => {
    const [alert, ...others] = run(risk());
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      object: { kind: 'service', id: 'unlikelyTravel' },
      summary: 'entra reports the risk unlikelyTravel, level medium.',
    });
  });

  it.each([
    [{ level: 'low' }, 'low'],
    [{ level: 'medium' }, 'medium'],
    [{ level: 'high' }, 'medium'],
    [{ level: 'high', state: 'confirmed' }, 'medium'],
    [{ level: 'low', state: 'confirmed' }, 'low'],
    [{ level: 'hidden' }, 'informational'],
    [{ level: 'high', riskType: 'generic' }, 'informational'],
  ] as const)('of %j is %s', (change, severity) => {
    expect(run(risk(change)).map((alert) => alert.severity)).toEqual([severity]);
  });

  it.each(['dismissed', 'remediated'] as const)('takes back what is %s since, however late', (state) => {
    const settled = risk({ time: NOON + days(3), state });
    expect(run(risk(), settled)).toEqual([]);
    expect(run(settled, risk())).toEqual([]);
    expect(runInBatches([[risk()], [settled]], { rules })).toEqual([]);
    expect(runInBatches([[risk({ time: NOON + days(3) - hours(2) })], [settled]], { rules })).toEqual([]);
  });

  it('raises nothing for what was dismissed from the beginning, or is told again as dismissed', () => {
    const dismissed = risk({ state: 'dismissed' });
    expect(run(dismissed, risk({ time: NOON + days(1), state: 'dismissed' }))).toEqual([]);
  });

  it('raises nothing new when the same risk is told again, but does when it is confirmed', () => {
    const again = risk({ time: NOON + days(1) });
    expect(run(risk(), again).map(({ count }) => count)).toEqual([1]);
    const confirmed = risk({ time: NOON + days(2), state: 'confirmed' });
    const repeated = risk({ time: NOON + days(3), state: 'confirmed' });
    expect(run(risk(), again, confirmed, repeated)).toHaveLength(2);
  });

  it('raises what comes back after it was dismissed', () => {
    const dismissed = risk({ time: NOON + hours(1), state: 'dismissed' });
    const back = risk({ time: NOON + hours(2) });
    expect(run(risk(), dismissed, back).map(({ time }) => time)).toEqual([
      new Date(NOON + hours(2)).toISOString(),
    ]);
  });

  it('keeps an alert for as long as another risk of its type stands, and others whatever is dismissed', () => {
    const second = risk({ uid: 'risk-2', time: NOON + hours(1) });
    const other = risk({ uid: 'risk-3', riskType: 'newCountry' });
    const dismissed = (uid: string) => risk({ uid, time: NOON + hours(2), state: 'dismissed' });
    const typesOf = (...events: readonly VendorFinding[]) => run(...events).map(({ object }) => object?.id);
    expect(typesOf(risk(), second, other)).toEqual(['unlikelyTravel', 'newCountry'].sort());
    expect(typesOf(risk(), second, other, dismissed('risk-1')).sort()).toEqual([
      'newCountry',
      'unlikelyTravel',
    ]);
    expect(typesOf(risk(), second, other, dismissed('risk-1'), dismissed('risk-2'))).toEqual(['newCountry']);
  });

  it('takes back the alert of the day of what was dismissed, and not that of another day', () => {
    const second = risk({ uid: 'risk-2', time: NOON + days(1) });
    const dismissed = risk({ time: NOON + days(2), state: 'dismissed' });
    expect(run(risk(), second, dismissed).map(({ time }) => time)).toEqual([
      new Date(NOON + days(1)).toISOString(),
    ]);
  });

  it('takes back what was confirmed together with what it was before', () => {
    const confirmed = risk({ time: NOON + days(1), state: 'confirmed' });
    expect(run(risk(), confirmed, risk({ time: NOON + days(2), state: 'remediated' }))).toEqual([]);
  });

  it('does not let one vendor dismiss what another said', () => {
    const okta = { source: 'okta', feed: 'system-log' } as const;
    expect(run(risk(), risk({ ...okta, time: NOON + 1, state: 'dismissed' }))).toHaveLength(1);
  });

  it('raises one alert a day and type, the worst of them', () => {
    const alerts = run(risk({ level: 'low' }), risk({ uid: 'risk-2', time: NOON + 1, level: 'high' }));
    expect(alerts.map(({ severity, count }) => [severity, count])).toEqual([['medium', 2]]);
  });

  it('remembers a bounded number of risks', () => {
    const many = Array.from({ length: 5_000 }, (_, n) =>
      risk({ uid: `risk-${n}`, riskType: `type ${n}`, time: NOON + n }),
    );
    const { state } = evaluate(
      newSubject(),
      many,
      { now: NOON + days(9), seal: true },
      {
        ...{ subject: { kind: 'person', id: 'sam.doe@example.com' }, rules, policy: NO_POLICY },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(10_000);
  });
});

describe('vendor-risk from the vendors’ records', () => {
  const alertsOf = (...records: readonly ReturnType<typeof fixture>[]) =>
    runOnce(
      records.flatMap((record) => eventsOf(record)),
      { rules },
    );
  const severities = (...records: readonly ReturnType<typeof fixture>[]) =>
    alertsOf(...records).map(({ severity, object }) => [severity, object?.id]);

  it('Entra’s detection, and the same dismissed or turned out to be none', () => {
    const unlikely = fixture('entra/riskDetections/unlikely-travel');
    expect(severities(unlikely)).toEqual([['medium', 'unlikelyTravel']]);
    expect(severities(unlikely, fixture('entra/riskDetections/same-detection-dismissed'))).toEqual([]);
    const none = { riskState: 'none', riskLevel: 'none', lastUpdatedDateTime: '2026-03-12T09:00:00Z' };
    expect(severities(unlikely, fixture('entra/riskDetections/unlikely-travel', none))).toEqual([]);
  });

  it('Entra without the licence', () => {
    expect(severities(fixture('entra/riskDetections/hidden-without-licence'))).toEqual([
      ['informational', 'generic'],
    ]);
  });

  it('Okta’s detection, and the person’s level back at low', () => {
    const detected = fixture('okta/system-log/risk-detected');
    const gone = fixture('okta/system-log/risk-gone', { published: '2025-06-05T10:00:00.000Z' });
    const reported = fixture('okta/system-log/suspicious-activity-reported');
    expect(severities(detected)).toEqual([['medium', 'Session Influenced User Risk']]);
    expect(severities(detected, gone)).toEqual([]);
    expect(severities(reported, gone)).toHaveLength(1);
  });

  it('Okta’s threat from an address concerns nobody', () => {
    const record = fixture('okta/system-log/threat-from-an-address');
    expect(() => eventsOf(record)).toThrow('skipped');
  });

  it('Google’s warnings', () => {
    expect(severities(fixture('google/login/government-attack'))).toEqual([['medium', 'gov_attack_warning']]);
    expect(severities(fixture('google/login/suspicious-login-no-actor'))).toEqual([
      ['medium', 'suspicious_login'],
    ]);
  });
});
