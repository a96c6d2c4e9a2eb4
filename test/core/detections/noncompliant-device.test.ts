import { noncompliantDevice } from '../../../lib/core/detections/noncompliant-device.ts';
import type { DeviceInventoryInfo, DeviceState, SourceEvent } from '../../../lib/core/events/index.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce } from '../../support/engine.ts';
import { days, hours, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const RULES = rulesOf(noncompliantDevice);
const run = (events: readonly SourceEvent[], now = NOON + days(10)) => runOnce(events, { rules: RULES, now });

interface Listing extends DeviceState {
  readonly compliant?: boolean;
  readonly serial?: string;
  readonly source?: 'intune' | 'okta';
  readonly address?: string | null;
}

function listed(
  at: number,
  { compliant, serial = 'SN-0001', source = 'intune', address, ...state }: Listing,
) {
  const event: DeviceInventoryInfo = {
    kind: 'device-inventory-info',
    time: at,
    source,
    feed: 'devices',
    uid: `id-${serial}`,
    ...(address === null ? {} : { actor: { type: 'user', address: address ?? 'sam.doe@example.com' } }),
    device: {
      uid: `id-${serial}`,
      serialNumber: serial,
      name: `LT-${serial}`,
      ...(compliant === undefined ? {} : { compliant }),
    },
    state,
  };
  return event;
}

/** A fleet in order two days before, in which the first ones turn bad at noon, all at once. */
function fleet(turning: number, of: number, at = NOON): DeviceInventoryInfo[] {
  return Array.from({ length: of }, (_, n) => {
    const who = { serial: `SN-${1_000 + n}`, address: `person${n}@example.com` };
    const before = listed(NOON - days(2), { ...who, compliant: true });
    return n < turning ? [before, listed(at, { ...who, compliant: false })] : [before];
  }).flat();
}

const GOOD = listed(NOON - days(1), { compliant: true });
const BAD = listed(NOON, { compliant: false });

describe('a device that was in order', () => {
  it('and is not for two days is a low alert on its person', () => {
    const [alert, ...others] = run([GOOD, BAD]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'low',
      family: 'negligence',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      object: { kind: 'device', id: 'SN-0001', name: 'LT-SN-0001' },
      related: [{ kind: 'device', id: 'SN-0001' }],
      summary: 'LT-SN-0001 does not comply with the organization’s policies any more, since 2026-03-10.',
      time: '2026-03-12T12:00:00.000Z',
      firstSeen: '2026-03-10T12:00:00.000Z',
      count: 1,
    });
    expect(alert?.next[0]).toContain('Intune admin center › Devices › LT-SN-0001');
  });

  it('is an alert on the device when nobody is named', () => {
    const alerts = run([GOOD, BAD].map(({ actor: _, ...event }) => event));
    expect(alerts).toMatchObject([{ subject: { kind: 'device', id: 'SN-0001' }, related: [] }]);
  });

  it.each<[string, Listing, Listing, string]>([
    ['whose disk is not encrypted any more', { encrypted: true }, { encrypted: false }, 'medium'],
    ['that is jailbroken now', { jailbroken: false }, { jailbroken: true }, 'medium'],
    ['that does not lock its screen any more', { screenLock: true }, { screenLock: false }, 'low'],
  ])('%s', (_what, before, after, severity) => {
    expect(run([listed(NOON - days(1), before), listed(NOON, after)])).toMatchObject([{ severity }]);
  });

  it('is not told before the two days are over', () => {
    expect(run([GOOD, BAD], NOON + hours(48) - 1)).toEqual([]);
    expect(run([GOOD, BAD], NOON + hours(48))).toHaveLength(1);
  });

  it('is told once, however often it is listed', () => {
    const again = [1, 3, 5].map((day) => listed(NOON + days(day), { compliant: false }));
    expect(run([GOOD, BAD, ...again])).toMatchObject([
      { count: 1, time: '2026-03-12T12:00:00.000Z', lastSeen: '2026-03-15T12:00:00.000Z' },
    ]);
  });

  it('is two alerts for two devices', () => {
    const other = { serial: 'SN-0002' };
    const second = [
      listed(NOON - days(1), { ...other, encrypted: true }),
      listed(NOON, { ...other, encrypted: false }),
    ];
    expect(run([GOOD, BAD, ...second])).toHaveLength(2);
  });

  it('says the worst of what is wrong', () => {
    const before = listed(NOON - days(1), { compliant: true, encrypted: true });
    const after = listed(NOON, { compliant: false, encrypted: false });
    expect(run([before, after])).toMatchObject([{ severity: 'medium', count: 2 }]);
  });
});

describe('what is no such device', () => {
  it.each<[string, readonly DeviceInventoryInfo[]]>([
    ['one that was never in order', [listed(NOON - days(1), { compliant: false }), BAD]],
    ['one that is listed for the first time', [BAD]],
    ['one that Intune has not decided on', [GOOD, listed(NOON, {})]],
    ['one put right after a day', [GOOD, BAD, listed(NOON + days(1), { compliant: true })]],
    ['one put right after two days to the minute', [GOOD, BAD, listed(NOON + days(2), { compliant: true })]],
    ['one that is listed no more', [GOOD, BAD, listed(NOON + days(1), { status: 'removed' })]],
    [
      'two inventories that do not agree',
      [listed(NOON - days(1), { encrypted: true }), listed(NOON, { encrypted: false, source: 'okta' })],
    ],
    ['two devices of one person', [GOOD, listed(NOON, { compliant: false, serial: 'SN-0002' })]],
    [
      'one without any id',
      [GOOD, BAD].map((event) => ({ ...event, device: { name: 'LT', compliant: event === GOOD } })),
    ],
  ])('%s', (_what, events) => {
    expect(run(events)).toEqual([]);
  });
});

describe('a device that is in order again', () => {
  it('withdraws its alert', () => {
    const right = listed(NOON + days(5), { compliant: true });
    expect(run([GOOD, BAD], NOON + days(5))).toHaveLength(1);
    expect(run([GOOD, BAD, right])).toEqual([]);
  });

  it('is told again when it turns again', () => {
    const later = [listed(NOON + days(3), { compliant: true }), listed(NOON + days(4), { compliant: false })];
    expect(run([GOOD, BAD, ...later])).toMatchObject([
      { summary: expect.stringContaining('2026-03-14') as string },
    ]);
  });

  it('in part, keeps what is still wrong', () => {
    const before = listed(NOON - days(1), { compliant: true, encrypted: true });
    const after = listed(NOON, { compliant: false, encrypted: false });
    const half = listed(NOON + days(5), { compliant: false, encrypted: true });
    expect(run([before, after, half])).toMatchObject([{ severity: 'low', count: 1 }]);
  });
});

describe('devices that turn bad together', () => {
  it('are no alert above 5 % of the fleet', () => {
    expect(run(fleet(6, 100))).toEqual([]);
    expect(run(fleet(100, 100))).toEqual([]);
  });

  it('are one each at 5 %', () => {
    expect(run(fleet(5, 100))).toHaveLength(5);
  });

  it('are one each in a small company, as long as they are no more than two', () => {
    expect(run(fleet(2, 12))).toHaveLength(2);
    expect(run(fleet(3, 12))).toEqual([]);
  });

  it('are together when they hear of it days apart, and not when it is more', () => {
    const spread = (apart: number): DeviceInventoryInfo[] => [
      ...fleet(3, 100),
      ...fleet(6, 100, NOON + days(apart)).slice(6),
    ];
    expect(run(spread(3))).toEqual([]);
    expect(run(spread(4))).toHaveLength(6);
  });

  it('do not excuse another thing that turned on one of them', () => {
    const who = { serial: 'SN-1000', address: 'person0@example.com' };
    const disk = [
      listed(NOON - days(2) + 1, { ...who, encrypted: true }),
      listed(NOON + 1, { ...who, encrypted: false }),
    ];
    expect(run([...fleet(6, 100), ...disk])).toMatchObject([
      { subject: { id: 'person0@example.com' }, severity: 'medium', object: { id: 'SN-1000' } },
    ]);
  });

  it('are explained though most of them hear of it later', () => {
    const [few, many] = [fleet(2, 100), fleet(40, 100, NOON + days(2)).slice(4)];
    const batches = [few, many, [listed(NOON + days(3), { serial: 'SN-9999', address: null })]];
    expect(runInBatches([few], { rules: RULES, now: NOON + days(2) })).toHaveLength(2);
    expect(runInBatches(batches, { rules: RULES })).toEqual([]);
  });
});

describe('a device that has stopped reporting', () => {
  const reported = (day: number, serial = 'SN-0001', address?: string) => {
    const at = NOON + days(day);
    return listed(at, { serial, lastSeenTime: at, ...(address === undefined ? {} : { address }) });
  };
  const from = (day: number, name = 'lt-sn-0001', address = 'sam.doe@example.com') =>
    signIn({ at: NOON + days(day) + hours(2), address, device: { uid: 'entra-1', name, managed: true } });
  const regular = [-6, -3, 0].map((day) => reported(day));
  const daily = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => from(day));

  it('is a low alert when somebody signs in from it daily for a week', () => {
    expect(run([...regular, ...daily])).toMatchObject([
      {
        severity: 'low',
        object: { kind: 'device', id: 'SN-0001' },
        time: '2026-03-17T14:00:00.000Z',
        summary:
          'LT-SN-0001 has not reported to its management, though somebody signs in from it, since 2026-03-10.',
      },
    ]);
  });

  it('is so though it is listed again as it was', () => {
    // As a listing that is read anew: the same check-in, some other field changed.
    const again = { ...reported(0), uid: 'read-anew', time: NOON + days(6) };
    expect(run([...regular, ...daily, again])).toHaveLength(1);
  });

  it.each<[string, readonly SourceEvent[]]>([
    ['after less than a week', [...regular, ...daily.slice(0, 6)]],
    ['while nobody uses it', [...regular, from(1), from(2), from(3), from(20)]],
    ['that was never known to report by itself', [reported(-3), reported(0), ...daily]],
    ['of another name', [...regular, ...[5, 6, 7, 8].map((day) => from(day, 'LT-SN-0002'))]],
    [
      'of somebody else',
      [...regular, ...[5, 6, 7, 8].map((day) => from(day, 'LT-SN-0001', 'kim.roe@example.com'))],
    ],
    ['that reports again', [...regular, ...daily, reported(9)]],
  ])('is none %s', (_what, events) => {
    expect(run(events, NOON + days(30))).toEqual([]);
  });

  it('is none where the inventory itself has gone silent', () => {
    const fleetOf = (count: number) =>
      Array.from({ length: count }, (_, n) => {
        const [serial, address] = [`SN-${1_000 + n}`, `person${n}@example.com`];
        return [
          ...[-6, -3, 0].map((day) => reported(day, serial, address)),
          ...[5, 6, 7, 8].map((day) => from(day, `LT-${serial}`, address)),
        ];
      }).flat();
    expect(run(fleetOf(2))).toHaveLength(2);
    expect(run(fleetOf(5))).toEqual([]);
  });

  it('comes to the same in batches, late and twice', () => {
    const events: readonly SourceEvent[] = [...regular, ...daily];
    const [late, ...rest] = [...daily].reverse();
    if (late === undefined) throw new Error('a sign-in');
    const batches = [[...regular, ...rest], rest, [late, late]];
    expect(runInBatches(batches, { rules: RULES })).toEqual(run(events, NOON + days(8) + hours(2)));
  });
});

describe('delivery', () => {
  it('late, twice or in another order comes to the same', () => {
    const disk = listed(NOON + hours(2), { encrypted: false });
    const before = listed(NOON - hours(20), { encrypted: true, compliant: true });
    const events = [before, BAD, disk, listed(NOON + days(3), { compliant: false })];
    const whole = run(events, NOON + days(3));
    expect(whole).toHaveLength(1);
    const [first, second, third, fourth] = events as [SourceEvent, SourceEvent, SourceEvent, SourceEvent];
    const batches = [[third], [second, first, third], [fourth, fourth]];
    expect(runInBatches(batches, { rules: RULES })).toEqual(whole);
    expect(run([...events, ...events].reverse(), NOON + days(3))).toEqual(whole);
  });

  it('that brings the good listing late changes nothing in the end', () => {
    const right = listed(NOON + hours(40), { compliant: true });
    const other = listed(NOON + hours(50), {});
    expect(runInBatches([[GOOD, BAD], [other], [right]], { rules: RULES })).toEqual([]);
  });

  it('keeps little of whoever has very many devices, and of a fleet that turns', () => {
    const context = {
      subject: { kind: 'person' as const, id: 'sam.doe@example.com' },
      parameters: {
        lastsHours: 48,
        fleetPercent: 5,
        fleetDevicesAtLeast: 3,
        togetherDays: 3,
        silentDays: 7,
        silentSignInDaysAtLeast: 4,
      },
      policy: NO_POLICY,
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
    };
    const own = noncompliantDevice.state.empty();
    for (let n = 0; n < 400; n++)
      for (const compliant of [true, false])
        noncompliantDevice.evaluate(listed(NOON + n, { serial: `SN-${n}-0001`, compliant }), own, context);
    expect(Object.keys(own.devices ?? {})).toHaveLength(20);
    expect(JSON.stringify(own).length).toBeLessThan(20_000);

    const whole = noncompliantDevice.state.empty();
    for (let n = 0; n < 40_000; n++) {
      noncompliantDevice.evaluate(
        {
          kind: 'sighting',
          time: NOON + days(Math.floor(n / 500)),
          source: 'ringer',
          feed: 'sightings',
          uid: `${n}`,
          to: { kind: 'organization', id: 'organization' },
          of: { kind: 'person', id: `person${n}@example.com` },
          what: { type: 'noted', detection: 'noncompliant-device', object: `compliant SN-${n}`, name: 'LT' },
        },
        whole,
        { ...context, subject: { kind: 'organization', id: 'organization' } },
      );
    }
    expect(Object.keys(whole.flips ?? {})).toHaveLength(14);
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
  });
});

describe('as inventories list it', () => {
  const spans = (records: readonly SourceEvent[]) =>
    run(records, Date.UTC(2026, 2, 20)).map(({ severity, summary }) => `${severity}: ${summary}`);

  it('Intune: complianceState and isEncrypted', () => {
    const path = 'intune/managedDevices/company-windows';
    const after = {
      lastSyncDateTime: '2026-03-10T12:00:00Z',
      complianceState: 'noncompliant',
      isEncrypted: false,
    };
    expect(spans([...eventsOf(fixture(path)), ...eventsOf(fixture(path, after))])).toEqual([
      'medium: LT-0412 has a disk that is not encrypted any more, since 2026-03-10.',
    ]);
  });

  it('Intune and Entra: lastSyncDateTime, and sign-ins on that device', () => {
    const listing = (day: number) =>
      eventsOf(
        fixture('intune/managedDevices/company-windows', {
          lastSyncDateTime: `2026-03-0${day}T12:00:00Z`,
          userPrincipalName: 'jane.doe@example.com',
        }),
      );
    const used = (day: number) =>
      eventsOf(
        fixture('entra/signIns/interactive-beta-managed-device', {
          id: `s-${day}`,
          createdDateTime: `2026-03-${String(day).padStart(2, '0')}T14:02:11Z`,
        }),
      );
    expect(spans([...[1, 2, 3].flatMap(listing), ...[6, 7, 8, 9, 10].flatMap(used)])).toEqual([
      'low: LT-0412 has not reported to its management, though somebody signs in from it, since 2026-03-03.',
    ]);
  });

  it('Okta: the screen lock of the person on the device', () => {
    const device = (lastUpdated: string, screenLockType: string) =>
      eventsOf({
        id: 'guo8',
        status: 'ACTIVE',
        lastUpdated,
        profile: {
          displayName: 'MBP-7',
          platform: 'MACOS',
          registered: true,
          diskEncryptionType: 'ALL_INTERNAL_VOLUMES',
        },
        _embedded: {
          users: [
            {
              managementStatus: 'MANAGED',
              screenLockType,
              user: { id: '00u1', profile: { login: 'sam.doe@example.com', email: 'sam.doe@example.com' } },
            },
          ],
        },
      });
    expect(
      spans([
        ...device('2026-03-09T12:00:00.000Z', 'BIOMETRIC'),
        ...device('2026-03-10T12:00:00.000Z', 'NONE'),
      ]),
    ).toEqual(['low: MBP-7 does not lock its screen any more, since 2026-03-10.']);
  });

  it('Google: a compromised device', () => {
    const device = (time: string, name: string, parameter: object) =>
      eventsOf({
        kind: 'admin#reports#activity',
        id: { time, uniqueQualifier: time, applicationName: 'mobile', customerId: 'C1' },
        actor: { email: 'sam.doe@example.com' },
        events: [
          {
            type: 'suspicious_activity',
            name,
            parameters: [
              { name: 'USER_EMAIL', value: 'sam.doe@example.com' },
              { name: 'DEVICE_ID', value: 'd-1' },
              { name: 'SERIAL_NUMBER', value: 'R58N1234' },
              parameter,
            ],
          },
        ],
      });
    expect(
      spans([
        ...device('2026-03-09T12:00:00.000Z', 'DEVICE_COMPROMISED_EVENT', {
          name: 'DEVICE_COMPROMISED_STATE',
          value: 'NOT_COMPROMISED',
        }),
        ...device('2026-03-10T12:00:00.000Z', 'DEVICE_COMPROMISED_EVENT', {
          name: 'DEVICE_COMPROMISED_STATE',
          value: 'COMPROMISED',
        }),
      ]),
    ).toEqual(['medium: R58N1234 is jailbroken or rooted now, since 2026-03-10.']);
  });
});
