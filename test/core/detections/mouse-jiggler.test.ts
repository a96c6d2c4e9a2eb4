import type { Alert } from '../../../lib/core/alerts/alert.ts';
import type { SoftwareInventoryInfo } from '../../../lib/core/events/index.ts';
import { NO_POLICY, type For } from '../../../lib/core/policy.ts';
import { runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, NOON } from '../../support/people-and-places.ts';
import { fleetWith, installed } from '../../support/software.ts';

const jigglers = (alerts: readonly Alert[]) => alerts.filter((alert) => alert.detection === 'mouse-jiggler');
const run = (events: readonly SoftwareInventoryInfo[], options: RunOptions = {}) =>
  jigglers(runOnce(events, options));
const allowing = (name: string, scope?: For): RunOptions => ({
  policy: { ...NO_POLICY, software: [{ name, ...(scope === undefined ? {} : { for: scope }) }] },
});
const JIGGLER = { name: 'Mouse Jiggler', version: '2.0.25', vendor: 'Arkane Systems' };

describe('a mouse jiggler', () => {
  it('is a medium alert on the person', () => {
    expect(run([installed(JIGGLER)])).toMatchObject([
      {
        severity: 'medium',
        family: 'presence',
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        object: { kind: 'software', id: 'mouse-jiggler' },
        summary: 'Mouse Jiggler 2.0.25 is installed on LT-SN-0001.',
      },
    ]);
  });

  it('is no remote tool', () => {
    expect(runOnce([installed(JIGGLER)])).toHaveLength(1);
  });

  it.each(['Caffeine', 'KeepingYouAwake', 'Don’t Sleep', 'PowerToys Awake'])(
    'is only noted when it keeps awake: %s',
    (name) => {
      expect(run([installed(name)])[0]?.severity).toBe('informational');
    },
  );

  it('is found by its id, whatever it is called', () => {
    expect(run([installed({ name: 'Focus', bundleId: 'com.if.Amphetamine' })])[0]?.object?.id).toBe(
      'amphetamine',
    );
  });

  it.each([
    'Microsoft PowerToys',
    'PowerToys (Preview) x64',
    'Caffeine Cafe POS',
    'Microsoft Mouse and Keyboard Center',
    'Insomnia',
  ])('stays silent on %s', (name) => {
    expect(run([installed(name)])).toEqual([]);
  });

  it('stays silent on the caffeine of somebody else', () => {
    expect(run([installed({ name: 'Caffeine', vendor: 'Cafe Systems' })])).toEqual([]);
  });

  it('counts a row that is read twice once', () => {
    const row = installed(JIGGLER);
    expect(run([row, row])[0]?.count).toBe(1);
  });

  it('is the same alert when a row comes late', () => {
    const first = installed(JIGGLER);
    const later = installed(JIGGLER, { at: NOON + 3_600_000, device: 'SN-0002' });
    expect(jigglers(runInBatches([[later], [first]]))).toEqual(run([first, later]));
  });
});

describe('what the policy allows', () => {
  it.each<[string, For | undefined]>([
    ['everybody', undefined],
    ['the device', { devices: ['SN-0001'] }],
  ])('is silent for %s', (_whom, scope) => {
    expect(run([installed(JIGGLER)], allowing('Mouse Jiggler', scope))).toEqual([]);
  });

  it('does not excuse another device', () => {
    expect(run([installed(JIGGLER)], allowing('Mouse Jiggler', { devices: ['SN-0002'] }))).toHaveLength(1);
  });

  it('is the list of software, not that of remote tools', () => {
    expect(
      run([installed(JIGGLER)], { policy: { ...NO_POLICY, remoteTools: [{ name: 'Mouse Jiggler' }] } }),
    ).toHaveLength(1);
  });
});

describe('a jiggler on much of the fleet', () => {
  it('is one low question to the organization', () => {
    expect(run(fleetWith(JIGGLER, 12, 100))).toMatchObject([
      { severity: 'low', subject: { kind: 'organization' } },
    ]);
  });

  it('is only noted when it keeps awake', () => {
    expect(run(fleetWith('Caffeine', 12, 100))).toMatchObject([
      { severity: 'informational', subject: { kind: 'organization' } },
    ]);
  });

  it('stays with its people on 9 devices of 20', () => {
    expect(run(fleetWith(JIGGLER, 9, 20, NOON + days(1)))).toHaveLength(9);
  });
});
