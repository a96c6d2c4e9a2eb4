import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { activityAfterTermination } from '../../../lib/core/detections/activity-after-termination.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { FileHostingActivity, SourceEvent, UserInventoryInfo } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { call, SAM } from '../../support/accounts.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import { days, hours, minutes, NEW_YORK, signIn, taken } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(activityAfterTermination);
/** As the people file gives `ends: 2026-03-31`. */
const LAST_DAY = Date.UTC(2026, 2, 31, 23, 59, 59, 999);
const LISBON_OVER = Date.UTC(2026, 2, 31, 23);
const leaving = (row: Omit<RosterRow, 'email'> = {}): RunOptions => ({
  directory: buildDirectory({
    roster: [{ email: SAM, endsTime: LAST_DAY, timeZone: 'Europe/Lisbon', ...row }],
    users: [],
  }),
});
const run = (events: readonly SourceEvent[], options: RunOptions = leaving()): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const severities = (events: readonly SourceEvent[], options?: RunOptions): readonly string[] =>
  run(events, options).map(({ severity }) => severity);

const LATER = LISBON_OVER + days(5);
const asSam = { actor: { type: 'user' as const, address: SAM } };
const file = (activity: FileHostingActivity['activity'], at = LATER) =>
  taken({ at, object: 'plans', activity });

describe('somebody whose last day is over', () => {
  it('and who is let in is high', () => {
    expect(run([signIn({ at: LATER, place: NEW_YORK })])).toMatchObject([
      {
        severity: 'high',
        subject: { kind: 'person', id: SAM },
        summary: 'Signed in to Okta 5 days after their last day.',
        why: ['Their last day was 2026-03-31; it was over at 2026-03-31T23:00 UTC.'],
      },
    ]);
  });

  it.each<[string, SourceEvent, string]>([
    ['downloads', file('download'), 'critical'],
    ['copies', file('copy'), 'critical'],
    ['exports', call('bulk-export', { at: LATER, ...asSam }), 'critical'],
    ['shares', file('share'), 'high'],
    ['opens', file('open'), 'high'],
    ['makes a key', call('access-key-create', { at: LATER, ...asSam }), 'high'],
    ['has a computer that still synchronises', file('sync'), 'low'],
  ])('and who %s is %s', (_what, event, severity) => {
    expect(severities([event])).toEqual([severity]);
  });

  it('is one alert a day, as grave as the worst of it', () => {
    const events = [signIn({ at: LATER }), file('open', LATER + 1), file('download', LATER + 2)];
    expect(run(events)).toMatchObject([
      { severity: 'critical', count: 3, summary: 'Downloaded plans.pdf 5 days after their last day.' },
    ]);
    expect(run([...events, signIn({ at: LATER + days(1) })])).toHaveLength(2);
  });
});

describe('the last day', () => {
  it('has a day of grace after it ends by the clock of the person’s place', () => {
    const grace = LISBON_OVER + hours(24);
    expect(run([signIn({ at: grace - 1 })])).toEqual([]);
    expect(severities([signIn({ at: grace })])).toEqual(['high']);
    const inHonolulu = leaving({ timeZone: 'Pacific/Honolulu' });
    expect(run([signIn({ at: grace })], inHonolulu)).toEqual([]);
    expect(severities([signIn({ at: grace + hours(11) })], inHonolulu)).toEqual(['high']);
  });

  it('ends when it is over everywhere, for somebody whose time zone is not known', () => {
    const over = Date.UTC(2026, 3, 1, 12) + hours(24);
    const unzoned = {
      directory: buildDirectory({ roster: [{ email: SAM, endsTime: LAST_DAY }], users: [] }),
    };
    for (const options of [unzoned, leaving({ timeZone: 'Mars/Olympus' })]) {
      expect(run([signIn({ at: over - 1 })], options)).toEqual([]);
      expect(severities([signIn({ at: over })], options)).toEqual(['high']);
    }
  });

  it('that is today, or was never given, says nothing', () => {
    expect(run([signIn({ at: LAST_DAY - hours(2) })])).toEqual([]);
    const staying = { directory: buildDirectory({ roster: [{ email: SAM }], users: [] }) };
    expect(run([signIn({ at: LATER })], staying)).toEqual([]);
  });

  it('is forgotten by somebody hired again, from the day they return', () => {
    const again = leaving({ hiredTime: LATER });
    expect(run([signIn({ at: LATER + hours(1) })], again)).toEqual([]);
    expect(severities([signIn({ at: LATER - days(1) })], again)).toEqual(['high']);
    expect(severities([signIn({ at: LATER })], leaving({ hiredTime: LAST_DAY - days(900) }))).toEqual([
      'high',
    ]);
  });

  it('is Entra’s where the people file has none', () => {
    const user: UserInventoryInfo = {
      kind: 'user-inventory-info',
      time: LAST_DAY,
      source: 'entra',
      feed: 'users',
      uid: 'u1',
      user: { address: SAM, endsTime: LAST_DAY },
    };
    const directory = buildDirectory({ roster: [], users: [user] });
    expect(severities([signIn({ at: LATER })], { directory })).toEqual(['high']);
  });

  it('of somebody whom nobody lists cannot be told', () => {
    const reasons: string[] = [];
    evaluate(
      newSubject(),
      [signIn({ at: LATER })],
      { now: LATER, seal: false },
      {
        subject: { kind: 'person', id: SAM },
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: (_detection, because) => reasons.push(because),
      },
    );
    expect(reasons).toEqual(['neither people file nor directory knows the person’s last day']);
  });
});

describe('what goes on by itself', () => {
  it.each<[string, SourceEvent]>([
    ['renewed tokens', signIn({ at: LATER, interactive: false })],
    ['sign-outs', { ...signIn({ at: LATER }), activity: 'logoff' }],
    ['a policy’s verdict', { ...signIn({ at: LATER }), activity: 'preauth' }],
    ['an application with a delegation', { ...file('download'), actor: { type: 'service', address: SAM } }],
  ])('is nothing: %s', (_what, event) => {
    expect(run([event])).toEqual([]);
  });
});

describe('refused attempts', () => {
  const refused = (count: number, over: object = {}) =>
    Array.from({ length: count }, (_, n) => ({
      ...signIn({ at: LATER + minutes(n), status: 'failure' }),
      ...over,
    }));

  it('are nothing below three a day, and low from there', () => {
    expect(run(refused(2))).toEqual([]);
    expect(run([...refused(2), signIn({ at: LATER + days(1), status: 'failure' })])).toEqual([]);
    expect(run(refused(4))).toMatchObject([
      {
        severity: 'low',
        count: 4,
        summary: 'Tried to get in 4 times in a day, 5 days after their last day.',
      },
    ]);
  });

  it('are told of once a week, or when the password turns out to be right', () => {
    const daily = (day: number, over: object = {}) =>
      refused(3, over).map((event) => ({
        ...event,
        time: event.time + days(day),
        uid: `${event.uid}-${day}`,
      }));
    const week = [0, 1, 2, 3, 4, 5, 6].flatMap((day) => daily(day));
    expect(severities(week)).toEqual(['low']);
    expect(severities([...week, ...daily(7)])).toEqual(['low', 'low']);
    expect(severities([...daily(0), ...daily(1, { firstFactorPassed: true })])).toEqual(['low', 'medium']);
  });

  it('are medium when the password is still right', () => {
    expect(severities(refused(3, { firstFactorPassed: true }))).toEqual(['medium']);
  });

  it('count with a key as well, and not when a program makes them', () => {
    const calls = [0, 1, 2].map((n) => call('bulk-export', { at: LATER + n, status: 'failure', ...asSam }));
    expect(severities(calls)).toEqual(['low']);
    expect(run(refused(9, { interactive: false }))).toEqual([]);
  });

  it('keep a small state', () => {
    const { state } = evaluate(
      newSubject(),
      refused(2_000),
      { now: LATER + days(9), seal: true },
      {
        subject: { kind: 'person', id: SAM },
        person: { id: SAM, addresses: [SAM], endsTime: LAST_DAY, onRoster: true },
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(4_000);
  });
});

describe('what explains it, comes late or twice', () => {
  it('is an approval of a leave', () => {
    const approval = {
      kind: 'leave' as const,
      for: { people: [SAM] },
      until: LATER + days(30),
      reason: 'Garden leave',
    };
    const policy = { ...NO_POLICY, approvals: [approval] };
    expect(severities([signIn({ at: LATER })], { ...leaving(), policy })).toEqual(['informational']);
    expect(severities([signIn({ at: LATER + days(31) })], { ...leaving(), policy })).toEqual(['high']);
  });

  it('comes to the same in any batches', () => {
    const events = [
      signIn({ at: LATER, status: 'failure' }),
      signIn({ at: LATER + minutes(1), status: 'failure' }),
      signIn({ at: LATER + minutes(1), status: 'failure' }),
      file('download', LATER + minutes(2)),
    ];
    const once = run(events);
    expect(once.map(({ severity, count }) => [severity, count])).toEqual([['critical', 4]]);
    expect(
      runInBatches([[events[3]!, events[1]!], [events[0]!, events[3]!], [events[2]!]], {
        rules,
        ...leaving(),
      }),
    ).toEqual(once);
  });
});

describe('as vendors tell it', () => {
  const bySam = (path: string): SourceEvent[] =>
    eventsOf(fixture(path)).map((event) => ({
      ...event,
      time: LATER,
      actor: { type: event.actor?.type ?? 'user', address: SAM },
    }));

  it.each([
    ['okta/system-log/sso-to-application', ['high']],
    ['okta/system-log/report-downloaded', ['critical']],
    ['entra/signIns/interactive-v1', ['high']],
    ['entra/signIns/non-interactive-beta', []],
    ['entra/signIns/wrong-password', []],
    ['entra/directoryAudits/users-downloaded', ['critical']],
    ['m365/audit/user-logged-in', ['high']],
    ['m365/audit/user-logged-in-token-renewed', []],
    ['m365/audit/file-downloaded', ['critical']],
    ['m365/audit/inbox-rule-that-forwards', ['high']],
    ['google/login/success-two-factors', ['high']],
    ['google/drive/download', ['critical']],
    ['google/takeout/downloaded', ['critical']],
    ['aws/cloudtrail/console-login-with-mfa', ['high']],
    ['aws/cloudtrail/object-read', ['critical']],
    ['aws/cloudtrail/object-read-by-function', []],
    ['aws/cloudtrail/access-key-created-for-oneself', ['high']],
  ] as const)('%s gives %j', (path, expected) => {
    expect(severities(bySam(path))).toEqual(expected);
  });
});
