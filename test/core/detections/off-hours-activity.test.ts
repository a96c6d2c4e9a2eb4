import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { offHoursActivity } from '../../../lib/core/detections/off-hours-activity.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { RosterRow } from '../../../lib/core/people/roster.ts';
import { utcOffsetMinutes } from '../../../lib/core/places/local-time.ts';
import type { Place } from '../../../lib/core/places/place.ts';
import { NO_POLICY, type Schedule } from '../../../lib/core/policy.ts';
import { SAM } from '../../support/accounts.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import { days, hours, minutes, signIn, taken } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';
import { AUSTIN, SHENYANG, LAS_VEGAS } from '../../support/workplaces.ts';

const rules = rulesOf(offHoursActivity);
const CHICAGO = 'America/Chicago';
const claiming = (row: Omit<RosterRow, 'email'> = { timeZone: CHICAGO }): RunOptions => ({
  directory: buildDirectory({ roster: [{ email: SAM, ...row }], users: [] }),
});
const run = (events: readonly SourceEvent[], options: RunOptions = claiming()): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const severities = (events: readonly SourceEvent[], options?: RunOptions): readonly string[] =>
  run(events, options).map(({ severity }) => severity);

/** Instants at an hour on the clock of a zone; day 0 is Monday, 2 February 2026. */
const at = (day: number, hour: number, zone = CHICAGO): number => {
  const utc = Date.UTC(2026, 1, 2) + days(day) + hours(hour) + minutes(7);
  return utc - (utcOffsetMinutes(zone, utc) ?? 0) * 60_000;
};
/** The numbers of as many weekdays, from the first Monday on. */
const weekdays = (count: number, first = 0): readonly number[] =>
  Array.from({ length: count }, (_, n) => first + n + 2 * Math.floor(n / 5));
const through = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, n) => from + n);
/** Work in each of these hours on each of these days. */
const work = (onDays: readonly number[], inHours: readonly number[], place: Place = AUSTIN): SourceEvent[] =>
  onDays.flatMap((day) => inHours.map((hour) => signIn({ at: at(day, hour), place })));

const BY_NIGHT = through(1, 9);
const BY_DAY = through(9, 18);

describe('a working day in the night of the claimed place', () => {
  it('is low after ten days, with the last nights as evidence', () => {
    const [alert, ...others] = run(work(weekdays(10), BY_NIGHT));
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'low',
      subject: { kind: 'person', id: SAM },
      time: new Date(at(11, 1)).toISOString(),
      summary:
        'Works by night: 100 % of the active hours of 10 working days lie between 1:00 and 9:00 in America/Chicago.',
      count: 6,
    });
    expect(alert?.why[1]).toBe('The same hours are 9:00 to 17:00 at UTC+2.');
  });

  it('is nothing after nine', () => {
    expect(run(work(weekdays(9), BY_NIGHT))).toEqual([]);
  });

  it('is seen in what is done to files as well', () => {
    const files = weekdays(12).flatMap((day) =>
      BY_NIGHT.map((hour) => taken({ at: at(day, hour), object: `plan-${hour}`, activity: 'update' })),
    );
    expect(severities(files)).toEqual(['low']);
  });

  it('is seen across midnight', () => {
    expect(severities(work(weekdays(15), [20, 21, 22, 23, 0, 1, 2, 3, 4]))).toEqual(['low']);
  });

  it('is medium for somebody hired lately whose days are empty', () => {
    const hiredTime = at(0, 0) - days(20);
    const nights = work(weekdays(12), BY_NIGHT);
    expect(severities(nights, claiming({ timeZone: CHICAGO, hiredTime }))).toEqual(['medium']);
    expect(severities(nights, claiming({ timeZone: CHICAGO, hiredTime: hiredTime - days(90) }))).toEqual([
      'low',
    ]);
    const alsoByDay = [...nights, ...work(weekdays(12), [13])];
    expect(severities(alsoByDay, claiming({ timeZone: CHICAGO, hiredTime }))).toEqual(['low']);
  });

  it('stays one alert for weeks', () => {
    expect(run(work(weekdays(40), BY_NIGHT))).toHaveLength(1);
  });
});

describe('days that are ordinary', () => {
  it.each([
    ['office hours', BY_DAY],
    ['early birds', through(5, 14)],
    ['late risers', through(12, 21)],
    ['evenings', through(18, 24)],
    ['a parent’s evening after the office', [...through(9, 16), 21, 22, 23, 0]],
    ['one sign-in each midnight', [0]],
    ['an evening that ends after midnight', [20, 21, 22, 23, 0]],
    ['work around the clock', through(0, 24)],
  ])('are not off-hours: %s', (_what, inHours) => {
    expect(run(work(weekdays(15), inHours))).toEqual([]);
  });

  it('are those of a week on call in three', () => {
    const call = work(weekdays(5), BY_NIGHT);
    expect(run([...call, ...work(weekdays(10, 7), BY_DAY)])).toEqual([]);
  });

  it('are not made off-hours by weekends', () => {
    const weekends = [5, 6, 12, 13, 19, 20, 26, 27, 33, 34];
    expect(run(work(weekends, BY_NIGHT))).toEqual([]);
  });

  it('stay what they are when the clocks change', () => {
    const overTheChange = work(weekdays(15, 28), through(6, 15));
    expect(run(overTheChange)).toEqual([]);
    expect(severities(work(weekdays(15, 28), BY_NIGHT))).toEqual(['low']);
  });
});

describe('what explains the night', () => {
  const nights = work(weekdays(15), BY_NIGHT);
  const shift = (over: Partial<Schedule> = {}): RunOptions => ({
    ...claiming(),
    policy: {
      ...NO_POLICY,
      schedules: [
        { for: { people: [SAM] }, startMinute: 22 * 60, endMinute: 6 * 60, timeZone: CHICAGO, ...over },
      ],
    },
  });

  it('is a schedule of night shifts, in whatever zone it is written', () => {
    expect(run(nights, shift())).toEqual([]);
    const inParis = { startMinute: 8 * 60, endMinute: 16 * 60, timeZone: 'Europe/Paris' };
    expect(run(nights, shift(inParis))).toEqual([]);
  });

  it('is not the schedule of somebody else, nor one by day', () => {
    expect(severities(nights, shift({ for: { people: ['kim.roe@example.com'] } }))).toEqual(['low']);
    expect(severities(nights, shift({ startMinute: 9 * 60, endMinute: 17 * 60 }))).toEqual(['low']);
  });

  it('is one of several shifts', () => {
    const byDay = { for: { people: [SAM] }, startMinute: 8 * 60, endMinute: 16 * 60, timeZone: CHICAGO };
    const { policy, ...rest } = shift();
    const schedules = [byDay, ...(policy?.schedules ?? [])];
    expect(run(nights, { ...rest, policy: { ...NO_POLICY, schedules } })).toEqual([]);
  });

  it('is a journey: days seen far from the claimed place do not count', () => {
    expect(run(work(weekdays(15), BY_NIGHT, SHENYANG))).toEqual([]);
    expect(severities(work(weekdays(15), BY_NIGHT, LAS_VEGAS))).toEqual(['low']);
  });

  it('is no journey when the place is that of a VPN', () => {
    const network = { kind: 'vpn', decidedBy: 'record' } as const;
    const hidden = weekdays(15).flatMap((day) =>
      BY_NIGHT.map((hour) => signIn({ at: at(day, hour), place: SHENYANG, network })),
    );
    expect(severities(hidden)).toEqual(['low']);
  });

  it.each(['travel', 'location'] as const)('is an approval of kind %s, for any country', (kind) => {
    const approval = { kind, for: { people: [SAM] }, country: 'JP', until: at(90, 0), reason: 'With family' };
    const policy = { ...NO_POLICY, approvals: [approval] };
    expect(severities(nights, { ...claiming(), policy })).toEqual(['informational']);
  });
});

describe('what cannot be told', () => {
  it('is where nobody says in which zone somebody works', () => {
    const reasons: string[] = [];
    const context = {
      subject: { kind: 'person' as const, id: SAM },
      rules,
      policy: NO_POLICY,
      organization: { peopleCount: 1, domains: [], partnerDomains: [] },
      failed: (_detection: string, _event: unknown, cause: unknown) => {
        throw cause;
      },
      cannotTell: (_detection: string, because: string) => reasons.push(because),
    };
    const when = { now: at(30, 0), seal: true };
    const person = { id: SAM, addresses: [SAM], onRoster: true };
    evaluate(newSubject(), work([0], [1]), when, { ...context, person });
    evaluate(newSubject(), work([0], [2]), when, {
      ...context,
      person: { ...person, timeZone: 'Mars/Olympus' },
    });
    expect(reasons).toEqual(Array(2).fill('nobody says in which time zone the person works'));
    evaluate(newSubject(), work([0], [1]), when, { ...context, person: { ...person, timeZone: CHICAGO } });
    expect(reasons).toHaveLength(2);
  });

  it('is not the case where a schedule names the zone', () => {
    const schedules = [{ startMinute: 540, endMinute: 1_020, timeZone: CHICAGO }];
    const policy = { ...NO_POLICY, schedules };
    expect(severities(work(weekdays(12), BY_NIGHT), { policy })).toEqual(['low']);
  });

  it('begins anew when the claimed zone changes', () => {
    const nights = work(weekdays(9), BY_NIGHT);
    const first = evaluate(newSubject(), nights, { now: at(30, 0), seal: true }, contextIn(CHICAGO));
    const second = evaluate(
      first.state,
      work([31], BY_NIGHT),
      { now: at(60, 0), seal: true },
      contextIn('Asia/Tokyo'),
    );
    expect(second.alerts).toEqual([]);
  });
});

function contextIn(timeZone: string) {
  return {
    subject: { kind: 'person' as const, id: SAM },
    person: { id: SAM, addresses: [SAM], timeZone, onRoster: true },
    rules,
    policy: NO_POLICY,
    organization: { peopleCount: 1, domains: [], partnerDomains: [] },
    failed: (_detection: string, _event: unknown, cause: unknown) => {
      throw cause;
    },
    cannotTell: () => undefined,
  };
}

describe('what says nothing of somebody’s hours', () => {
  it.each([
    ['renewed tokens', (time: number) => signIn({ at: time, interactive: false })],
    ['refused sign-ins', (time: number) => signIn({ at: time, status: 'failure' })],
    ['sign-outs', (time: number) => ({ ...signIn({ at: time }), activity: 'logoff' as const })],
    [
      'a program that keeps files in step',
      (time: number) => taken({ at: time, object: 'x', activity: 'sync' }),
    ],
    [
      'an application that acts for them',
      (time: number) => ({
        ...taken({ at: time, object: 'x' }),
        actor: { type: 'service' as const, address: SAM },
      }),
    ],
  ])('is %s', (_what, make) => {
    const events = weekdays(15).flatMap((day) => BY_NIGHT.map((hour) => make(at(day, hour))));
    expect(run(events)).toEqual([]);
  });
});

describe('what comes late, twice or without end', () => {
  it('comes to the same in any batches', () => {
    const nights = work(weekdays(12), BY_NIGHT);
    const once = run(nights);
    const last = nights.slice(-8);
    const batches = [nights.slice(0, 80), [...last.slice(4), ...nights.slice(80, -8)], last];
    expect(runInBatches(batches, { rules, ...claiming() })).toEqual(once);
    expect(run([...nights, ...nights])).toEqual(once);
  });

  it('keeps a small state', () => {
    const year = through(0, 365).flatMap((day) =>
      through(0, 24).map((hour) => signIn({ at: at(day, hour) })),
    );
    const { state } = evaluate(newSubject(), year, { now: at(400, 0), seal: true }, contextIn(CHICAGO));
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(4_000);
  });
});

describe('as vendors tell it', () => {
  const moved = (path: string, over: Record<string, unknown> = {}): SourceEvent[] => {
    const [event] = eventsOf(fixture(path, over));
    if (event === undefined) throw new Error('no event');
    return weekdays(12).flatMap((day) =>
      BY_NIGHT.map((hour) => ({
        ...event,
        actor: { type: event.actor?.type ?? 'user', address: SAM },
        srcEndpoint: { ip: '198.51.100.7', place: AUSTIN },
        time: at(day, hour),
        uid: `${event.uid}-${day}-${hour}`,
      })),
    );
  };

  it.each([
    'okta/system-log/sso-to-application',
    'entra/signIns/interactive-v1',
    'm365/audit/user-logged-in',
    'm365/audit/file-modified',
    'google/login/success-two-factors',
    'google/drive/download',
    'aws/cloudtrail/portal-sign-in-with-second-factor',
    'aws/cloudtrail/object-read',
  ])('%s by night is low', (path) => {
    expect(severities(moved(path))).toEqual(['low']);
  });

  it.each([
    'entra/signIns/non-interactive-beta',
    'entra/signIns/saved-password-client',
    'm365/audit/user-logged-in-token-renewed',
    'm365/audit/file-synced-to-managed-device',
    'google/login/success-by-exchange',
    'aws/cloudtrail/object-read-by-function',
  ])('%s says nothing', (path) => {
    expect(run(moved(path))).toEqual([]);
  });
});
