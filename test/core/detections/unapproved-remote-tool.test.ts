import fc from 'fast-check';
import type { Alert } from '../../../lib/core/alerts/alert.ts';
import type { DeviceInventoryInfo, SoftwareInventoryInfo } from '../../../lib/core/events/index.ts';
import {
  unapprovedRemoteTool,
  unapprovedRemoteToolIn,
} from '../../../lib/core/detections/unapproved-remote-tool.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY, type For, type Policy } from '../../../lib/core/policy.ts';
import { REMOTE_TOOLS } from '../../../lib/core/software/remote-tools.ts';
import { runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { fleetWith, installed } from '../../support/software.ts';

const tools = (alerts: readonly Alert[]) =>
  alerts.filter((alert) => alert.detection === 'unapproved-remote-tool');
const run = (events: readonly (SoftwareInventoryInfo | DeviceInventoryInfo)[], options: RunOptions = {}) =>
  tools(runOnce(events, options));
const allowing = (name: string, scope?: For): Policy => ({
  ...NO_POLICY,
  remoteTools: [{ name, ...(scope === undefined ? {} : { for: scope }) }],
});
const sam = (fields: object) =>
  buildDirectory({ roster: [{ email: 'sam.doe@example.com', ...fields }], users: [] });
const CONTEXT = {
  subject: { kind: 'person' as const, id: 'sam.doe@example.com' },
  parameters: {
    commonDevicesPercent: 3,
    commonDevicesAtLeast: 10,
    newHireDays: 90,
    settledDays: 365,
    learnDays: 14,
  },
  policy: NO_POLICY,
  organization: { peopleCount: 10, domains: [], partnerDomains: [] },
};
const ANYDESK = { name: 'AnyDesk', version: '8.0.10', vendor: 'AnyDesk Software GmbH' };

describe('an unapproved remote tool', () => {
  it('is a high alert on the person, naming the device', () => {
    const [alert, ...others] = run([installed(ANYDESK)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'high',
      confidence: 'high',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      object: { kind: 'tool', id: 'anydesk', name: 'AnyDesk' },
      related: [{ kind: 'device', id: 'SN-0001' }],
      summary: 'AnyDesk 8.0.10 is installed on LT-SN-0001.',
      count: 1,
    });
    expect(alert?.evidence[0]).toMatchObject({ source: 'intune', what: 'AnyDesk 8.0.10 on LT-SN-0001' });
  });

  it('is an alert on the device when nobody is named', () => {
    const [alert] = run([installed(ANYDESK, { address: null })]);
    expect(alert).toMatchObject({ subject: { kind: 'device', id: 'SN-0001' }, severity: 'high' });
  });

  it.each(['TeamViewer Meeting', 'VNC Viewer', 'Windows App', 'Parsec Physics Toolkit', 'Level Up Tycoon'])(
    'stays silent on %s',
    (name) => {
      expect(run([installed(name)])).toEqual([]);
    },
  );

  it('stays silent on an iPhone, which nobody can use from elsewhere', () => {
    expect(run([installed('TeamViewer', { os: 'iOS' })])).toEqual([]);
  });

  it('is one alert for one tool, however many of its packages and devices show it', () => {
    const alerts = run([
      installed('TeamViewer', { uid: 'a' }),
      installed('TeamViewer 15 Host', { uid: 'b' }),
      installed('TeamViewer', { uid: 'a', device: 'SN-0002' }),
    ]);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({ count: 3, related: [{ id: 'SN-0001' }, { id: 'SN-0002' }] });
  });

  it('is one alert a tool', () => {
    expect(
      run([installed('AnyDesk'), installed('RustDesk')])
        .map((alert) => alert.object?.id)
        .sort(),
    ).toEqual(['anydesk', 'rustdesk']);
  });

  it('counts a row that is read twice once', () => {
    const row = installed(ANYDESK);
    expect(run([row, row])[0]?.count).toBe(1);
  });

  it('counts a later listing as another sign of the same alert', () => {
    const again = run([installed(ANYDESK), installed(ANYDESK, { at: NOON + days(7) })]);
    expect(again).toHaveLength(1);
    expect(again[0]).toMatchObject({
      count: 2,
      firstSeen: '2026-03-10T12:00:00.000Z',
      lastSeen: '2026-03-17T12:00:00.000Z',
    });
  });

  it('is the same alert when the row comes late or at the same time as another', () => {
    const first = installed('AnyDesk', { uid: 'a' });
    const second = installed('AnyDesk', { uid: 'b', device: 'SN-0002' });
    const whole = run([first, second]);
    expect(tools(runInBatches([[second], [first]]))).toEqual(whole);
  });

  it.each([
    ['ngrok', 'medium'],
    ['Tailscale', 'medium'],
    ['Dev Tunnels CLI', 'high'],
    ['Quick Assist', 'informational'],
    ['xrdp', 'informational'],
    ['TightVNC', 'high'],
    ['Atera Agent', 'high'],
    ['Ammyy Admin', 'high'],
  ])('takes the severity of its class: %s is %s', (name, severity) => {
    expect(run([installed(name)])[0]?.severity).toBe(severity);
  });

  it('is less sure of a file name alone', () => {
    expect(run([installed({ name: 'Support', executable: 'anydesk.exe' })])[0]?.confidence).toBe('medium');
  });

  it('says so when the inventory does not name the device', () => {
    expect(run([installed(ANYDESK, { device: null })])[0]).toMatchObject({
      subject: { kind: 'person' },
      related: [],
      summary: 'AnyDesk 8.0.10 is installed on a device the inventory does not name.',
    });
  });
});

describe('the tool of a new person', () => {
  const hired = (daysBefore: number) => ({ directory: sam({ hiredTime: NOON - days(daysBefore) }) });

  it('is critical when placed workers are known to use it', () => {
    const [alert] = run([installed(ANYDESK)], hired(12));
    expect(alert?.severity).toBe('critical');
    expect(alert?.why.join(' ')).toContain('Hired on 2026-02-26');
  });

  it('is still critical on the ninetieth day, and medium after it', () => {
    expect(run([installed(ANYDESK)], hired(90))[0]?.severity).toBe('critical');
    expect(run([installed(ANYDESK)], hired(91))[0]?.severity).toBe('medium');
  });

  it('is high when it is not reported of them', () => {
    expect(run([installed('HopToDesk')], hired(12))[0]?.severity).toBe('high');
  });

  it('is high at most when it is a tunnel', () => {
    expect(run([installed('Dev Tunnels CLI')], hired(12))[0]?.severity).toBe('high');
  });

  it('is high when it was there before the person', () => {
    expect(run([installed(ANYDESK)], hired(-5))[0]?.severity).toBe('high');
  });
});

describe('the tool of somebody who has been there for years', () => {
  const settled = { directory: sam({ hiredTime: NOON - days(800) }) };
  const listed = (at: number): DeviceInventoryInfo => ({
    kind: 'device-inventory-info',
    time: at,
    source: 'intune',
    feed: 'managedDevices',
    uid: 'id-SN-0001',
    actor: { type: 'user', address: 'sam.doe@example.com' },
    device: { uid: 'id-SN-0001', serialNumber: 'SN-0001', managed: true },
    state: {},
  });

  it.each(['TeamViewer', 'RustDesk', 'Atera Agent', 'TightVNC', 'ngrok', 'Dev Tunnels CLI'])(
    'is low when it was there all along: %s',
    (name) => {
      const [alert] = run([listed(NOON), installed(name)], settled);
      expect(alert?.severity).toBe('low');
      expect(alert?.why.join(' ')).toContain(
        'Hired on 2023-12-31, and the tool was there when this device was first listed',
      );
    },
  );

  it('is low at the first listing, though that takes two weeks to come', () => {
    expect(run([listed(NOON - days(14)), installed(ANYDESK)], settled)[0]?.severity).toBe('low');
  });

  it('is medium when the device was listed without it for longer', () => {
    const [alert] = run([listed(NOON - days(15)), installed(ANYDESK)], settled);
    expect(alert?.severity).toBe('medium');
    expect(alert?.why.join(' ')).toContain('listed since 2026-02-23, at first without the tool');
  });

  it('is low for a network or a tunnel put there lately, which developers try out', () => {
    expect(run([listed(NOON - days(15)), installed('Tailscale')], settled)[0]?.severity).toBe('low');
  });

  it('stays low however often it is listed again', () => {
    const events = [0, 20, 40].flatMap((day) => [
      listed(NOON + days(day)),
      installed(ANYDESK, { at: NOON + days(day) }),
    ]);
    expect(run(events, settled)).toMatchObject([{ severity: 'low', count: 3 }]);
  });

  it('is what it is though the listing without it comes late, or twice', () => {
    const [before, tool] = [listed(NOON - days(15)), installed(ANYDESK, { at: NOON + hours(3) })];
    const again = listed(NOON);
    const whole = run([before, again, tool], settled);
    expect(whole[0]?.severity).toBe('medium');
    expect(tools(runInBatches([[before], [tool], [again, before]], settled))).toEqual(whole);
  });

  it('is medium up to a year after they were hired', () => {
    expect(run([installed(ANYDESK)], { directory: sam({ hiredTime: NOON - days(365) }) })[0]?.severity).toBe(
      'medium',
    );
    expect(run([installed(ANYDESK)], { directory: sam({ hiredTime: NOON - days(366) }) })[0]?.severity).toBe(
      'low',
    );
  });

  it('remembers no more of their devices than it has to', () => {
    const state = unapprovedRemoteTool.state.empty();
    for (let n = 0; n < 500; n++) {
      const event = { ...listed(NOON), device: { uid: `d${n}`, serialNumber: `SN-${n}-0001` } };
      unapprovedRemoteTool.evaluate(event, state, CONTEXT);
      const tool = installed(ANYDESK, { device: `SN-${n}-0001` });
      unapprovedRemoteTool.evaluate(tool, state, CONTEXT);
    }
    expect(JSON.stringify(state).length).toBeLessThan(3_000);
  });
});

describe('what the policy allows', () => {
  const SUPPORT = sam({ department: 'Support' });

  it.each(['AnyDesk', 'anydesk', 'ANYDESK ', 'AnyDesk 8'])(
    'is silent, however the policy writes it: %p',
    (name) => {
      expect(run([installed(ANYDESK)], { policy: allowing(name) })).toEqual([]);
    },
  );

  it.each<[string, For]>([
    ['person', { people: ['Sam.Doe@example.com'] }],
    ['department', { departments: ['support'] }],
    ['serial number', { devices: ['sn-0001'] }],
    ['device name', { devices: ['LT-SN-0001'] }],
    ['vendor’s id of the device', { devices: ['id-SN-0001'] }],
  ])('may be allowed to a %s', (_what, scope) => {
    expect(run([installed(ANYDESK)], { policy: allowing('AnyDesk', scope), directory: SUPPORT })).toEqual([]);
  });

  it.each<[string, For]>([
    ['another person', { people: ['kim.roe@example.com'] }],
    ['another department', { departments: ['Finance'] }],
    ['another device', { devices: ['SN-0002'] }],
    ['nobody', {}],
  ])('does not excuse whoever is not named: %s', (_what, scope) => {
    expect(
      run([installed(ANYDESK)], { policy: allowing('AnyDesk', scope), directory: SUPPORT }),
    ).toHaveLength(1);
  });

  it('does not excuse another tool', () => {
    expect(run([installed('RustDesk')], { policy: allowing('AnyDesk') })).toHaveLength(1);
  });

  const OURS = 'ScreenConnect Client (abcdef0123456789)';
  const THEIRS = 'ScreenConnect Client (0123456789abcdef)';

  it('may name one installation of ScreenConnect', () => {
    expect(run([installed(OURS)], { policy: allowing(OURS) })).toEqual([]);
    expect(run([installed(THEIRS)], { policy: allowing(OURS) })).toHaveLength(1);
    expect(run([installed(OURS), installed(THEIRS)], { policy: allowing(OURS) })[0]?.summary).toContain(
      '0123456789abcdef',
    );
  });

  it.each(['ScreenConnect', 'ScreenConnect Client', 'ConnectWise Control'])(
    'may name all of them: %s',
    (name) => {
      expect(run([installed(THEIRS)], { policy: allowing(name) })).toEqual([]);
    },
  );

  it('leaves an approved tool in sight, at informational', () => {
    const approval = {
      kind: 'tool' as const,
      name: 'AnyDesk',
      until: NOON + days(1),
      reason: 'helps a customer',
    };
    const policy = { ...NO_POLICY, approvals: [{ ...approval, for: { people: ['sam.doe@example.com'] } }] };
    const [alert] = run([installed(ANYDESK)], { policy, directory: sam({}) });
    expect(alert?.severity).toBe('informational');
    expect(alert?.why.at(-1)).toContain('helps a customer');
  });

  it('ends with its approval', () => {
    const approval = { kind: 'tool' as const, name: 'anydesk', until: NOON - hours(1), reason: 'helped' };
    const policy = { ...NO_POLICY, approvals: [{ ...approval, for: { devices: ['SN-0001'] } }] };
    expect(run([installed(ANYDESK)], { policy })[0]?.severity).toBe('high');
  });
});

describe('a tool on much of the fleet', () => {
  it('is one low question to the organization, and the people’s alerts are withdrawn', () => {
    const alerts = run(fleetWith('TeamViewer', 10, 100));
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      severity: 'low',
      subject: { kind: 'organization' },
      object: { id: 'teamviewer' },
      summary: 'TeamViewer is on 10 of 100 devices. If that is yours, approve it.',
      count: 10,
    });
    expect(alerts[0]?.related).toContainEqual({ kind: 'person', id: 'person3@example.com' });
  });

  it('stays with its people at exactly 3 %', () => {
    const alerts = run(fleetWith('TeamViewer', 12, 400));
    expect(alerts).toHaveLength(12);
    expect(new Set(alerts.map((alert) => alert.subject.kind))).toEqual(new Set(['person']));
  });

  it('is common just above 3 %', () => {
    expect(run(fleetWith('TeamViewer', 13, 400))).toMatchObject([{ severity: 'low' }]);
  });

  it('stays with its people on 9 devices of 20', () => {
    expect(run(fleetWith('TeamViewer', 9, 20))).toHaveLength(9);
  });

  it('does not excuse a rare tool on the same devices', () => {
    const alerts = run([
      ...fleetWith('TeamViewer', 20, 40),
      installed('AnyDesk', { device: 'SN-1003', address: 'person3@example.com' }),
    ]);
    expect(alerts.map((alert) => [alert.object?.id, alert.severity]).sort()).toEqual([
      ['anydesk', 'high'],
      ['teamviewer', 'low'],
    ]);
  });

  it('is silent when the policy allows it to everybody', () => {
    expect(run(fleetWith('TeamViewer', 20, 40), { policy: allowing('TeamViewer') })).toEqual([]);
  });

  it('counts devices without people alike', () => {
    const events = fleetWith('TeamViewer', 12, 40).map(({ actor: _, ...event }) => event);
    expect(run(events)).toMatchObject([{ severity: 'low', subject: { kind: 'organization' } }]);
  });

  it('comes to the same in batches, days apart', () => {
    const later = fleetWith('TeamViewer', 12, 100, NOON + days(5)).slice(12);
    const events = [...fleetWith('TeamViewer', 6, 100), ...later];
    const alerts = tools(runInBatches([events.slice(0, 106), events.slice(106)]));
    expect(alerts).toMatchObject([{ severity: 'low', subject: { kind: 'organization' } }]);
  });

  it('goes back to its people when the fleet has outgrown it', () => {
    const grown = fleetWith('TeamViewer', 0, 1_000, NOON + days(2));
    const alerts = tools(runInBatches([fleetWith('TeamViewer', 10, 100), grown]));
    expect(alerts.map((alert) => alert.subject.kind)).toEqual(Array(10).fill('person'));
  });
});

describe('a list without devices', () => {
  const listed = (deviceCount: number) =>
    installed(
      { ...ANYDESK, uid: 'app-1' },
      { device: null, address: null, deviceCount, at: NOON + hours(1) },
    );

  it('is an alert on the organization that says how to find the devices', () => {
    const [alert] = run([listed(2)]);
    expect(alert).toMatchObject({
      severity: 'high',
      confidence: 'medium',
      subject: { kind: 'organization' },
      object: { id: 'anydesk' },
    });
    expect(alert?.next[0]).toContain('GET /deviceManagement/detectedApps/app-1/managedDevices');
  });

  it('is low when that is much of the fleet', () => {
    expect(run([...fleetWith('Slack', 1, 100), listed(10)])[0]?.severity).toBe('low');
  });

  it('is high when it is not', () => {
    expect(run([...fleetWith('Slack', 1, 100), listed(9)])[0]?.severity).toBe('high');
    expect(run([...fleetWith('Slack', 1, 400), listed(12)])[0]?.severity).toBe('high');
  });

  it('is silent when no device has it', () => {
    expect(run([listed(0)])).toEqual([]);
  });

  it('is silent when everybody may use it, and not when only some may', () => {
    expect(run([listed(2)], { policy: allowing('AnyDesk') })).toEqual([]);
    expect(run([listed(2)], { policy: allowing('AnyDesk', { departments: ['Support'] }) })).toHaveLength(1);
  });
});

describe('the detection', () => {
  it('keeps a state that survives JSON and stays small', () => {
    const state = unapprovedRemoteTool.state.empty();
    for (let index = 0; index < 20_000; index++) {
      const id = `SN-${index}`;
      unapprovedRemoteTool.evaluate(
        {
          kind: 'sighting',
          time: NOON,
          source: 'ringer',
          feed: 'sightings',
          uid: id,
          to: { kind: 'organization', id: 'organization' },
          of: { kind: 'person', id: `person${index}@example.com` },
          what: {
            type: 'software',
            detection: 'unapproved-remote-tool',
            object: 'anydesk',
            name: 'AnyDesk',
            device: id,
          },
        },
        state,
        { ...CONTEXT, subject: { kind: 'organization', id: 'organization' } },
      );
      if (index === 9_999) expect(JSON.stringify(state).length).toBeLessThan(700_000);
    }
    expect(state.fleet?.devices.length).toBeLessThanOrEqual(8_192);
    const estimate = (state.fleet?.devices.length ?? 0) * 2 ** (state.fleet?.sampling ?? 0);
    expect(Math.abs(estimate - 20_000)).toBeLessThan(1_000);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('marks what comes from a downloaded list as unsure', () => {
    const imported = unapprovedRemoteToolIn([
      ...REMOTE_TOOLS,
      {
        id: 'lolrmm-example',
        name: 'Example RMM',
        vendor: 'Example',
        class: 'rmm',
        imported: true,
        commonNames: ['example rmm'],
      },
    ]);
    const verdict = imported.evaluate(installed('Example RMM 2'), imported.state.empty(), CONTEXT);
    expect(verdict).toMatchObject({
      outcome: 'finding',
      findings: [{ severity: 'medium', confidence: 'low' }],
    });
  });

  it('never throws, whatever is installed', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (name, vendor, id, allowed) => {
        const software = { name, vendor, bundleId: id, executable: id };
        const event = installed(software, { device: id, deviceName: name });
        unapprovedRemoteTool.evaluate(event, unapprovedRemoteTool.state.empty(), {
          ...CONTEXT,
          policy: allowed ? allowing(name) : NO_POLICY,
        });
      }),
    );
  });
});
