import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { mfaTampering } from '../../../lib/core/detections/mfa-tampering.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import type { Network } from '../../../lib/core/places/network.ts';
import { changed, HELP_DESK, ROOT, SAM, type ChangeOptions } from '../../support/accounts.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import {
  AMSTERDAM,
  days,
  hours,
  minutes,
  MOSCOW,
  NEW_YORK,
  NOON,
  signIn,
} from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(mfaTampering);
const LATER = NOON + days(3);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, now: LATER, ...options });
const severities = (events: readonly SourceEvent[], options?: RunOptions): readonly string[] =>
  run(events, options).map(({ severity }) => severity);
const people = (row: Omit<RosterRow, 'email'>): RunOptions => ({
  directory: buildDirectory({ roster: [{ email: SAM, ...row }], users: [] }),
});

const off = (options: Partial<ChangeOptions> = {}) => changed('mfa-factor-disable', { at: NOON, ...options });
const reset = (options: Partial<ChangeOptions> = {}) =>
  changed('mfa-factor-reset-all', { at: NOON, by: HELP_DESK, ...options });
const on = (options: Partial<ChangeOptions> = {}) =>
  changed('mfa-factor-enable', { at: NOON + minutes(10), ...options });
/** Three weeks of signing in from New York. */
const past = Array.from({ length: 21 }, (_, day) => signIn({ at: NOON - days(day + 1), place: NEW_YORK }));

describe('a second factor that is taken off', () => {
  it('and not replaced within twelve hours is low, and says so twelve hours later', () => {
    const alerts = run([off({ factor: 'OKTA_VERIFY_PUSH' })]);
    expect(alerts).toMatchObject([
      {
        severity: 'low',
        subject: { kind: 'person', id: SAM },
        time: new Date(NOON + hours(12)).toISOString(),
        summary: 'A second factor at Okta was taken off, and none was enrolled within 12 h.',
        count: 1,
      },
    ]);
    expect(alerts[0]?.evidence).toMatchObject([
      { time: new Date(NOON).toISOString(), what: 'mfa-factor-disable (OKTA_VERIFY_PUSH)' },
    ]);
  });

  it('says nothing before twelve hours are over', () => {
    expect(run([off()], { now: NOON + hours(12) - 1 })).toEqual([]);
    expect(run([off()], { now: NOON + hours(12) })).toHaveLength(1);
  });

  it.each([
    ['ten minutes later', [on()]],
    ['at the last instant', [on({ at: NOON + hours(12) })]],
    ['at the same time', [on({ at: NOON })]],
    ['shortly before, as who exchanges one telephone for another does', [on({ at: NOON - hours(2) })]],
  ])('is silent when another was enrolled %s', (_when, enrolled) => {
    expect(run([off(), ...enrolled])).toEqual([]);
  });

  it.each([
    ['thirteen hours later', on({ at: NOON + hours(13) })],
    ['at another provider', on({ source: 'google', feed: 'user_accounts' })],
    ['for somebody else', on({ of: 'kim.roe@example.com' })],
    ['in vain', on({ status: 'failure' })],
  ])('is not replaced by one enrolled %s', (_when, enrolled) => {
    expect(severities([off(), enrolled])).toEqual(['low']);
  });

  it('is replaced at Entra by what Microsoft 365 tells of', () => {
    const entra = { source: 'entra', feed: 'directoryAudits' } as const;
    expect(run([off(entra), on({ source: 'm365', feed: 'audit' })])).toEqual([]);
  });

  it('is not taken off when it failed', () => {
    expect(run([off({ status: 'failure' })])).toEqual([]);
  });

  it('names the administrator who did it', () => {
    expect(run([off({ by: HELP_DESK })])[0]?.summary).toContain(`taken off by ${HELP_DESK}`);
  });

  it('counts as one’s own under another address of the same person', () => {
    const other = people({ aliases: ['sdoe@corp.example.com'] });
    expect(run([off({ by: 'sdoe@corp.example.com' })], other)[0]?.summary).not.toContain('by sdoe');
  });

  it('is one alert for several of one day', () => {
    const alerts = run([off(), off({ at: NOON + minutes(1) }), off({ at: NOON + minutes(2) })]);
    expect(alerts.map(({ count }) => count)).toEqual([3]);
  });

  it.each([
    ['is closed afterwards', changed('disable', { at: NOON + hours(3), by: HELP_DESK })],
    ['is closed before', changed('disable', { at: NOON - hours(3), by: HELP_DESK })],
    ['is deleted', changed('delete', { at: NOON + minutes(1), by: HELP_DESK })],
  ])('is silent when the account %s', (_how, closed) => {
    expect(run([off({ by: HELP_DESK }), closed])).toEqual([]);
  });

  it('is silent when the person’s last day has come', () => {
    expect(run([reset()], people({ endsTime: NOON }))).toEqual([]);
    expect(run([reset()], people({ endsTime: NOON + days(9) }))).toHaveLength(1);
  });
});

describe('all factors reset by somebody else', () => {
  it('and nothing enrolled is medium', () => {
    expect(run([reset()])).toMatchObject([
      {
        severity: 'medium',
        summary: `All second factors at Okta were taken off by ${HELP_DESK}, and none was enrolled within 12 h.`,
      },
    ]);
  });

  it('is worth more than the single factors that the same reset takes off', () => {
    expect(severities([off({ at: NOON - 1, by: HELP_DESK }), reset()])).toEqual(['medium']);
  });

  it('is low by oneself, and by a program of the provider’s own', () => {
    expect(severities([reset({ by: SAM })])).toEqual(['low']);
    expect(severities([reset({ actor: { type: 'service', accountUid: 'strong-auth' } })])).toEqual(['low']);
    const { actor: _, ...nobody } = reset();
    expect(severities([nobody])).toEqual(['low']);
  });

  it('is not undone by what was enrolled before it', () => {
    expect(severities([on({ at: NOON - hours(1) }), reset()])).toEqual(['medium']);
  });

  it('is silent when a new telephone is enrolled from the usual country', () => {
    expect(
      run([...past, reset(), on({ place: NEW_YORK }), signIn({ at: NOON + hours(1), place: NEW_YORK })]),
    ).toEqual([]);
  });

  it('is silent for a newcomer who enrols and signs in at once', () => {
    expect(run([reset(), on(), signIn({ at: NOON + hours(1), place: MOSCOW })])).toEqual([]);
  });
});

describe('a takeover', () => {
  const abroad = signIn({ at: NOON + hours(1), place: MOSCOW });

  it('through the help desk is high, with all three records', () => {
    const [alert] = run([...past, reset(), on(), abroad]);
    expect(alert).toMatchObject({
      severity: 'high',
      count: 3,
      time: new Date(NOON + hours(1)).toISOString(),
    });
    expect(alert?.summary).toContain('from Russia (RU), a country new for them');
    expect(alert?.why.join(' ')).toContain('off at 12:00, on at 12:10, sign-in at 13:00 UTC');
  });

  it('is seen whichever of the three comes last', () => {
    const early = signIn({ at: NOON - hours(2), place: MOSCOW });
    expect(severities([...past, early, reset(), on()])).toEqual(['high']);
  });

  it('is seen when the new factor itself is enrolled from abroad', () => {
    expect(severities([...past, reset(), on({ place: MOSCOW })])).toEqual(['high']);
  });

  it('through a VPN new for the person is high, through one they are used to is nothing', () => {
    const vpn: Network = { kind: 'vpn', operator: 'ASTRILL_VPN', decidedBy: 'record' };
    const hidden = (at: number) => signIn({ at, place: AMSTERDAM, network: vpn });
    expect(severities([...past, reset(), on(), hidden(NOON + hours(1))])).toEqual(['high']);
    expect(run([...past, hidden(NOON - days(2)), reset(), on(), hidden(NOON + hours(1))])).toEqual([]);
  });

  it.each<[string, Network]>([
    ['a privacy relay', { kind: 'relay', operator: 'APPLE_ICLOUD_RELAY_PROXY', decidedBy: 'record' }],
    [
      'an operator people may use',
      { kind: 'vpn', operator: 'NORD_VPN', operatorAllowed: true, decidedBy: 'record' },
    ],
    ['the organization’s own exit', { kind: 'corporate-vpn', decidedBy: 'policy' }],
  ])('is not seen in %s', (_what, network) => {
    const hidden = signIn({ at: NOON + hours(1), place: AMSTERDAM, network });
    expect(run([...past, reset(), on(), hidden])).toEqual([]);
  });

  it('is none for somebody who works at home for the first time after weeks at the office', () => {
    const office: Network = { kind: 'office', decidedBy: 'policy' };
    const atOffice = Array.from({ length: 21 }, (_, day) =>
      signIn({ at: NOON - days(day + 1), place: NEW_YORK, network: office }),
    );
    const home = signIn({ at: NOON + hours(1), place: NEW_YORK });
    expect(run([...atOffice, reset(), on(), home])).toEqual([]);
    expect(severities([...atOffice, reset(), on(), abroad])).toEqual(['high']);
  });

  it('is none in the first country of somebody who was behind the company’s gateway, unless another is claimed', () => {
    const gateway: Network = { kind: 'corporate-vpn', decidedBy: 'policy' };
    const behind = past.map((event) => ({ ...event, srcEndpoint: { ip: '192.0.2.1', network: gateway } }));
    expect(run([...behind, reset(), on(), abroad])).toEqual([]);
    expect(severities([...behind, reset(), on(), abroad], people({ workPlace: { country: 'US' } }))).toEqual([
      'high',
    ]);
  });

  it('of a session, which exchanges the factor by itself, is medium', () => {
    expect(severities([...past, off({ place: MOSCOW }), on({ place: MOSCOW })])).toEqual(['medium']);
  });

  it('is none when the sign-in comes more than a day after the reset', () => {
    expect(run([...past, reset(), on(), signIn({ at: NOON + hours(25), place: MOSCOW })])).toEqual([]);
  });

  it.each([
    ['refused', { status: 'failure' }],
    ['by a program', { interactive: false }],
    ['not placed', { place: undefined }],
  ] as const)('is not seen in a sign-in that was %s', (_what, change) => {
    expect(
      run([...past, reset(), on(), { ...signIn({ at: NOON + hours(1), place: MOSCOW, ...change }) }]),
    ).toEqual([]);
  });

  it('of somebody hired yesterday is seen against the claimed country', () => {
    const events = [reset(), on(), abroad];
    expect(severities(events, people({ workPlace: { country: 'US' } }))).toEqual(['high']);
    expect(severities(events, people({ workPlace: { country: 'RU' } }))).toEqual([]);
  });

  it('is covered by an approval to travel to that country', () => {
    const approval = {
      kind: 'travel' as const,
      for: { people: [SAM] },
      until: NOON + days(9),
      reason: 'Fair',
    };
    const severity = (country: string) =>
      severities([...past, reset(), on(), abroad], {
        policy: { ...NO_POLICY, approvals: [{ ...approval, country }] },
      });
    expect(severity('RU')).toEqual(['informational']);
    expect(severity('FR')).toEqual(['high']);
  });
});

describe('recovery details', () => {
  it('changed by oneself say nothing', () => {
    expect(run([...past, changed('recovery-change', { at: NOON, place: NEW_YORK })])).toEqual([]);
  });

  it('changed on the day of a sign-in from a new country are low', () => {
    expect(severities([...past, changed('recovery-change', { at: NOON, place: MOSCOW })])).toEqual(['low']);
  });
});

describe('what comes late, twice or without end', () => {
  it('withdraws the alert when the enrolment arrives after it was raised', () => {
    const batches = [[off()], [signIn({ at: NOON + hours(13), place: NEW_YORK })]];
    expect(runInBatches(batches, { rules })).toHaveLength(1);
    expect(runInBatches([...batches, [on()]], { rules })).toEqual([]);
  });

  it('comes to the same in any batches', () => {
    const takeover = [reset(), on(), signIn({ at: NOON + hours(1), place: MOSCOW })];
    const end = signIn({ at: NOON + hours(20), place: NEW_YORK });
    const once = run([...past, ...takeover, end], { now: end.time });
    expect(once).toHaveLength(1);
    expect(runInBatches([[...past, takeover[2]!], [takeover[0]!, end], [takeover[1]!]], { rules })).toEqual(
      once,
    );
  });

  it('counts a record that is read twice once', () => {
    const once = off();
    expect(run([once, once])[0]?.count).toBe(1);
  });

  it('keeps a small state, however many factors come and go', () => {
    const many = Array.from({ length: 3_000 }, (_, n) => off({ at: NOON + n, by: `admin${n}@example.com` }));
    const { state } = evaluate(
      newSubject(),
      many,
      { now: NOON + days(2), seal: true },
      {
        subject: { kind: 'person', id: SAM },
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(6_000);
  });
});

describe('as vendors tell it', () => {
  const told = (path: string, over?: Record<string, unknown>) =>
    eventsOf(fixture(path, over)).filter((event) => event.kind === 'account-change');
  const after = (events: readonly SourceEvent[]) =>
    runOnce(events, { rules, now: Math.max(...events.map(({ time }) => time)) + days(1) });

  it.each([
    ['okta/system-log/factor-deactivated', 'low', 'person'],
    ['okta/system-log/factors-reset-by-admin', 'medium', 'person'],
    ['entra/directoryAudits/disable-strong-authentication', 'low', 'person'],
    ['entra/directoryAudits/admin-deleted-security-info', 'low', 'person'],
    ['entra/directoryAudits/update-user-all-methods-removed', 'low', 'person'],
    ['m365/audit/second-factors-removed', 'low', 'person'],
    ['google/login/own-second-factor-off', 'low', 'person'],
    ['google/admin/second-factor-turned-off', 'medium', 'person'],
    ['aws/cloudtrail/mfa-deactivated-in-console', 'low', 'account'],
    ['aws/cloudtrail/mfa-device-deleted', 'low', 'account'],
    ['aws/cloudtrail/mfa-of-root-deactivated', 'medium', 'account'],
  ])('%s is %s', (path, severity, kind) => {
    expect(after(told(path)).map((alert) => [alert.severity, alert.subject.kind])).toEqual([
      [severity, kind],
    ]);
  });

  it.each([
    'google/admin/second-factor-not-enforced',
    'entra/directoryAudits/security-defaults-off',
    'okta/system-log/authenticator-deactivated',
  ])('%s, by which nobody is asked for a factor, is medium for who did it', (path) => {
    const [alert] = runOnce(eventsOf(fixture(path)), { rules });
    expect(alert).toMatchObject({ severity: 'medium', subject: { kind: 'person' } });
    expect(alert?.summary).toMatch(/^Switched second factors off at /);
  });

  it('names the root user’s own missing factor as such', () => {
    const [alert] = after(told('aws/cloudtrail/mfa-of-root-deactivated'));
    expect(alert?.subject.id).toBe(ROOT);
    expect(alert?.why.join(' ')).toContain('root user');
  });

  it.each([
    ['okta/system-log/factor-activated', 'okta/system-log/factor-deactivated'],
    [
      'entra/directoryAudits/user-registered-security-info',
      'entra/directoryAudits/disable-strong-authentication',
    ],
    ['google/user_accounts/second-factor-on', 'google/login/own-second-factor-off'],
    ['aws/cloudtrail/mfa-enabled', 'aws/cloudtrail/mfa-deactivated-in-console'],
  ])('%s replaces what %s took off', (enrolled, taken) => {
    const [off] = told(taken);
    const [on] = told(enrolled);
    if (off === undefined || on === undefined) throw new Error('no event');
    expect(after([off, { ...on, time: off.time + hours(1), user: off.user }])).toEqual([]);
  });

  it('an IAM user whose device is taken off before the user is deleted is no finding', () => {
    const [off] = told('aws/cloudtrail/mfa-device-deleted');
    const [gone] = told('aws/cloudtrail/user-deleted');
    if (off === undefined || gone === undefined) throw new Error('no event');
    expect(after([off, { ...gone, time: off.time + minutes(1) }])).toEqual([]);
  });
});
