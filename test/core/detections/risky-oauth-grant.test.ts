import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { riskyOauthGrant } from '../../../lib/core/detections/risky-oauth-grant.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { ORGANIZATION } from '../../../lib/core/people/subject.ts';
import { NO_POLICY, type Policy } from '../../../lib/core/policy.ts';
import { consented } from '../../support/changes.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(riskyOauthGrant);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const person = (fields: object): RunOptions => ({
  directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com', ...fields }], users: [] }),
});
const NEW = { hiredTime: NOON - days(10) };
const MAIL = ['Mail.Read', 'offline_access', 'openid'];
const by = (name: string) => ({ actor: { type: 'user' as const, address: `${name}@example.com` } });

const CONTEXT = {
  rules,
  policy: NO_POLICY,
  subject: { kind: 'person' as const, id: 'sam.doe@example.com' },
  organization: { peopleCount: 1, domains: [], partnerDomains: [] },
  failed: (_detection: string, _event: unknown, cause: unknown) => {
    throw cause;
  },
  cannotTell: () => undefined,
};

describe('risky-oauth-grant', () => {
  it('finds an application let into somebody’s mail', () => {
    const [alert, ...others] = run([consented('Mail Merge', MAIL)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'low',
      subject: { id: 'sam.doe@example.com' },
      object: { kind: 'application', id: 'id-mail merge', name: 'Mail Merge' },
      summary: 'Let Mail Merge into their mail.',
      why: ['It may from now on: Mail.Read.', 'It keeps the access while they are away (offline_access).'],
    });
    expect(alert?.evidence[0]?.what).toBe('consent to Mail Merge (Mail.Read)');
  });

  it.each([
    ['who they are', consented('Notion', ['openid', 'email', 'profile'])],
    ['files it was handed', consented('Notes', ['https://www.googleapis.com/auth/drive.file'])],
    ['nothing any more', consented('Mail Merge', MAIL, { activity: 'revoke' })],
    ['mail, by a program', consented('Mail Merge', MAIL, { actor: { type: 'service', accountUid: 'x' } })],
    [
      'mail of somebody who is not ours',
      consented('Mail Merge', MAIL, { actor: { type: 'user', address: 'a@client.example.net' } }),
    ],
    ['something that has no name', consented('', MAIL, { application: {} })],
    ['something unsaid', consented('Mail Merge', [])],
    ['everybody’s names, by whoever may', consented('Wiki', ['User.Read.All'], { forEveryone: true })],
  ])('is silent on an application let into %s', (_, event) => {
    expect(run([event])).toEqual([]);
  });

  it('is medium for mail or files in the first three months, not for the directory', () => {
    const severity = (scopes: readonly string[], fields: object) =>
      run([consented('Mail Merge', scopes)], person(fields))[0]?.severity;
    expect(severity(MAIL, NEW)).toBe('medium');
    expect(severity(['Files.Read.All'], { hiredTime: NOON - days(90) })).toBe('medium');
    expect(severity(MAIL, { hiredTime: NOON - days(91) })).toBe('low');
    expect(severity(['Group.ReadWrite.All'], NEW)).toBe('low');
  });

  it('is medium for a remote-access tool, and names it', () => {
    const crd = ['https://www.googleapis.com/auth/chromoting.remote.support'];
    expect(run([consented('Some name', crd)])).toMatchObject([
      {
        severity: 'medium',
        summary: 'Let Some name, a remote-access tool, into their computer.',
        why: expect.arrayContaining([
          'Chrome Remote Desktop lets somebody work on a computer from elsewhere.',
        ]) as string[],
      },
    ]);
    expect(run([consented('TeamViewer', ['openid'])])).toMatchObject([
      { severity: 'medium', summary: 'Let TeamViewer in, a remote-access tool.' },
    ]);
    expect(run([consented('Google Chrome', ['openid'])])).toEqual([]);
    expect(run([consented('Tailscale', ['openid', 'email'])])).toMatchObject([{ severity: 'low' }]);
  });

  it('leaves a tool alone that the policy allows, and what it reaches not', () => {
    const policy: Policy = { ...NO_POLICY, remoteTools: [{ name: 'TeamViewer' }] };
    expect(run([consented('TeamViewer', ['openid'])], { policy })).toEqual([]);
    expect(run([consented('TeamViewer', MAIL)], { policy })).toMatchObject([
      { severity: 'low', summary: 'Let TeamViewer into their mail.' },
    ]);
  });

  it('leaves an application alone that the policy lists for the person, by name or id', () => {
    const listed = (name: string, people: readonly string[]): Policy => ({
      ...NO_POLICY,
      software: [{ name, for: { people } }],
    });
    const events = [consented('Mail Merge', MAIL)];
    const run2 = (policy: Policy) => run(events, { ...person({}), policy });
    expect(run2(listed('mail merge', ['sam.doe@example.com']))).toEqual([]);
    expect(run2(listed('id-Mail Merge', ['sam.doe@example.com']))).toEqual([]);
    expect(run2(listed('mail merge', ['ann@example.com']))).toHaveLength(1);
    const serviceAccounts = new Set(['id-mail merge']);
    expect(run(events, { policy: { ...NO_POLICY, serviceAccounts } })).toEqual([]);
  });

  it('is medium for everybody’s mail by somebody who is known as no administrator', () => {
    const everyone = consented('Mail Merge', MAIL, { forEveryone: true });
    const severity = (fields: object) => run([everyone], person(fields))[0]?.severity;
    expect(severity({ privileged: false })).toBe('medium');
    expect(severity({})).toBe('medium');
    expect(severity({ privileged: true })).toBe('low');
    expect(run([everyone])).toMatchObject([
      { severity: 'low', summary: 'Let Mail Merge into everybody’s mail.' },
    ]);
    const harmless = consented('Wiki', ['User.Read'], { forEveryone: true });
    expect(run([harmless], person({ privileged: false }))).toMatchObject([
      { severity: 'low', summary: 'Let Wiki in for everybody.' },
    ]);
  });

  it('says the same access once, and more access again', () => {
    const day = (n: number, scopes: readonly string[]) => consented('iOS', scopes, { at: NOON + days(n) });
    const alerts = run([...[0, 0, 1, 2, 30].map((n) => day(n, MAIL)), day(31, [...MAIL, 'Files.Read'])]);
    expect(alerts.map(({ count, summary }) => [count, summary])).toEqual([
      [2, 'Let iOS into their mail.'],
      [1, 'Let iOS into their mail and all their files.'],
    ]);
  });

  it('is one alert for the several records of one consent', () => {
    const records = ['Consent', 'Grant'].map((uid) => consented('Mail Merge', MAIL, { uid }));
    expect(run(records)).toMatchObject([{ count: 2 }]);
  });
});

describe('an application that colleagues have let in', () => {
  const colleagues = (count: number, name = 'Mail Merge', scopes: readonly string[] = MAIL) =>
    Array.from({ length: count }, (_, n) => consented(name, scopes, by(`person${n}`)));
  const ofSam = (alerts: readonly Alert[]) =>
    alerts.find(({ subject }) => subject.id === 'sam.doe@example.com');
  const sam = consented('Mail Merge', MAIL, { at: NOON + hours(1) });

  it('is low from the fifth person on, for the first of them too, and says why', () => {
    expect(ofSam(run([...colleagues(3), sam], person(NEW)))?.severity).toBe('medium');
    const alert = ofSam(run([...colleagues(4), sam], person(NEW)));
    expect(alert?.severity).toBe('low');
    expect(alert?.why.at(-1)).toBe(
      'At least 5 people here have let Mail Merge in: it is common in the organization.',
    );
    const first = consented('Mail Merge', MAIL, { at: NOON - days(20) });
    expect(ofSam(run([first, ...colleagues(4)], person({ hiredTime: NOON - days(30) })))?.severity).toBe(
      'low',
    );
  });

  it('is not made common by one person’s many consents, nor by another application', () => {
    const often = Array.from({ length: 9 }, (_, n) =>
      consented('Mail Merge', MAIL, { at: NOON - days(n), ...by('ann') }),
    );
    expect(ofSam(run([...often, ...colleagues(9, 'Other'), sam], person(NEW)))?.severity).toBe('medium');
  });

  it('is no excuse for a remote-access tool: several may be placed by the same hand', () => {
    const tool = consented('AnyDesk', MAIL);
    expect(ofSam(run([...colleagues(9, 'AnyDesk'), tool]))?.severity).toBe('medium');
  });

  it('comes out the same however late the others’ records arrive', () => {
    const all = [...colleagues(4), sam];
    const options = { ...person(NEW), rules, now: NOON + hours(2) };
    const once = ofSam(runOnce(all, options));
    expect(once?.severity).toBe('low');
    expect(ofSam(runInBatches([[sam], all.slice(0, 2), all.slice(2, 4), all], options))).toEqual(once);
    expect(ofSam(run([...all, ...all].reverse(), options))).toEqual(once);
  });
});

describe('an approval of software', () => {
  it.each([
    ['Mail Merge', 'software', 'informational'],
    ['Mail Merge', 'tool', 'medium'],
    ['Other', 'software', 'medium'],
  ] as const)('%s as %s leaves it %s', (name, kind, severity) => {
    const approvals = [
      { kind, for: { people: ['sam.doe@example.com'] }, name, until: NOON + days(1), reason: 'Trial' },
    ];
    const [alert] = run([consented('Mail Merge', MAIL)], {
      ...person(NEW),
      policy: { ...NO_POLICY, approvals },
    });
    expect(alert?.severity).toBe(severity);
  });
});

describe('what is remembered of consents', () => {
  const many = Array.from({ length: 3_000 }, (_, n) =>
    consented(`${'x'.repeat(300)}${n}`, MAIL, { at: NOON + n * hours(1), ...by(`person${n % 7}`) }),
  );

  it('stays small for a person and for the organization', () => {
    const when = { now: NOON + days(140), seal: true };
    const own = evaluate(newSubject(), many, when, CONTEXT);
    expect(JSON.stringify(own.state.sealed.slots).length).toBeLessThan(10_000);
    const whole = evaluate(newSubject(), own.sightings, when, { ...CONTEXT, subject: ORGANIZATION });
    expect(own.sightings).toHaveLength(3_000);
    expect(JSON.stringify(whole.state.sealed.slots).length).toBeLessThan(100_000);
  });
});

describe('a vendor’s record of consent', () => {
  const found = (record: Record<string, unknown>) => run(eventsOf(record));

  it.each([
    ['google/token/authorized', 'Let Chrome Remote Desktop, a remote-access tool, into their computer.'],
    [
      'google/admin/client-may-act-as-everybody',
      'Let 100000000000000000001 into everybody’s mail and everybody’s files.',
    ],
    ['entra/directoryAudits/consent-to-application', 'Let Mail Merge Pro into their mail.'],
    ['entra/directoryAudits/consent-for-everyone', 'Let Mail Merge Pro into everybody’s files.'],
    [
      'entra/directoryAudits/add-delegated-permission-grant',
      'Let 0b7e0040-5c1d-4e2f-8a90-3f6d2c1b0040 into their mail.',
    ],
    ['m365/audit/consent-to-application', 'Let Mail Merge Pro into their mail.'],
  ])('%s is found', (path, summary) => {
    expect(found(fixture(path))).toMatchObject([{ summary }]);
  });

  it('okta/system-log/admin-consent-granted is found when it may change users, not when it reads them', () => {
    const record = fixture('okta/system-log/admin-consent-granted');
    const text = JSON.stringify(record).replace('okta.users.read', 'okta.users.manage');
    expect(found(record)).toEqual([]);
    expect(found(JSON.parse(text) as Record<string, unknown>)).toMatchObject([
      { severity: 'low', summary: 'Let Reporting into the directory.' },
    ]);
  });

  it('google/token/revoked-scopes-in-messages is not', () => {
    expect(found(fixture('google/token/revoked-scopes-in-messages'))).toEqual([]);
  });

  it('of one consent in both Microsoft logs is one application on each of them', () => {
    const both = ['entra/directoryAudits/consent-to-application', 'm365/audit/consent-to-application'];
    const objects = both.flatMap((path) => found(fixture(path)).map(({ object }) => object?.id));
    expect(new Set(objects).size).toBe(1);
  });
});
