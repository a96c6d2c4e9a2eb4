import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { mailForwarding } from '../../../lib/core/detections/mail-forwarding.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { ApiActivity, SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { changed } from '../../support/changes.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(mailForwarding);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });

const directory = buildDirectory({ roster: [{ email: 'sam.doe@example.com', name: 'Sam Doe' }], users: [] });
const MAILBOX = { type: 'mailbox', uid: 'sam.doe@example.com' };
const ELSEWHERE = 'archive@elsewhere.example.net';
const forwarded = (target: string, more: Partial<ApiActivity> & { at?: number } = {}) =>
  changed('Set-Mailbox', 'mail-forwarding', { resource: MAILBOX, targets: [target], ...more });
const removed = (after: number, more: Partial<ApiActivity> = {}) =>
  changed('Set-Mailbox', 'mail-forwarding', { resource: MAILBOX, revokes: true, at: NOON + after, ...more });

describe('mail-forwarding', () => {
  it('finds a mailbox that forwards outside', () => {
    const [alert, ...others] = run([forwarded(ELSEWHERE)], { directory });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      subject: { id: 'sam.doe@example.com' },
      object: { kind: 'address', id: ELSEWHERE },
      related: [],
      summary: `All their mail goes to ${ELSEWHERE}.`,
      why: [
        'elsewhere.example.net is neither under organization.domains nor under organization.partnerDomains.',
      ],
    });
  });

  it('says so when the address looks like the person’s own, and is no less grave', () => {
    expect(run([forwarded('samdoe1990@gmail.com')], { directory })).toMatchObject([
      {
        severity: 'medium',
        summary:
          'All their mail goes to samdoe1990@gmail.com, which looks like the person’s own address outside.',
      },
    ]);
  });

  it('relates the mailbox that an administrator set it for', () => {
    const resource = { type: 'mailbox', uid: 'Ann.Lee@example.com' };
    expect(run([forwarded(ELSEWHERE, { resource })], { directory })).toMatchObject([
      {
        subject: { id: 'sam.doe@example.com' },
        related: [{ kind: 'person', id: 'ann.lee@example.com' }],
        summary: `All mail of Ann.Lee@example.com goes to ${ELSEWHERE}.`,
      },
    ]);
  });

  it('names the rule', () => {
    const uid =
      'NAMPR06.prod.outlook.com/Microsoft Exchange Hosted Organizations/x.onmicrosoft.com/SamD\\rule2';
    expect(run([forwarded(ELSEWHERE, { resource: { type: 'inbox-rule', uid } })])[0]?.summary).toBe(
      `Mail that the inbox rule SamD\\rule2 picks goes to ${ELSEWHERE}.`,
    );
    const rule = { type: 'transport-rule', uid: 'archive' };
    expect(run([forwarded(ELSEWHERE, { resource: rule })])[0]?.summary).toBe(
      `Mail of the whole organization that archive picks goes to ${ELSEWHERE}.`,
    );
  });

  it('is one alert for each address, and one for the same address twice', () => {
    const two = forwarded(ELSEWHERE, { targets: [ELSEWHERE, 'ann@example.com', 'x@other.example.org'] });
    const again = forwarded(ELSEWHERE, { at: NOON + hours(1) });
    expect(run([two, again]).map(({ object, count }) => [object?.id, count])).toEqual([
      [ELSEWHERE, 2],
      ['x@other.example.org', 1],
    ]);
  });

  it.each([
    ['a colleague', forwarded('ann@example.com')],
    ['a domain below ours', forwarded('archive@mail.example.com')],
    ['what was refused', forwarded(ELSEWHERE, { status: 'failure' })],
    ['a colleague by name', forwarded('ann lee')],
    ['a removal of what was not set', removed(1)],
    ['another purpose', changed('Set-Mailbox', 'audit-log-change', { targets: [ELSEWHERE] })],
  ])('is silent on %s', (_, event) => {
    expect(run([event])).toEqual([]);
  });

  it('is silent on partners', () => {
    expect(run([forwarded(ELSEWHERE)], { partnerDomains: ['elsewhere.example.net'] })).toEqual([]);
  });

  it.each([
    ['no target', changed('Set-Mailbox', 'mail-forwarding', { resource: MAILBOX })],
    ['a name alone', forwarded('ann lee')],
  ])('cannot tell where %s leads', (_, event) => {
    const told: string[] = [];
    evaluate(
      newSubject(),
      [event],
      { now: NOON, seal: false },
      {
        rules,
        policy: NO_POLICY,
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        organization: { peopleCount: 1, domains: ['example.com'], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: (_detection, because) => told.push(because),
      },
    );
    expect(told).toEqual(['the record does not say to which address mail is forwarded']);
  });

  it('is lower when it is removed the same day, and says so', () => {
    const set = forwarded(ELSEWHERE);
    const back = removed(hours(3));
    const once = run([set, back], { directory });
    expect(once).toMatchObject([
      {
        severity: 'low',
        count: 2,
        summary: `All their mail went to ${ELSEWHERE} for a part of the day.`,
      },
    ]);
    const options = { rules, directory, now: NOON + hours(4) };
    expect(runInBatches([[set], [back]], options)).toEqual(once);
    expect(runInBatches([[back], [set], [set, back]], options)).toEqual(once);
  });

  it.each([
    ['the next day', removed(hours(13))],
    ['of another mailbox', removed(hours(1), { resource: { type: 'mailbox', uid: 'ann@example.com' } })],
    ['of another destination', removed(hours(1), { targets: ['x@other.example.org'] })],
    ['at the same moment but before, by its id', { ...removed(0), uid: '0' }],
  ])('is as grave when what is removed is %s', (_, event) => {
    expect(run([forwarded(ELSEWHERE), event])).toMatchObject([{ severity: 'medium', count: 1 }]);
  });

  it('is informational under an approval for the domain, not for another', () => {
    const approvals = (name: string) => [
      {
        kind: 'sharing' as const,
        for: { people: ['sam.doe@example.com'] },
        name,
        until: NOON + days(1),
        reason: 'Archive',
      },
    ];
    const severity = (name: string) =>
      run([forwarded(ELSEWHERE)], { directory, policy: { ...NO_POLICY, approvals: approvals(name) } })[0]
        ?.severity;
    expect(severity('elsewhere.example.net')).toBe('informational');
    expect(severity('example.org')).toBe('medium');
  });

  it('remembers little of very many', () => {
    const events = Array.from({ length: 2_000 }, (_, n) =>
      forwarded(`${'x'.repeat(50)}${n}@elsewhere.example.net`, {
        at: NOON + n,
        resource: { type: 'inbox-rule', uid: `${'y'.repeat(1_000)}${n}` },
      }),
    );
    const { state } = evaluate(
      newSubject(),
      events,
      { now: NOON + days(4), seal: true },
      {
        rules,
        policy: NO_POLICY,
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_detection, _event, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(30_000);
  });
});

describe('a vendor’s record of forwarding', () => {
  const found = (path: string, over: Record<string, unknown> = {}) => run(eventsOf(fixture(path, over)));

  it.each([
    ['google/user_accounts/forwarding-outside', ['elsewhere@example.org']],
    ['google/admin/mail-monitored', ['watcher@example.org']],
    ['m365/audit/mailbox-forwarding-set', ['jane.private@example.net']],
    ['m365/audit/inbox-rule-that-forwards', ['jane.private@example.net', 'second@example.org']],
    ['m365/audit/inbox-rule-of-outlook', ['jane.private@example.net']],
    ['m365/audit/transport-rule-copies-mail', ['archive@example.net']],
  ])('%s is found', (path, addresses) => {
    const alerts = found(path);
    expect(alerts.map(({ object }) => object?.id).sort()).toEqual(addresses);
    expect(alerts.every(({ severity }) => severity === 'medium')).toBe(true);
  });

  it('m365/audit/mailbox-forwarding-to-colleague is not', () => {
    expect(found('m365/audit/mailbox-forwarding-to-colleague')).toEqual([]);
  });

  it('of a rule taken away lowers the rule', () => {
    const set = eventsOf(fixture('m365/audit/inbox-rule-that-forwards'));
    const back = eventsOf(
      fixture('m365/audit/inbox-rule-that-forwards', {
        Operation: 'Remove-InboxRule',
        Id: 'back',
        CreationTime: '2026-03-09T15:00:00',
        Parameters: [{ Name: 'Identity', Value: 'jane.doe\\.' }],
      }),
    );
    expect(run([...set, ...back]).map(({ severity }) => severity)).toEqual(['low', 'low']);
  });
});
