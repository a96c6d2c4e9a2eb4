import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { mfaFatigue } from '../../../lib/core/detections/mfa-fatigue.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { refusal, SAM, type ChangeOptions } from '../../support/accounts.ts';
import { runInBatches, runOnce, rulesOf } from '../../support/engine.ts';
import { days, minutes, MOSCOW, NEW_YORK, NOON, signIn } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(mfaFatigue);
const run = (events: readonly SourceEvent[]): readonly Alert[] => runOnce(events, { rules });
const severities = (events: readonly SourceEvent[]): readonly string[] =>
  run(events).map(({ severity }) => severity);

const HOME = '198.51.100.7';
const THEIRS = '203.0.113.66';
const past = Array.from({ length: 21 }, (_, day) =>
  signIn({ at: NOON - days(day + 1), place: NEW_YORK, ip: HOME }),
);
/** Prompts a minute apart, from an address that is not the person's unless said. */
const prompts = (count: number, options: Partial<ChangeOptions> = {}, apart = minutes(1)) =>
  Array.from({ length: count }, (_, n) =>
    refusal({ ip: THEIRS, place: MOSCOW, ...options, at: (options.at ?? NOON) + n * apart }),
  );

describe('prompts that are refused', () => {
  it('five times within a quarter of an hour are medium', () => {
    const [alert, ...others] = run([...past, ...prompts(5)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      count: 5,
      time: new Date(NOON + minutes(4)).toISOString(),
      summary: '5 prompts for the second factor at Okta were refused or not answered within 4 min.',
    });
    expect(alert?.why.join(' ')).toContain(`${THEIRS} (Moscow, RU)`);
  });

  it('go on counting within one alert', () => {
    const alerts = run(prompts(8));
    expect(alerts).toMatchObject([{ severity: 'medium', count: 8 }]);
    expect(alerts[0]?.summary).toContain('8 prompts');
  });

  it('four times are nothing', () => {
    expect(run([...past, ...prompts(4)])).toEqual([]);
  });

  it('five times within twenty minutes are nothing', () => {
    expect(run([...past, ...prompts(5, {}, minutes(5))])).toEqual([]);
  });

  it('six times within three quarters of an hour are medium, five are nothing', () => {
    expect(severities([...past, ...prompts(6, {}, minutes(8))])).toEqual(['medium']);
    expect(run([...past, ...prompts(5, {}, minutes(8))])).toEqual([]);
    expect(run([...past, ...prompts(6, {}, minutes(10))])).toEqual([]);
  });

  it('from where the person signs in from are low: their telephone is off', () => {
    const [alert] = run([...past, ...prompts(6, { ip: HOME, place: NEW_YORK })]);
    expect(alert?.severity).toBe('low');
    expect(alert?.why.join(' ')).toContain('where this person signs in from');
  });

  it('are one prompt when one vendor writes it down twice', () => {
    const twice = prompts(3).flatMap((event) => [
      event,
      { ...event, uid: `${event.uid}-again`, time: event.time + 40 },
    ]);
    expect(run([...past, ...twice])).toEqual([]);
  });

  it('are counted at each vendor by itself, because Microsoft 365 repeats what Entra tells', () => {
    const entra = prompts(3, { source: 'entra', feed: 'signIns' });
    const m365 = prompts(3, { source: 'm365', feed: 'audit', at: NOON + 20_000 });
    expect(run([...past, ...entra, ...m365])).toEqual([]);
  });

  it('do not need an address', () => {
    const bare = prompts(5).map(({ srcEndpoint: _, ...event }) => event);
    expect(run(bare)[0]?.why.join(' ')).toContain('addresses that the record does not name');
  });
});

describe('a sign-in after them', () => {
  const letIn = (after: number, options: object = {}) =>
    signIn({ at: NOON + minutes(4 + after), place: MOSCOW, ip: THEIRS, ...options });

  it('from an address and network new for the person is high', () => {
    const [alert] = run([...past, ...prompts(5), letIn(2)]);
    expect(alert).toMatchObject({ severity: 'high', confidence: 'high', count: 6 });
    expect(alert?.summary).toContain(`let in from ${THEIRS} (Moscow, RU)`);
  });

  it('from another new address than the prompts is high too', () => {
    expect(severities([...past, ...prompts(5), letIn(2, { ip: '203.0.113.99' })])).toEqual(['high']);
  });

  it.each([
    ['from home', letIn(2, { ip: HOME, place: NEW_YORK })],
    ['more than half an hour later', letIn(31)],
    ['that was refused', letIn(2, { status: 'failure' })],
    ['by a program', letIn(2, { interactive: false })],
    ['that passed the password alone', { ...letIn(2), activity: 'preauth' as const }],
  ])('%s changes nothing', (_what, event) => {
    expect(severities([...past, ...prompts(5), event])).toEqual(['medium']);
  });

  it('through a network the person uses changes nothing, whatever the address', () => {
    const network = { kind: 'residential', asn: 64500, decidedBy: 'database' } as const;
    const known = signIn({ at: NOON - days(3), place: NEW_YORK, ip: '198.51.100.8', network });
    expect(severities([...past, known, ...prompts(5), letIn(2, { network })])).toEqual(['medium']);
  });

  it('of somebody who was at the office until now is high all the same', () => {
    const office = { kind: 'office', decidedBy: 'policy' } as const;
    const atOffice = past.map((event) => ({ ...event, srcEndpoint: { ip: HOME, network: office } }));
    expect(severities([...atOffice, ...prompts(5), letIn(2)])).toEqual(['high']);
  });

  it('of somebody hardly known cannot be compared', () => {
    expect(severities([...prompts(5), letIn(2)])).toEqual(['medium']);
  });

  it('after four prompts is a sign-in', () => {
    expect(run([...past, ...prompts(4), letIn(2)])).toEqual([]);
  });
});

describe('what comes late, twice or without end', () => {
  const story = [...prompts(5), signIn({ at: NOON + minutes(9), place: MOSCOW, ip: THEIRS })];

  it('comes to the same in any batches, each record any number of times', () => {
    const once = run([...past, ...story]);
    expect(once).toHaveLength(1);
    expect(runInBatches([[...past, story[5]!, story[2]!], story.slice(0, 4), story], { rules })).toEqual(
      once,
    );
    expect(run([...past, ...story, ...story])).toEqual(once);
  });

  it('keeps a small state', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => [
      ...prompts(1, { at: NOON + n * 3_000, ip: `2001:db8:${(n % 999).toString(16)}::1` }),
      signIn({ at: NOON + n * 3_000 + 1, ip: `2001:db8:1:${n.toString(16)}::1`, place: MOSCOW }),
    ]).flat();
    const { state } = evaluate(
      newSubject(),
      many,
      { now: NOON + days(3), seal: true },
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
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(20_000);
  });
});

describe('as vendors tell it', () => {
  /** The same record five times, a minute apart. */
  const repeated = (path: string, over: Record<string, unknown> = {}): SourceEvent[] =>
    Array.from({ length: 5 }, (_, n) =>
      eventsOf(fixture(path, over)).map((event) => ({
        ...event,
        time: event.time + minutes(n),
        uid: `${event.uid}-${n}`,
      })),
    ).flat();

  it.each([
    ['okta/system-log/push-denied-classic', {}],
    ['okta/system-log/mfa-push-refused', {}],
    ['entra/signIns/second-factor-refused', {}],
    [
      'entra/signIns/interactive-v1',
      {
        status: {
          errorCode: 500121,
          failureReason: 'Authentication failed during strong authentication request.',
        },
      },
    ],
    [
      'm365/audit/user-login-failed-second-factor',
      { LogonError: 'AuthenticationFailedSasError', ErrorNumber: '500121' },
    ],
    ['google/login/prompt-refused', {}],
  ])('%s five times is medium', (path, over) => {
    expect(run(repeated(path, over))).toMatchObject([
      { severity: 'medium', count: 5, subject: { kind: 'person' } },
    ]);
  });

  it.each([
    [
      'a mistyped code at Entra',
      'entra/signIns/interactive-v1',
      { status: { errorCode: 500121, additionalDetails: 'MFA denied; user entered incorrect code' } },
    ],
    ['another challenge at Google', 'google/login/challenge-failed', {}],
    ['a wrong password', 'entra/signIns/wrong-password', {}],
  ])('%s is no prompt', (_what, path, over) => {
    expect(run(repeated(path, over))).toEqual([]);
  });

  it('the password that Identity Engine reports as a factor lets nobody in', () => {
    const [password] = eventsOf(fixture('okta/system-log/mfa-password-as-factor'));
    if (password?.kind !== 'authentication') throw new Error('no sign-in');
    const owner = { ...password.actor, type: 'user' as const, address: SAM };
    const first = {
      ...password,
      actor: owner,
      time: NOON + minutes(6),
      srcEndpoint: { ip: THEIRS, place: MOSCOW },
    };
    expect(severities([...past, ...prompts(5), first])).toEqual(['medium']);
  });
});
