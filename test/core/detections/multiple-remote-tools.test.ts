import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { multipleRemoteTools } from '../../../lib/core/detections/multiple-remote-tools.ts';
import { unapprovedRemoteTool } from '../../../lib/core/detections/unapproved-remote-tool.ts';
import type { SoftwareInventoryInfo } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY, type Allowed, type Approval, type Policy } from '../../../lib/core/policy.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { fleetWith, installed } from '../../support/software.ts';
import { eventsOf } from '../../support/vendor-records.ts';

const RULES = rulesOf(unapprovedRemoteTool, multipleRemoteTools);
const several = (alerts: readonly Alert[]) =>
  alerts.filter((alert) => alert.detection === 'multiple-remote-tools');
const run = (events: readonly SoftwareInventoryInfo[], options: RunOptions = {}) =>
  several(runOnce(events, { rules: RULES, ...options }));
const allowing = (...remoteTools: readonly Allowed[]): Policy => ({ ...NO_POLICY, remoteTools });
const approving = (...approvals: readonly Partial<Approval>[]): Policy => ({
  ...NO_POLICY,
  approvals: approvals.map((each) => ({
    kind: 'tool',
    for: { people: ['sam.doe@example.com'] },
    until: NOON + days(60),
    reason: 'helps customers',
    ...each,
  })),
});
const sam = (fields: object) => ({
  directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com', ...fields }], users: [] }),
});
const hired = (daysBefore: number) => sam({ hiredTime: NOON - days(daysBefore) });

const PAIR = [installed('AnyDesk'), installed('Chrome Remote Desktop Host')];

describe('remote-access tools of two vendors', () => {
  it('are a high alert on their person, naming both and the device', () => {
    const [alert, ...others] = run(PAIR);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'high',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      related: [{ kind: 'device', id: 'SN-0001' }],
      summary: 'AnyDesk and Chrome Remote Desktop are on LT-SN-0001: two vendors’ ways in.',
      count: 2,
    });
    expect(alert).not.toHaveProperty('object');
    expect(alert?.evidence.map(({ what }) => what)).toEqual([
      'AnyDesk on LT-SN-0001',
      'Chrome Remote Desktop Host on LT-SN-0001',
    ]);
  });

  it('count across the devices of one person', () => {
    const [alert] = run([installed('AnyDesk'), installed('RustDesk', { device: 'SN-0002' })]);
    expect(alert?.summary).toBe(
      'AnyDesk and RustDesk are on LT-SN-0001 and LT-SN-0002: two vendors’ ways in.',
    );
    expect(alert?.related).toHaveLength(2);
  });

  it('do not count across people', () => {
    const other = installed('RustDesk', { device: 'SN-0002', address: 'kim.roe@example.com' });
    expect(run([installed('AnyDesk'), other])).toEqual([]);
  });

  it('are an alert on the device when nobody is named', () => {
    const [alert] = run(['AnyDesk', 'RustDesk'].map((name) => installed(name, { address: null })));
    expect(alert).toMatchObject({ severity: 'high', subject: { kind: 'device', id: 'SN-0001' } });
  });

  it('are found wherever the inventory does not name the device', () => {
    const [alert] = run([installed('AnyDesk', { device: null }), installed('RustDesk', { device: null })]);
    expect(alert).toMatchObject({ severity: 'high', related: [] });
  });

  it.each([
    ['two products of one vendor', ['Splashtop Streamer', 'Splashtop Business']],
    ['two tools of one vendor', ['LogMeIn', 'GoToMyPC']],
    ['a private network beside', ['AnyDesk', 'Tailscale']],
    ['a tunnel beside', ['AnyDesk', 'ngrok']],
    ['what the system has built in beside', ['AnyDesk', 'Quick Assist']],
    ['a viewer beside', ['AnyDesk', 'VNC Viewer']],
    ['one tool twice', ['TeamViewer', 'TeamViewer 15 Host']],
  ])('are not %s', (_what, names) => {
    expect(run(names.map((name, index) => installed(name, { uid: `app-${index}` })))).toEqual([]);
  });

  it('do not count on an iPhone, which nobody can use from elsewhere', () => {
    expect(
      run([installed('AnyDesk'), installed('TeamViewer', { os: 'iOS 18.1', device: 'SN-0002' })]),
    ).toEqual([]);
  });

  it('are an alert thirty days apart, and not thirty-one', () => {
    const after = (count: number) => [
      installed('AnyDesk'),
      installed('RustDesk', { at: NOON + days(count) }),
    ];
    expect(run(after(30))).toHaveLength(1);
    expect(run(after(31))).toEqual([]);
  });

  it('are critical in the first fortnight of somebody, and high after it', () => {
    expect(run(PAIR, hired(14))[0]?.severity).toBe('critical');
    expect(run(PAIR, hired(14))[0]?.why.join(' ')).toContain('Hired on 2026-02-24');
    expect(run(PAIR, hired(15))[0]?.severity).toBe('high');
    expect(run(PAIR, hired(-3))[0]?.severity).toBe('high');
    expect(run(PAIR, hired(900))[0]?.severity).toBe('high');
  });
});

describe('what is allowed', () => {
  it('is no alert, however many tools there are', () => {
    const policy = allowing({ name: 'AnyDesk' }, { name: 'Chrome Remote Desktop' }, { name: 'RustDesk' });
    expect(run([...PAIR, installed('RustDesk')], { policy })).toEqual([]);
  });

  it('is silent for a help desk whose department may use them, and for nobody else', () => {
    const scope = { departments: ['Support'] };
    const policy = allowing({ name: 'AnyDesk', for: scope }, { name: 'Chrome Remote Desktop', for: scope });
    expect(run(PAIR, { policy, ...sam({ department: 'Support' }) })).toEqual([]);
    expect(run(PAIR, { policy, ...sam({ department: 'Finance' }) })).toHaveLength(1);
  });

  it('counts as one vendor beside a tool that is not: medium, and low for somebody settled', () => {
    const policy = allowing({ name: 'AnyDesk' });
    const [alert] = run(PAIR, { policy });
    expect(alert).toMatchObject({
      severity: 'medium',
      summary: 'Chrome Remote Desktop is on LT-SN-0001, beside AnyDesk.',
    });
    expect(run(PAIR, { policy, ...hired(90) })[0]?.severity).toBe('medium');
    expect(run(PAIR, { policy, ...hired(91) })[0]?.severity).toBe('low');
    expect(run(PAIR, { policy, ...hired(3) })[0]?.severity).toBe('high');
  });

  it('does not excuse a second management agent beside the company’s own', () => {
    const agents = [installed('NinjaRMMAgent'), installed('Atera Agent')];
    const policy = allowing({ name: 'NinjaOne' });
    const [alert] = run(agents, { policy, ...hired(900) });
    expect(alert).toMatchObject({ severity: 'high', summary: 'Atera is on LT-SN-0001, beside NinjaOne.' });
    expect(alert?.why[0]).toContain('a second management agent');
    expect(run(agents, { policy, ...hired(7) })[0]?.severity).toBe('critical');
  });

  it('is what a recorded approval covers too, for as long as it runs', () => {
    const both = approving({ name: 'AnyDesk' }, { name: 'chrome-remote-desktop' });
    expect(run(PAIR, { policy: both })).toEqual([]);
    expect(run(PAIR, { policy: approving({}) })).toEqual([]);
    expect(run(PAIR, { policy: approving({ name: 'AnyDesk' }) })).toMatchObject([{ severity: 'medium' }]);
    const over = approving({ until: NOON - hours(1) }, { from: NOON + hours(1) }, { kind: 'software' });
    expect(run(PAIR, { policy: over })).toMatchObject([{ severity: 'high' }]);
  });
});

describe('a tool that is common here', () => {
  const SAM_IS_THIRD = { device: 'SN-1003', address: 'person3@example.com' };

  it('is no second one: the alert follows what the organization concludes', () => {
    const events = [...fleetWith('TeamViewer', 20, 100), ...fleetWith('AnyDesk', 15, 100)];
    expect(run(events)).toEqual([]);
  });

  it('counts as one vendor beside a rare one', () => {
    const events = [...fleetWith('TeamViewer', 20, 100), installed('RustDesk', SAM_IS_THIRD)];
    expect(run(events)).toMatchObject([
      {
        severity: 'medium',
        subject: { id: 'person3@example.com' },
        summary: 'RustDesk is on LT-SN-1003, beside TeamViewer.',
      },
    ]);
  });

  it('leaves two rare ones beside it what they are', () => {
    const events = [
      ...fleetWith('TeamViewer', 20, 100),
      installed('RustDesk', SAM_IS_THIRD),
      installed('AnyDesk', SAM_IS_THIRD),
    ];
    expect(run(events)).toMatchObject([
      { severity: 'high', summary: 'AnyDesk and RustDesk are on LT-SN-1003: two vendors’ ways in.' },
    ]);
  });

  it('does so in batches, when it becomes common only later', () => {
    const later = fleetWith('TeamViewer', 20, 100, NOON + hours(5)).slice(2);
    const first = [
      ...fleetWith('TeamViewer', 1, 1),
      installed('RustDesk', { device: 'SN-1000', address: 'person0@example.com' }),
    ];
    expect(several(runInBatches([first], { rules: RULES }))).toMatchObject([{ severity: 'high' }]);
    expect(several(runInBatches([first, later], { rules: RULES }))).toMatchObject([{ severity: 'medium' }]);
  });
});

describe('delivery', () => {
  const third = installed('RustDesk', { at: NOON + hours(2), device: 'SN-0002' });
  const whole = run([...PAIR, third]);

  it('in another order, late or twice comes to the same', () => {
    const [first, second] = PAIR;
    if (first === undefined || second === undefined) throw new Error('a pair');
    expect(several(runInBatches([[third], [second, second], [first, third]], { rules: RULES }))).toEqual(
      whole,
    );
    expect(run([third, second, first, second])).toEqual(whole);
  });

  it('counts a later listing as further signs of the same alert', () => {
    const again = PAIR.map((row) => ({ ...row, time: row.time + days(7) }));
    const [alert, ...others] = run([...PAIR, ...again]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ count: 4, lastSeen: '2026-03-17T12:00:00.000Z' });
  });

  it('keeps little, whatever is installed', () => {
    let state = multipleRemoteTools.state.empty();
    for (let index = 0; index < 2_000; index++) {
      const verdict = multipleRemoteTools.evaluate(
        installed('AnyDesk', { device: `SN-${index}-0001`, at: NOON + index }),
        state,
        {
          subject: { kind: 'person', id: 'sam.doe@example.com' },
          parameters: { windowDays: 30, newcomerDays: 14, newHireDays: 90 },
          policy: NO_POLICY,
          organization: { peopleCount: 10, domains: [], partnerDomains: [] },
        },
      );
      if (verdict.outcome === 'clear') state = verdict.state;
    }
    expect(Object.keys(state.tools)).toHaveLength(12);
    expect(JSON.stringify(state).length).toBeLessThan(5_000);
  });
});

describe('as inventories show them', () => {
  const read = (record: RawRecord): readonly SoftwareInventoryInfo[] =>
    eventsOf(record).filter((event) => event.kind === 'software-inventory-info');

  it('Intune: two detected apps with the devices that have them', () => {
    const managedDevices = [
      {
        id: '7f0c1a52-0000-4000-8000-000000000001',
        deviceName: 'LT-0412',
        serialNumber: '5CG1234XYZ',
        userPrincipalName: 'sam.doe@example.com',
        operatingSystem: 'Windows',
        lastSyncDateTime: '2026-03-10T09:00:00Z',
      },
    ];
    const app = (id: string, displayName: string, publisher: string) =>
      read({
        id,
        displayName,
        version: '9.0',
        deviceCount: 1,
        publisher,
        platform: 'windows',
        managedDevices,
      });
    expect(
      run([
        ...app('0000a1', 'AnyDesk', 'AnyDesk Software GmbH'),
        ...app('0000a2', 'RustDesk', 'Purslane Tech Ltd'),
      ]),
    ).toMatchObject([
      { severity: 'high', subject: { id: 'sam.doe@example.com' }, related: [{ id: '5CG1234XYZ' }] },
    ]);
  });

  it('Systems Manager: two applications of one instance', () => {
    const Content = [
      { Name: 'AnyDesk', Publisher: 'AnyDesk Software GmbH', Version: '9.0.4' },
      { Name: 'TightVNC', Publisher: 'GlavSoft LLC.', Version: '2.8.85' },
    ];
    const Data = {
      'AWS:Application': { TypeName: 'AWS:Application', CaptureTime: '2026-03-10T09:00:00Z', Content },
    };
    expect(run(read({ Id: 'mi-0123456789abcdef0', Data }))).toMatchObject([
      { severity: 'high', subject: { kind: 'device', id: 'ssm:mi-0123456789abcdef0' } },
    ]);
  });

  it('Chrome: an extension and the program of another vendor', () => {
    const record = {
      kind: 'admin#reports#activity',
      id: {
        time: '2026-03-10T09:00:00.000Z',
        uniqueQualifier: '31',
        applicationName: 'chrome',
        customerId: 'C1',
      },
      actor: { email: 'sam.doe@example.com' },
      events: [
        {
          type: 'BROWSER_EXTENSION',
          name: 'BROWSER_EXTENSION_INSTALL',
          parameters: [
            { name: 'APP_ID', value: 'inomeogfingihgjfjlpeplalcfajhgai' },
            { name: 'APP_NAME', value: 'Chrome Remote Desktop' },
            { name: 'PROFILE_USER_NAME', value: 'sam.doe@example.com' },
            { name: 'DEVICE_NAME', value: 'LT-0412' },
          ],
        },
      ],
    };
    expect(run([...read(record), installed('AnyDesk')])).toMatchObject([{ severity: 'high' }]);
  });
});
