import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { mouseJiggler } from '../../../lib/core/detections/mouse-jiggler.ts';
import { remoteKvm } from '../../../lib/core/detections/remote-kvm.ts';
import type {
  AccountChange,
  DeviceInventoryInfo,
  Peripheral,
  PeripheralInventoryInfo,
  SourceEvent,
} from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY, type Policy } from '../../../lib/core/policy.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { installed } from '../../support/software.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const RULES = rulesOf(remoteKvm);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules: RULES, ...options });
const hired = (daysBefore: number): RunOptions => ({
  directory: buildDirectory({
    roster: [{ email: 'sam.doe@example.com', hiredTime: NOON - days(daysBefore) }],
    users: [],
  }),
});

/** Something plugged into an instance that nobody is named for. */
function plugged(peripheral: Peripheral, serial = 'SN-0001', at = NOON): PeripheralInventoryInfo {
  return {
    kind: 'peripheral-inventory-info',
    time: at,
    source: 'ssm',
    feed: 'inventory',
    uid: serial,
    device: { uid: `id-${serial}`, serialNumber: serial, name: `LT-${serial}` },
    peripheral,
  };
}

function listed(name: string, model?: string): DeviceInventoryInfo {
  return {
    kind: 'device-inventory-info',
    time: NOON,
    source: 'okta',
    feed: 'devices',
    uid: 'guo1',
    actor: { type: 'user', address: 'sam.doe@example.com' },
    device: { uid: 'guo1', serialNumber: 'SN-0001', name },
    state: model === undefined ? {} : { model },
  };
}

function registered(name: string): AccountChange {
  const user = { type: 'user' as const, address: 'sam.doe@example.com' };
  return {
    kind: 'account-change',
    time: NOON,
    source: 'entra',
    feed: 'directoryAudits',
    uid: 'registered-1',
    actor: user,
    device: { uid: 'd-1', name },
    activity: 'device-register',
    status: 'success',
    user,
  };
}

describe('remote-control hardware that is plugged in', () => {
  it('is a high alert on the computer, naming the hardware', () => {
    const [alert, ...others] = run([
      plugged({ vendorId: '3346', productId: '1009', name: 'NanoKVM', manufacturer: 'sipeed' }),
    ]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'high',
      confidence: 'high',
      subject: { kind: 'device', id: 'SN-0001' },
      object: { kind: 'tool', id: 'nanokvm', name: 'NanoKVM' },
      summary: 'NanoKVM (3346:1009) is plugged into LT-SN-0001.',
    });
    expect(alert?.next[0]).toContain('Have somebody look at LT-SN-0001');
  });

  it.each<[string, Peripheral]>([
    ['pikvm', { vendorId: '1d6b', productId: '0104', name: 'PiKVM Composite Device', manufacturer: 'PiKVM' }],
    [
      'pikvm',
      { vendorId: '1d6b', productId: '0104', name: 'USB Composite Device', serialNumber: 'CAFEBABE' },
    ],
    ['pikvm', { vendorId: '1209', productId: 'eda2', name: 'Pi-KVM HID' }],
    ['pikvm', { name: 'PiKVM V4 Plus', kind: 'Monitor' }],
    ['pikvm', { vendorId: 'lnx', productId: '7773', name: 'Generic PnP Monitor', kind: 'Monitor' }],
    [
      'tinypilot',
      { vendorId: '1d6b', productId: '0104', name: 'Multifunction USB Device', manufacturer: 'tinypilot' },
    ],
    ['tinypilot', { vendorId: '1d6b', productId: '0104', serialNumber: '6b65796d696d6570690' }],
    ['jetkvm', { vendorId: '1d6b', productId: '0104', name: 'USB Emulation Device', manufacturer: 'JetKVM' }],
    [
      'glkvm',
      { vendorId: '38eb', productId: '0104', name: 'Glinet Composite Device', manufacturer: 'Glinet' },
    ],
    ['jetkvm', { vendorId: '1d6b', productId: '0104', name: 'JetKVM USB Emulation Device' }],
    ['glkvm', { vendorId: '38eb', productId: '0210' }],
    ['nanokvm', { vendorId: '3346', productId: '1009' }],
    ['openterface', { vendorId: '1a86', productId: 'fe00' }],
    ['ch9329', { vendorId: '1a86', productId: 'e129', name: 'WCH UART TO KB-MS' }],
    ['ch9329', { vendorId: '1a86', productId: 'e329', name: 'HID Keyboard Device' }],
    // An id of an ordinary receiver, borrowed; the text was forgotten.
    ['pikvm', { vendorId: '046d', productId: 'c52b', name: 'PiKVM Composite Device' }],
  ])('is %s, told by its ids or texts', (id, peripheral) => {
    expect(run([plugged(peripheral)])).toMatchObject([{ severity: 'high', object: { id } }]);
  });

  it('is medium when it only is Linux that poses as a USB device', () => {
    const [alert] = run([plugged({ vendorId: '1d6b', productId: '0104', name: 'USB Keyboard' })]);
    expect(alert).toMatchObject({ severity: 'medium', object: { id: 'linux-usb-gadget' } });
    expect(alert?.why.join(' ')).toContain('Linux on a small computer');
    expect(alert?.why.join(' ')).toContain('Recognized as Linux USB gadget by its id 1d6b:0104');
  });

  it.each<[string, Peripheral]>([
    ['a receiver for mouse and keyboard', { vendorId: '046d', productId: 'c52b', name: 'USB Receiver' }],
    ['an adapter for serial ports', { vendorId: '1a86', productId: '7523', name: 'USB-SERIAL CH340' }],
    ['the hub beside it, which others use too', { vendorId: '1a40', productId: '0101', name: 'USB 2.0 Hub' }],
    ['a root hub of Linux', { vendorId: '1d6b', productId: '0002', name: 'xHCI Host Controller' }],
    ['a monitor', { vendorId: 'del', productId: 'a0c4', name: 'DELL U2719D', kind: 'Monitor' }],
    ['a thing of that text of somebody else', { name: 'Multifunction USB Device', manufacturer: 'Acme' }],
    ['a thing without anything', {}],
  ])('is not %s', (_what, peripheral) => {
    expect(run([plugged(peripheral)])).toEqual([]);
  });
});

describe('what hints at such hardware', () => {
  it.each([
    ['the program that shows its screen', installed('NanoKVM-USB'), 'nanokvm'],
    ['another', installed('Openterface Mini KVM'), 'openterface'],
    [
      'an application of the browser',
      installed({ name: 'JetKVM', bundleId: 'abcdefghijklmnopabcdefghijklmnop' }),
      'jetkvm',
    ],
    ['the name of a computer', listed('PIKVM-01'), 'pikvm'],
    ['the model of a computer', listed('LT-0412', 'TinyPilot Voyager 2a'), 'tinypilot'],
    ['the name of a device that was registered', registered('JetKVM'), 'jetkvm'],
  ])('is a medium alert on the person: %s', (_what, event, id) => {
    expect(run([event])).toMatchObject([
      { severity: 'medium', subject: { id: 'sam.doe@example.com' }, object: { id } },
    ]);
    expect(run([event], hired(400))).toMatchObject([{ severity: 'medium' }]);
  });

  it('is high in somebody’s first three months', () => {
    expect(run([installed('NanoKVM-USB')], hired(90))[0]?.severity).toBe('high');
    expect(run([installed('NanoKVM-USB')], hired(91))[0]?.severity).toBe('medium');
  });

  it('is believed less when it is a name that somebody chose', () => {
    expect(run([listed('PIKVM-01')])[0]).toMatchObject({
      confidence: 'low',
      summary: 'A device of theirs is called PIKVM-01.',
    });
  });

  it.each([
    'Comet',
    'Perplexity Comet',
    'KVM',
    'Logitech Unifying Software',
    'Raspberry Pi Imager',
    'VMware KVM',
  ])('is not %s', (name) => {
    expect(run([installed(name), listed(name)])).toEqual([]);
  });
});

describe('what the organization says', () => {
  const NANO: Peripheral = { vendorId: '3346', productId: '1009', name: 'NanoKVM' };

  it.each<[string, Policy]>([
    ['everybody', { ...NO_POLICY, remoteTools: [{ name: 'NanoKVM' }] }],
    ['the computer', { ...NO_POLICY, remoteTools: [{ name: 'nanokvm', for: { devices: ['LT-SN-0001'] } }] }],
  ])('is silent where the policy allows it to %s', (_whom, policy) => {
    expect(run([plugged(NANO)], { policy })).toEqual([]);
  });

  it('leaves what is approved in sight', () => {
    const approval = { kind: 'tool' as const, name: 'NanoKVM', until: NOON + days(1), reason: 'test bench' };
    const policy = { ...NO_POLICY, approvals: [{ ...approval, for: { devices: ['SN-0001'] } }] };
    expect(run([plugged(NANO)], { policy })).toMatchObject([{ severity: 'informational' }]);
  });

  it('is one question when a laboratory has it on every tenth computer', () => {
    const lab = Array.from({ length: 100 }, (_, n) =>
      plugged(n < 10 ? NANO : { vendorId: '046d', productId: 'c52b' }, `SN-${1_000 + n}`),
    );
    expect(run(lab)).toMatchObject([{ severity: 'low', subject: { kind: 'organization' } }]);
  });

  it('stays with the computers of a laptop farm of nine', () => {
    const farm = Array.from({ length: 9 }, (_, n) => plugged(NANO, `SN-${1_000 + n}`));
    expect(run(farm)).toHaveLength(9);
  });
});

describe('delivery', () => {
  it('late, twice or in another order comes to the same', () => {
    const rows = [
      plugged({ vendorId: '3346', productId: '1009', name: 'NanoKVM' }),
      plugged({ vendorId: '3346', productId: '1009', name: 'NanoKVM' }, 'SN-0001', NOON + hours(5)),
      plugged({ vendorId: '1d6b', productId: '0104' }, 'SN-0002', NOON + hours(5)),
    ];
    const [first, second, third] = rows as [SourceEvent, SourceEvent, SourceEvent];
    const whole = run(rows);
    expect(whole).toHaveLength(2);
    expect(
      runInBatches(
        [
          [third, second],
          [first, second],
        ],
        { rules: RULES },
      ),
    ).toEqual(whole);
  });

  it('keeps nothing of a computer', () => {
    const state = remoteKvm.state.empty();
    const verdict = remoteKvm.evaluate(plugged({ vendorId: '3346', productId: '1009' }), state, {
      subject: { kind: 'device', id: 'SN-0001' },
      parameters: { commonDevicesPercent: 3, commonDevicesAtLeast: 10, newHireDays: 90 },
      policy: NO_POLICY,
      organization: { peopleCount: 10, domains: [], partnerDomains: [] },
    });
    expect(verdict.outcome).toBe('finding');
    expect(state).toEqual({});
  });
});

describe('as inventories show it', () => {
  const severities = (events: readonly SourceEvent[]) =>
    run(events).map(({ severity, object }) => `${object?.id ?? ''} ${severity}`);

  it.each([
    ['a custom type of an instance', 'ssm/inventory/instance-with-usb', ['nanokvm high']],
    ['an entry of a custom type, as Windows writes it', 'ssm/inventory/entry-usb-windows', ['pikvm high']],
    ['a line of a custom type, as osquery writes it', 'ssm/inventory/line-usb-osquery', ['jetkvm high']],
    ['a monitor of a custom type', 'ssm/inventory/entry-monitor', ['pikvm high']],
  ])('Systems Manager: %s', (_what, path, expected) => {
    expect(severities(eventsOf(fixture(path)))).toEqual(expected);
  });

  it('Okta: the name of a device', () => {
    const profile = {
      displayName: 'PiKVM-7',
      platform: 'WINDOWS',
      registered: true,
      serialNumber: 'PF3K9XYZ',
    };
    const record = { id: 'guo8', status: 'ACTIVE', lastUpdated: '2026-03-10T09:00:00.000Z', profile };
    expect(severities(eventsOf(record))).toEqual(['pikvm medium']);
  });

  it('Intune: the name of a device, and a program', () => {
    const device = {
      id: '7f0c1a52-0000-4000-8000-000000000001',
      deviceName: 'TINYPILOT',
      userPrincipalName: 'sam.doe@example.com',
      lastSyncDateTime: '2026-03-10T09:00:00Z',
      complianceState: 'compliant',
      managementAgent: 'mdm',
    };
    const app = {
      id: '0000a1',
      displayName: 'GLKVM 1.5.0',
      version: '1.5.0',
      deviceCount: 1,
      managedDevices: [device],
    };
    expect(severities([...eventsOf(device), ...eventsOf(app)])).toEqual(['tinypilot medium', 'glkvm medium']);
  });

  it('Entra: a device that is registered', () => {
    const registered = eventsOf(fixture('entra/directoryAudits/device-registered'));
    expect(severities(registered)).toEqual([]);
    const renamed = registered.map((event) => ({ ...event, device: { ...event.device, name: 'tinypilot' } }));
    expect(severities(renamed)).toEqual(['tinypilot medium']);
    const refused = renamed.map((event) => ({ ...event, status: 'failure' }) as SourceEvent);
    expect(severities(refused)).toEqual([]);
  });

  it('Google: the model of a device', () => {
    const record = {
      kind: 'admin#reports#activity',
      id: {
        time: '2026-03-10T09:00:00.000Z',
        uniqueQualifier: '31',
        applicationName: 'mobile',
        customerId: 'C1',
      },
      actor: { email: 'sam.doe@example.com' },
      events: [
        {
          type: 'device_updates',
          name: 'DEVICE_SYNC_EVENT',
          parameters: [
            { name: 'USER_EMAIL', value: 'sam.doe@example.com' },
            { name: 'DEVICE_ID', value: 'd-1' },
            { name: 'DEVICE_TYPE', value: 'LINUX' },
            { name: 'DEVICE_MODEL', value: 'JetKVM' },
          ],
        },
      ],
    };
    expect(severities(eventsOf(record))).toEqual(['jetkvm medium']);
  });
});

describe('a jiggler that is plugged in', () => {
  const jigglers = (peripheral: Peripheral) =>
    runOnce([plugged(peripheral)], { rules: rulesOf(mouseJiggler) });

  it.each(['0028', '0045'])('is a mouse jiggler: 0e90:%s', (productId) => {
    expect(jigglers({ vendorId: '0e90', productId, name: 'USB Input Device' })).toMatchObject([
      { detection: 'mouse-jiggler', severity: 'medium', object: { id: 'wiebetech-mouse-jiggler' } },
    ]);
  });

  it('is not another thing of that maker', () => {
    expect(
      jigglers({ vendorId: '0e90', productId: '0100', name: 'WiebeTech Storage Adapter [ToughTech]' }),
    ).toEqual([]);
  });
});
