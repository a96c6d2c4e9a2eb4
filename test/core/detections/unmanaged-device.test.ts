import fc from 'fast-check';
import { unmanagedDevice } from '../../../lib/core/detections/unmanaged-device.ts';
import type { Authentication, DeviceInventoryInfo, SourceEvent } from '../../../lib/core/events/index.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, minutes, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const RULES = rulesOf(unmanagedDevice);
const run = (events: readonly SourceEvent[], options: RunOptions = {}) =>
  runOnce(events, { rules: RULES, ...options });

const CHROME = '(KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 ${CHROME}`;
const MAC = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 ${CHROME}`;
const LINUX = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 ${CHROME}`;
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';
const ANDROID = `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 ${CHROME}`;

const MANAGED = { uid: 'd-1', name: 'LT-0412', os: 'Windows10', managed: true };

/** A sign-in at an hour of a day of March 2026, the 9th being a Monday; at Entra, from the managed Windows laptop. */
function at(day: number, hour: number, over: Partial<Authentication> = {}): Authentication {
  const time = Date.UTC(2026, 2, day, hour, 5);
  const { device: _, ...event } = signIn({
    at: time,
    source: 'entra',
    uid: `${day}-${hour}-${over.userAgent ?? ''}`,
  });
  return { ...event, device: MANAGED, userAgent: WINDOWS, ...over };
}
/** As Entra tells of a browser that brings no device along. */
const unknown = (os: string) => ({ os, managed: false });
const linux = (day: number, hour: number, over: Partial<Authentication> = {}) =>
  at(day, hour, { device: unknown('Linux'), userAgent: LINUX, ...over });

function listed(os: string, time: number, over: Partial<DeviceInventoryInfo> = {}): DeviceInventoryInfo {
  return {
    kind: 'device-inventory-info',
    time,
    source: 'intune',
    feed: 'managedDevices',
    uid: `intune-${os}`,
    actor: { type: 'user', address: 'sam.doe@example.com' },
    device: { uid: `intune-${os}`, serialNumber: `SN-${os}-1`, os, managed: true },
    state: { status: 'active' },
    ...over,
  };
}

/** Two managed sign-ins on each of five days, and two from Linux on the last three of them. */
const WEEK = [9, 10, 11, 12, 13].flatMap((day) => [at(day, 8), at(day, 13)]);
const ELSEWHERE = [11, 12, 13].flatMap((day) => [linux(day, 2), linux(day, 4)]);

describe('sign-ins from a computer nobody manages', () => {
  it('are a medium alert on the person once they are a third of a week', () => {
    const [alert, ...others] = run([...WEEK, ...ELSEWHERE]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      object: { kind: 'device', id: 'linux' },
      summary: '42 % of the sign-ins of 7 days came from unmanaged computers, the last of them Linux.',
      time: '2026-03-13T02:05:00.000Z',
    });
    expect(alert?.why[1]).toBe('The managed computers of this person run Windows, none Linux.');
    expect(alert?.evidence.length).toBeGreaterThanOrEqual(5);
  });

  it('are so at Okta too, which tells of them only by the browser', () => {
    const windows = [11, 12, 13].flatMap((day) =>
      [2, 4].map((hour) => {
        const { device: _, ...event } = at(day, hour, { source: 'okta', userAgent: WINDOWS });
        return event;
      }),
    );
    const mac = [9, 10, 11, 12, 13].flatMap((day) => [
      at(day, 8, { device: { ...MANAGED, os: 'MACOS 15.5' }, userAgent: MAC }),
    ]);
    expect(run([...mac, ...windows])).toMatchObject([{ object: { id: 'windows' }, confidence: 'medium' }]);
  });

  it('of a registered device that is not managed count, whatever the system', () => {
    const device = { uid: 'd-2', name: 'DESKTOP-8F2K', os: 'Windows10', managed: false };
    const [alert] = run([
      ...WEEK,
      ...[11, 12, 13].flatMap((day) => [2, 4].map((hour) => at(day, hour, { device }))),
    ]);
    expect(alert?.object?.id).toBe('windows');
    expect(alert?.why[0]).toContain('the last calls itself DESKTOP-8F2K');
  });

  it('in a browser in which the managed computer shows itself count, with low confidence', () => {
    const other = (userAgent: string) =>
      [11, 12, 13].flatMap((day) =>
        [2, 4].map((hour) => at(day, hour, { device: unknown('Windows10'), userAgent })),
      );
    expect(run([...WEEK, ...other(WINDOWS)])).toMatchObject([
      { object: { id: 'windows' }, confidence: 'low' },
    ]);
    // Firefox without the vendor's extension on the managed laptop looks just like this.
    expect(run([...WEEK, ...other(FIREFOX)])).toEqual([]);
  });

  it('are told as what somebody has only while the managed computer signs in at all', () => {
    const inventory = listed('Windows 10.0.26100', NOON - days(1));
    expect(run([inventory, ...ELSEWHERE])).toEqual([]);
    const longAgo = at(9, 8, { time: Date.UTC(2026, 1, 8, 8) });
    expect(run([longAgo, inventory, ...ELSEWHERE])).toEqual([]);
    const lately = at(9, 8, { time: Date.UTC(2026, 1, 20, 8) });
    expect(run([lately, inventory, ...ELSEWHERE])).toHaveLength(1);
  });

  it('on two days a week are found when the second week begins', () => {
    const week = (shift: number, weekdays: readonly number[]) =>
      [9, 10, 11, 12, 13].flatMap((day) =>
        weekdays.includes(day)
          ? [8, 10, 13].map((hour) => linux(day + shift, hour))
          : [8, 13].map((hour) => at(day + shift, hour)),
      );
    expect(run(week(0, [10, 12]))).toEqual([]);
    expect(run([...week(0, [10, 12]), ...week(7, [10, 12])])).toMatchObject([
      { time: '2026-03-17T10:05:00.000Z', object: { id: 'linux' } },
    ]);
    expect(run([...week(0, [10]), ...week(7, [10]), ...week(14, [10])])).toEqual([]);
  });

  it('are one alert however long they go on', () => {
    const next = [...WEEK, ...ELSEWHERE].map((event) => ({
      ...event,
      uid: `${event.uid}+`,
      time: event.time + days(7),
    }));
    const alerts = run([...WEEK, ...ELSEWHERE, ...next]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.lastSeen).toBe('2026-03-20T04:05:00.000Z');
  });
});

describe('what is no other computer', () => {
  it.each<[string, (day: number, hour: number) => Authentication]>([
    ['an iPhone', (day, hour) => at(day, hour, { device: unknown('Ios 18.6'), userAgent: IPHONE })],
    ['an Android phone', (day, hour) => at(day, hour, { device: unknown('Android'), userAgent: ANDROID })],
    [
      'an iPad that says it is a Mac',
      (day, hour) => at(day, hour, { device: unknown('MacOs'), userAgent: SAFARI }),
    ],
    [
      'a Mac of which only the system is told',
      (day, hour) => {
        const { userAgent: _, ...event } = at(day, hour, { device: unknown('MacOs') });
        return event;
      },
    ],
    ['a sign-in by a program', (day, hour) => linux(day, hour, { interactive: false })],
    ['a refused one', (day, hour) => linux(day, hour, { status: 'failure' })],
    ['a policy’s verdict', (day, hour) => linux(day, hour, { activity: 'preauth' })],
    ['the end of a session', (day, hour) => linux(day, hour, { activity: 'logoff' })],
    [
      'one that tells nothing of the computer',
      (day, hour) => {
        const { device: _, userAgent: __, ...event } = at(day, hour);
        return event;
      },
    ],
  ])('%s', (_what, other) => {
    const others = [11, 12, 13].flatMap((day) => [0, 2, 4, 6].map((hour) => other(day, hour)));
    expect(run([...WEEK, ...others])).toEqual([]);
  });

  it('a Mac in Chrome is one, and so is a registered one in Safari', () => {
    const mac = (over: Partial<Authentication>) =>
      [11, 12, 13].flatMap((day) => [2, 4].map((hour) => at(day, hour, over)));
    expect(run([...WEEK, ...mac({ device: unknown('MacOs'), userAgent: MAC })])).toHaveLength(1);
    const registered = { uid: 'd-3', os: 'MacOs', managed: false };
    expect(run([...WEEK, ...mac({ device: registered, userAgent: SAFARI })])).toHaveLength(1);
  });
});

describe('near misses', () => {
  it('less than 30 % stay silent', () => {
    const usual = [8, 10, 13, 15].flatMap((hour) => [9, 10, 11, 12, 13].map((day) => at(day, hour)));
    const five = [linux(11, 2), linux(11, 4), linux(12, 2), linux(12, 4), linux(13, 2)];
    // 5 of 25 hours; then 9 of 29.
    expect(run([...usual, ...five])).toEqual([]);
    const nine = [...five, linux(13, 4), linux(13, 5), linux(13, 6), linux(13, 7)];
    expect(run([...usual, ...nine])).toHaveLength(1);
  });

  it('four hours, or two days, stay silent', () => {
    const four = [linux(11, 2), linux(12, 2), linux(13, 2), linux(13, 4)];
    expect(run([...WEEK.slice(0, 4), ...four])).toEqual([]);
    const twoDays = [12, 13].flatMap((day) => [0, 2, 4, 6].map((hour) => linux(day, hour)));
    expect(run([...WEEK.slice(0, 4), ...twoDays])).toEqual([]);
  });

  it('many events of one hour are one sign-in', () => {
    const burst = [11, 12, 13].flatMap((day) =>
      Array.from({ length: 20 }, (_, n) =>
        linux(day, 2, { uid: `burst-${day}-${n}`, time: Date.UTC(2026, 2, day, 2) + minutes(n) }),
      ),
    );
    expect(run([...WEEK.slice(0, 4), ...burst])).toEqual([]);
  });

  it('a private computer now and then over weeks stays silent', () => {
    const weeks = [0, 7, 14, 21].flatMap((shift) =>
      [...WEEK, linux(11, 19), linux(13, 19), linux(14, 10), linux(14, 12)].map((event) => ({
        ...event,
        uid: `${event.uid}+${shift}`,
        time: event.time + days(shift),
      })),
    );
    expect(run(weeks)).toEqual([]);
  });
});

describe('a second managed computer', () => {
  it('explains what was found of its system when it becomes known', () => {
    const inventory = listed('Ubuntu 24.04', Date.UTC(2026, 2, 14));
    expect(run([...WEEK, ...ELSEWHERE, inventory])).toEqual([]);
    const phone = listed('iOS 18.6', Date.UTC(2026, 2, 14));
    const gone = listed('Ubuntu 24.04', Date.UTC(2026, 2, 14), { state: { status: 'removed' } });
    expect(run([...WEEK, ...ELSEWHERE, phone, gone])).toHaveLength(1);
  });

  it('that was listed before is never found', () => {
    expect(run([listed('Ubuntu 24.04', Date.UTC(2026, 2, 1)), ...WEEK, ...ELSEWHERE])).toEqual([]);
  });

  it('counts for three months after it was last heard of', () => {
    const before = (count: number) => listed('Ubuntu 24.04', Date.UTC(2026, 2, 11) - days(count));
    expect(run([before(88), ...WEEK, ...ELSEWHERE])).toEqual([]);
    expect(run([before(95), ...WEEK, ...ELSEWHERE])).toHaveLength(1);
  });
});

describe('delivery', () => {
  it('late, twice, in another order or at one time comes to the same', () => {
    const events = [...WEEK, ...ELSEWHERE, linux(13, 8, { uid: 'same-time' })];
    const whole = run(events);
    expect(whole).toHaveLength(1);
    const late = ELSEWHERE.at(-2);
    if (late === undefined) throw new Error('one of them');
    const rest = events.filter((event) => event !== late);
    expect(runInBatches([rest.slice(0, 4), rest, [late], events], { rules: RULES })).toEqual(whole);
    expect(run([...events, ...events].reverse())).toEqual(whole);
  });

  it('keeps little, whatever comes', () => {
    const state = unmanagedDevice.state.empty();
    const context = {
      subject: { kind: 'person' as const, id: 'sam.doe@example.com' },
      parameters: {
        windowDays: 7,
        unmanagedPercent: 30,
        unmanagedHoursAtLeast: 5,
        unmanagedDaysAtLeast: 3,
        unmanagedDaysWithin: 14,
        managedSeenDays: 30,
      },
      policy: NO_POLICY,
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
    };
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const events = fc.array(
      fc.record({ os: text, agent: text, managed: fc.boolean(), registered: fc.boolean() }),
    );
    let time = NOON;
    fc.assert(
      fc.property(events, (list) => {
        for (const { os, agent, managed, registered } of list) {
          time += hours(1);
          const device = { os, managed, ...(registered ? { uid: 'd-9' } : {}) };
          const userAgent = `${agent} Windows NT ${CHROME}`;
          unmanagedDevice.evaluate({ ...at(9, 8), time, device, userAgent }, state, context);
        }
      }),
    );
    expect(JSON.stringify(state).length).toBeLessThan(5_000);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

describe('as vendors record it', () => {
  const time = (day: number, hour: number) => new Date(Date.UTC(2026, 2, day, hour)).toISOString();

  it('Entra and Intune: a managed Windows laptop, and sign-ins from Linux', () => {
    const entra = (day: number, hour: number, detail?: object) =>
      eventsOf(
        fixture('entra/signIns/interactive-beta-managed-device', {
          id: `0b7e0110-0000-4000-8000-0000000${day}0${hour}`,
          createdDateTime: time(day, hour),
          ...(detail === undefined ? {} : { deviceDetail: detail }),
        }),
      );
    const other = {
      deviceId: '',
      displayName: '',
      operatingSystem: 'Linux',
      browser: 'Chrome 141.0.0',
      isManaged: false,
    };
    const events = [
      ...eventsOf(fixture('intune/managedDevices/company-windows')),
      ...[9, 10, 11, 12].flatMap((day) => [
        ...entra(day, 8),
        ...entra(day, 2, other),
        ...entra(day, 4, other),
      ]),
    ];
    expect(run(events)).toMatchObject([
      { subject: { id: 'jane.doe@example.com' }, object: { id: 'linux' }, severity: 'medium' },
    ]);
  });

  it('Okta: a managed Mac, and sign-ins whose browser says Windows', () => {
    const okta = (day: number, hour: number, over: Record<string, unknown>) =>
      eventsOf(
        fixture('okta/system-log/session-start-vpn', {
          uuid: `u-${day}-${hour}`,
          published: time(day, hour),
          ...over,
        }),
      );
    const client = (rawUserAgent: string) => ({
      client: {
        userAgent: { rawUserAgent, os: 'x', browser: 'CHROME' },
        device: 'Computer',
        ipAddress: '203.0.113.24',
      },
    });
    const laptop = { id: 'guo1', name: 'MBP-0412', os_platform: 'MACOS', os_version: '15.5', managed: true };
    const events = [9, 10, 11, 12].flatMap((day) => [
      ...okta(day, 8, { ...client(MAC), device: laptop }),
      ...okta(day, 2, { ...client(WINDOWS), device: null }),
      ...okta(day, 4, { ...client(WINDOWS), device: null }),
    ]);
    expect(run(events)).toMatchObject([{ object: { id: 'windows' }, severity: 'medium' }]);
  });
});
