import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { sharedMfaDevice } from '../../../lib/core/detections/shared-mfa-device.ts';
import { evaluate, newSubject, type Evaluation } from '../../../lib/core/engine.ts';
import type { AccountChange, Event, SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import type { SubjectRef } from '../../../lib/core/people/subject.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { changed, HELP_DESK, SAM, type ChangeOptions } from '../../support/accounts.ts';
import { runInBatches, runOnce, rulesOf, type RunOptions } from '../../support/engine.ts';
import { days, hours, minutes, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(sharedMfaDevice);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const severities = (events: readonly SourceEvent[], options?: RunOptions): readonly string[] =>
  run(events, options).map(({ severity }) => severity);

const KIM = 'kim.roe@example.com';
const PHONE = { authenticatorUid: 'guo-phone', device: { uid: 'guo-phone', name: 'Pixel 9' } };
const registered = (of: string, options: Partial<ChangeOptions> = {}): AccountChange =>
  changed('device-register', { at: NOON, of, ...PHONE, ...options });

const sam = registered(SAM, { uid: 'sam-1' });
const kim = registered(KIM, { uid: 'kim-1', at: NOON + days(3) });

describe('one telephone for two people', () => {
  it('is high, about the device, with both people and the vendor’s records', () => {
    expect(run([sam, kim])).toMatchObject([
      {
        severity: 'high',
        subject: { kind: 'device', id: 'okta:guo-phone' },
        time: new Date(kim.time).toISOString(),
        summary: `Pixel 9 is enrolled at Okta for 2 people: ${SAM}, ${KIM}.`,
        related: [
          { kind: 'person', id: KIM },
          { kind: 'person', id: SAM },
        ],
        count: 2,
        evidence: [
          { source: 'okta', feed: 'system-log', eventId: 'sam-1', time: new Date(NOON).toISOString() },
          { source: 'okta', feed: 'system-log', eventId: 'kim-1', what: `enrolled for ${KIM}` },
        ],
      },
    ]);
  });

  it('is high on one day, at one instant, and whichever way it was enrolled', () => {
    expect(severities([sam, registered(KIM)])).toEqual(['high']);
    const factor = changed('mfa-factor-enable', { at: NOON, of: KIM, authenticatorUid: 'guo-phone' });
    expect(severities([sam, factor])).toEqual(['high']);
  });

  it('stays one alert as long as it lasts', () => {
    const again = [10, 20, 30].map((day) => registered(KIM, { at: NOON + days(day) }));
    expect(run([sam, kim, ...again])).toHaveLength(1);
  });

  it('is one alert with a third person', () => {
    const third = registered('lee.fox@example.com', { at: NOON + days(5) });
    expect(run([sam, kim, third])).toMatchObject([{ severity: 'high', count: 3 }]);
    expect(run([sam, kim, third])[0]?.summary).toContain('3 people');
  });

  it('is another telephone at another provider', () => {
    expect(run([sam, registered(KIM, { source: 'entra', feed: 'directoryAudits' })])).toEqual([]);
  });

  it('is told by Entra’s two logs alike', () => {
    const entra = registered(SAM, { source: 'entra', feed: 'directoryAudits' });
    const m365 = registered(KIM, { source: 'm365', feed: 'audit' });
    expect(run([entra, m365]).map(({ subject }) => subject.id)).toEqual(['entra:guo-phone']);
  });

  it.each([
    ['the same person again', registered(SAM, { at: NOON + days(1) })],
    ['another telephone', registered(KIM, { authenticatorUid: 'guo-other' })],
    ['an enrolment that failed', registered(KIM, { status: 'failure' })],
    ['somebody more than a quarter later', registered(KIM, { at: NOON + days(91) })],
  ])('is not shared with %s', (_what, other) => {
    expect(run([sam, other])).toEqual([]);
  });

  it('is not shared when the record does not name it', () => {
    const nameless = [SAM, KIM].map((of) => changed('mfa-factor-enable', { at: NOON, of }));
    expect(run(nameless)).toEqual([]);
  });

  it('is not shared by two addresses of one person', () => {
    const directory = buildDirectory({ roster: [{ email: SAM, aliases: [KIM] }], users: [] });
    expect(run([sam, kim], { directory })).toEqual([]);
  });
});

describe('a telephone handed on', () => {
  it.each([
    [
      'the earlier person’s account was closed',
      changed('disable', { at: NOON + days(1), of: SAM, by: HELP_DESK }),
    ],
    ['their account was deleted', changed('delete', { at: NOON + days(1), of: SAM, by: HELP_DESK })],
    [
      'their factors were reset',
      changed('mfa-factor-reset-all', { at: NOON + days(1), of: SAM, by: HELP_DESK }),
    ],
    ['it was taken off', changed('mfa-factor-disable', { at: NOON + days(1), of: SAM, ...PHONE })],
    [
      'it was taken off on the same day',
      changed('mfa-factor-disable', { at: NOON + hours(2), of: SAM, ...PHONE }),
    ],
  ])('is nobody’s secret when %s before', (_how, ended) => {
    expect(run([sam, ended, kim])).toEqual([]);
    expect(severities([sam, ended, kim, registered(SAM, { at: NOON + days(4) })])).toEqual(['high']);
  });

  it('is shared when it ended at another provider, or after the second enrolment', () => {
    const elsewhere = changed('disable', { at: NOON + days(1), of: SAM, source: 'google' });
    const after = changed('disable', { at: NOON + days(4), of: SAM });
    expect(severities([sam, elsewhere, kim])).toEqual(['high']);
    expect(severities([sam, kim, after])).toEqual(['high']);
  });
});

describe('what explains it', () => {
  it('is IT that enrolled it for one of them: low', () => {
    const [alert] = run([sam, registered(KIM, { by: HELP_DESK })]);
    expect(alert?.severity).toBe('low');
    expect(alert?.why.join(' ')).toContain('Somebody else enrolled it');
  });

  it('is an administrator who tries things out: low', () => {
    const directory = buildDirectory({ roster: [{ email: KIM, privileged: true }], users: [] });
    const [alert] = run([sam, kim], { directory });
    expect(alert?.severity).toBe('low');
    expect(alert?.why.join(' ')).toContain('administers others');
  });

  it.each(['adm-sam.doe@example.com', 'sam.doe.admin@example.com', 'sam.doe@example.onmicrosoft.com'])(
    'is a second account of the same person: low for %s',
    (second) => {
      expect(severities([sam, registered(second)])).toEqual(['low']);
    },
  );

  it('is a pool of more than five people: low, and what was high before is taken back', () => {
    const pool = Array.from({ length: 6 }, (_, n) =>
      registered(`person${n}@example.com`, { at: NOON + hours(n) }),
    );
    expect(severities(pool.slice(0, 5))).toEqual(['high']);
    const [alert, ...others] = run(pool);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ severity: 'low', count: 6 });
    expect(alert?.why.join(' ')).toContain('kiosk');
  });

  it('is a household that is recorded for both of them, not for one', () => {
    const approval = { kind: 'egress' as const, until: NOON + days(99), reason: 'Married' };
    const severity = (people: readonly string[]) =>
      severities([sam, kim], { policy: { ...NO_POLICY, approvals: [{ ...approval, for: { people } }] } });
    expect(severity([SAM, KIM])).toEqual(['informational']);
    expect(severity([SAM])).toEqual(['high']);
  });
});

describe('who is told', () => {
  const evaluated = (subject: SubjectRef, events: readonly Event[], now: number): Evaluation =>
    evaluate(
      newSubject(),
      events,
      { now, seal: true },
      {
        subject,
        rules,
        policy: NO_POLICY,
        organization: { peopleCount: 10, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
  const sightingsOf = (events: readonly AccountChange[]) =>
    events.flatMap((event) => {
      const person = { kind: 'person' as const, id: event.user.address ?? '' };
      return evaluated(person, [event], event.time).sightings;
    });
  const device = { kind: 'device' as const, id: 'okta:guo-phone' };

  it('is each of the two, in whose composite it counts', () => {
    const { conclusions } = evaluated(device, sightingsOf([sam, kim]), NOON + days(4));
    expect(conclusions.map(({ to, holds }) => [to.id, holds])).toEqual([
      [KIM, true],
      [SAM, true],
    ]);
    expect(conclusions[1]?.implicates).toMatchObject({
      detection: 'shared-mfa-device',
      severity: 'high',
      evidence: { eventId: 'sam-1' },
    });
  });

  it('is nobody when it is low, and those told before are told that it holds no more', () => {
    const pool = Array.from({ length: 6 }, (_, n) =>
      registered(`person${n}@example.com`, { at: NOON + hours(n) }),
    );
    const { conclusions } = evaluated(device, sightingsOf(pool), NOON + days(1));
    expect(conclusions.filter(({ holds }) => holds)).toHaveLength(5);
    expect(conclusions.filter(({ holds }) => !holds)).toHaveLength(5);
    const helped = registered(KIM, { by: HELP_DESK });
    expect(evaluated(device, sightingsOf([sam, helped]), NOON + days(1)).conclusions).toEqual([]);
  });

  it('is the device, once a day however often it is enrolled', () => {
    const often = Array.from({ length: 50 }, (_, n) => registered(SAM, { at: NOON + minutes(n) }));
    expect(evaluated({ kind: 'person', id: SAM }, often, NOON + days(1)).sightings).toHaveLength(1);
  });

  it('keeps a small state on both sides', () => {
    const many = Array.from({ length: 2_000 }, (_, n) =>
      registered(SAM, { at: NOON + n, authenticatorUid: `guo-${n}` }),
    );
    const people = Array.from({ length: 2_000 }, (_, n) =>
      registered(`person${n}@example.com`, { at: NOON + minutes(n) }),
    );
    const own = evaluated({ kind: 'person', id: SAM }, many, NOON + days(9));
    const shared = evaluated(device, sightingsOf(people), NOON + days(9));
    for (const { state } of [own, shared])
      expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(8_000);
  });
});

describe('what comes late or twice', () => {
  it('comes to the same in any batches', () => {
    const close = registered(KIM, { uid: 'kim-2', at: NOON + hours(20) });
    const once = run([sam, close]);
    expect(once).toHaveLength(1);
    expect(runInBatches([[close], [sam]], { rules })).toEqual(once);
    expect(runInBatches([[sam, sam], [close], [close, sam]], { rules })).toEqual(once);
  });

  it('takes a first enrolment from a sealed day', () => {
    expect(
      runInBatches(
        [[sam], [changed('unlock', { at: NOON + days(30) })], [{ ...kim, time: NOON + days(60) }]],
        { rules },
      ),
    ).toMatchObject([{ severity: 'high', evidence: [{ eventId: 'sam-1' }, { eventId: 'kim-1' }] }]);
  });

  it('is not shared when the late record says that it was handed on', () => {
    const ended = changed('disable', { at: NOON + hours(1), of: SAM });
    const later = registered(KIM, { at: NOON + hours(20) });
    expect(runInBatches([[sam], [later], [ended]], { rules })).toEqual([]);
  });
});

describe('as vendors tell it', () => {
  const owned = (path: string, address: string, key = 'targetResources'): SourceEvent[] => {
    const record = fixture(path);
    const [resource] = record[key] as object[];
    return [
      ...eventsOf({
        ...record,
        id: `${String(record['id'])}-${address}`,
        [key]: [{ ...resource, userPrincipalName: address }],
      }),
    ];
  };
  const oktaPhone = (path: string, address: string): SourceEvent[] => {
    const owner = { id: `00u-${address}`, type: 'User', alternateId: address, displayName: address };
    const targets = (fixture(path)['target'] as { type: string }[]).filter(({ type }) => type !== 'User');
    return [
      ...eventsOf(fixture(path, { actor: owner, target: [owner, ...targets], uuid: `uuid-${address}` })),
    ];
  };

  it('an Okta device that two people enrolled', () => {
    const events = ['okta/system-log/device-enrolled', 'okta/system-log/device-added-to-user'].flatMap(
      (path) => eventsOf(fixture(path)),
    );
    expect(run(events)).toMatchObject([
      {
        severity: 'high',
        subject: { kind: 'device', id: 'okta:guo1sharedphone00001' },
        summary:
          'Pixel 9 is enrolled at Okta for 2 people: alice.moreau@example.com, bob.tanaka@example.com.',
      },
    ]);
  });

  it('an Okta telephone number, in the spelling of either engine', () => {
    const events = [
      ...oktaPhone('okta/system-log/phone-to-verify-classic', 'alice.moreau@example.com'),
      ...oktaPhone('okta/system-log/phone-to-verify-by-call', 'bob.tanaka@example.com'),
    ];
    expect(run(events).map(({ severity, summary }) => [severity, summary.slice(0, 9)])).toEqual([
      ['high', 'One phone'],
    ]);
  });

  it.each([
    'entra/directoryAudits/update-user-phone-added',
    'entra/directoryAudits/update-user-number-added',
  ])('%s for two people', (path) => {
    const events = ['jane.doe@example.com', 'bob.tanaka@example.com'].flatMap((address) =>
      owned(path, address),
    );
    expect(severities(events)).toEqual(['high']);
  });
});
