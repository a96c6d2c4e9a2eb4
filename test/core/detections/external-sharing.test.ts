import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { externalSharing } from '../../../lib/core/detections/external-sharing.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { changed, shared, sharedMany } from '../../support/changes.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, minutes, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(externalSharing);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const OWN = 'sam.doe.dev@gmail.com';
const CLIENT = 'buyer@client.example.net';

describe('external-sharing', () => {
  it('finds a file shared with an address that is called like the person', () => {
    const [alert, ...others] = run([shared('Roadmap', OWN)]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'low',
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      object: { kind: 'address', id: OWN },
      summary: `Shared Roadmap.pdf with ${OWN}, which looks like their own address outside.`,
      count: 1,
    });
    expect(alert?.evidence[0]?.what).toBe(`shared Roadmap.pdf with ${OWN}`);
  });

  it('is medium from ten distinct files to it, the first time and the tenth day', () => {
    expect(run(sharedMany(9, OWN))).toMatchObject([{ severity: 'low', count: 9 }]);
    const often = Array.from({ length: 10 }, (_, day) => sharedMany(10, OWN, { at: NOON + days(day) }));
    expect(run(often.flat()).map(({ severity, count }) => [severity, count])).toEqual(
      often.map(() => ['medium', 10]),
    );
  });

  it.each([
    ['somebody at a customer’s', CLIENT, 'informational'],
    ['a mailbox that anybody can have', 'stranger@gmail.com', 'low'],
    ['somebody the record does not name', { audience: 'external' } as const, 'low'],
  ])('is %s: %j is %s', (_, share, severity) => {
    expect(run([shared('one', share)])).toMatchObject([
      { severity, object: { kind: 'service', id: 'google-drive' } },
    ]);
  });

  it('is medium from ten distinct files a day, to however many addresses', () => {
    const ten = Array.from({ length: 10 }, (_, n) => shared(`f${n}`, `buyer${n}@client${n}.example.net`));
    expect(run(ten)).toMatchObject([{ severity: 'medium', count: 10 }]);
    expect(run(ten)[0]?.summary).toContain(
      'Shared 10 files from Google Drive with buyer0@client0.example.net',
    );
  });

  it('counts one file shared with ten people once', () => {
    const one = Array.from({ length: 10 }, (_, n) => shared('one', `buyer${n}@client.example.net`));
    expect(run(one)).toMatchObject([{ severity: 'informational', count: 10 }]);
  });

  it('lets the person’s own earlier days speak, without today', () => {
    const past = [1, 2, 3].flatMap((day) => sharedMany(9, CLIENT, { at: NOON - days(day) }));
    const today = (count: number) =>
      run([...past, ...sharedMany(count, CLIENT)]).find((alert) => alert.time.startsWith('2026-03-10'));
    expect(today(17)?.severity).toBe('informational');
    expect(today(18)?.severity).toBe('medium');
    expect(today(18)?.why).toContain(
      'Their own busiest day of the last 30 had 9; from 18 it is no longer their own work.',
    );
  });

  it.each([
    ['a colleague', shared('one', { audience: 'internal', targets: ['ann@example.com'] })],
    ['a link for anyone', shared('one', { audience: 'anyone-with-link' })],
    ['an address of ours that the vendor calls external', shared('one', 'ann@example.com')],
    ['an address below a domain of ours', shared('one', 'ann@lab.example.com')],
    ['a program', shared('one', OWN, { actor: { type: 'service', accountUid: 'sync' } })],
    [
      'somebody who is not ours',
      shared('one', OWN, { actor: { type: 'user', address: 'ann@client.example.net' } }),
    ],
    ['reading', shared('one', OWN, { activity: 'open' })],
  ])('is silent on %s', (_, event) => {
    expect(run([event])).toEqual([]);
  });

  it('is silent on partners, whatever the vendor says, and not on those who only end alike', () => {
    const partnerDomains = ['client.example.net'];
    expect(run([shared('one', 'ann@eu.client.example.net')], { partnerDomains })).toEqual([]);
    expect(run([shared('one', 'ann@notclient.example.net')], { partnerDomains })).toHaveLength(1);
  });

  it('takes the vendor’s word where the organization has not said who is inside', () => {
    expect(run([shared('one', CLIENT)], { domains: [] })).toHaveLength(1);
    expect(run([shared('one', 'ann@example.com')], { domains: [] })).toEqual([]);
  });

  it('cannot tell of a share that names no audience', () => {
    const told: string[] = [];
    evaluate(
      newSubject(),
      [shared('one', null)],
      { now: NOON, seal: false },
      {
        rules,
        policy: NO_POLICY,
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        organization: { peopleCount: 1, domains: ['example.com'], partnerDomains: [] },
        failed: (_, __, cause) => {
          throw cause;
        },
        cannotTell: (_, because) => told.push(because),
      },
    );
    expect(told).toEqual(['the record does not say with whom it was shared']);
  });

  it('finds a file copied into a Drive outside, and a whole shared drive opened', () => {
    expect(run([shared('one', { audience: 'external' }, { activity: 'copy' })])).toMatchObject([
      { severity: 'low' },
    ]);
    const drive = { file: { uid: 'drive-1', name: 'Finance', container: 'drive-1' } };
    expect(run([shared('drive-1', CLIENT, drive)])).toMatchObject([
      { severity: 'low', summary: `Shared all of Finance with ${CLIENT} outside.` },
    ]);
  });

  it('finds a guest invited and a bucket opened to another account', () => {
    const invited = changed('Invite external user', 'external-access', { source: 'entra', targets: [OWN] });
    expect(run([invited])).toMatchObject([
      {
        severity: 'low',
        summary: `Shared guest access to the directory with ${OWN}, which looks like their own address outside.`,
      },
    ]);
    const opened = changed('PutBucketPolicy', 'external-access', {
      source: 'aws',
      resource: { type: 'bucket', uid: 'research-data' },
      targets: ['111122223333'],
    });
    expect(run([opened])).toMatchObject([
      {
        object: { kind: 'bucket', id: 'research-data' },
        summary: 'Shared bucket research-data with AWS account 111122223333 outside.',
      },
    ]);
    expect(run([{ ...opened, status: 'failure' }])).toEqual([]);
  });
});

describe('a share that is taken back', () => {
  const share = shared('one', OWN);
  const unshare = (after: number, target: string | null = OWN) =>
    shared('one', target, { activity: 'unshare', at: NOON + after });

  it('within the hour is lower, and says so', () => {
    expect(run([share, unshare(minutes(59))])).toMatchObject([
      {
        severity: 'informational',
        summary: `Shared one.pdf with ${OWN}, which looks like their own address outside, and took it back.`,
        count: 2,
      },
    ]);
    expect(run([share, unshare(minutes(59), null)])).toMatchObject([{ severity: 'informational' }]);
  });

  it.each([
    ['later', unshare(minutes(61))],
    ['from somebody else', unshare(minutes(5), 'other@example.net')],
    ['as a link', shared('one', { audience: 'internal' }, { activity: 'unshare', at: NOON + 1 })],
    ['as another file', shared('two', OWN, { activity: 'unshare', at: NOON + 1 })],
  ])('%s is not', (_, event) => {
    expect(run([share, event])).toMatchObject([{ severity: 'low', count: 1 }]);
  });

  it('leaves the rest of the day as it is, and other days alone', () => {
    const ten = sharedMany(10, OWN);
    const back = { ...ten[4], activity: 'unshare', uid: 'back', time: NOON + minutes(20) } as (typeof ten)[0];
    const yesterday = sharedMany(10, OWN, { at: NOON - days(1) });
    const [before, after] = run([...yesterday, ...ten, back]);
    expect(before).toMatchObject({ severity: 'medium', count: 10 });
    expect(after).toMatchObject({ severity: 'low', count: 11 });
    expect(after?.why.at(-1)).toBe('1 of them was taken back soon.');
  });

  it('comes out the same however late and however often its records arrive', () => {
    const ten = sharedMany(12, OWN);
    const back = ten.slice(0, 3).map((event, n) => ({
      ...event,
      activity: 'unshare' as const,
      uid: `back-${n}`,
      time: NOON + minutes(30),
    }));
    const all = [...ten, ...back];
    const once = run(all);
    expect(once).toMatchObject([{ severity: 'low', count: 15 }]);
    const options = { rules, now: NOON + minutes(40) };
    expect(runInBatches([ten, back], options)).toEqual(once);
    expect(runInBatches([back, ten.slice(6), ten.slice(0, 6), all], options)).toEqual(once);
    expect(run([...all, ...all].reverse())).toEqual(once);
  });

  it('and shared again stands', () => {
    const again = shared('one', OWN, { at: NOON + minutes(30) });
    expect(run([share, unshare(minutes(5)), again])).toMatchObject([{ severity: 'low', count: 3 }]);
  });
});

describe('an approval of sharing', () => {
  const approved = (name: string) => ({
    directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com' }], users: [] }),
    policy: {
      ...NO_POLICY,
      approvals: [
        {
          kind: 'sharing' as const,
          for: { people: ['sam.doe@example.com'] },
          name,
          until: NOON + days(1),
          reason: 'Tender',
        },
      ],
    },
  });
  const many = sharedMany(30, CLIENT);

  it.each(['client.example.net', CLIENT, 'google-drive', 'Google Drive'])(
    'for %s covers all of it',
    (name) => {
      const [alert] = run(many, approved(name));
      expect(alert).toMatchObject({ severity: 'informational', count: 30 });
      expect(alert?.why.at(-1)).toBe('Approved until 2026-03-11: Tender');
    },
  );

  it('for one domain does not cover another of the same day', () => {
    const also = shared('other', 'x@elsewhere.example.org', { at: NOON + minutes(45) });
    expect(run([...many, also], approved('client.example.net'))).toMatchObject([{ severity: 'medium' }]);
  });
});

describe('what is remembered of a year of sharing', () => {
  it('stays small', () => {
    const events = Array.from({ length: 400 }, (_, day) => [
      ...sharedMany(30, `x${day}@${'long'.repeat(30)}.example.net`, { at: NOON + days(day) }),
      shared(`own-${day}`, `sam.doe.${'x'.repeat(day % 30)}@gmail.com`, { at: NOON + days(day) }),
    ]).flat();
    let state = newSubject();
    for (let from = 0; from < events.length; from += 31 * 40) {
      const part = events.slice(from, from + 31 * 40);
      state = evaluate(
        state,
        part,
        { now: (part.at(-1)?.time ?? 0) + days(2), seal: true },
        {
          rules,
          policy: NO_POLICY,
          subject: { kind: 'person', id: 'sam.doe@example.com' },
          organization: { peopleCount: 1, domains: ['example.com'], partnerDomains: [] },
          failed: (_, __, cause) => {
            throw cause;
          },
          cannotTell: () => undefined,
        },
      ).state;
    }
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(40_000);
  });
});

describe('a vendor’s record of sharing', () => {
  const found = (path: string, over: Record<string, unknown> = {}) => run(eventsOf(fixture(path, over)));

  it.each([
    ['google/drive/shared-with-outsider', 'google-drive'],
    ['google/drive/outsider-joins-shared-drive', 'google-drive'],
    ['google/drive/copied-outside', 'google-drive'],
    ['m365/audit/sharing-set-with-guest', 'sharepoint'],
    ['m365/audit/sharing-invitation-created', 'sharepoint'],
    ['m365/audit/added-to-secure-link', 'sharepoint'],
    ['entra/directoryAudits/external-user-invited', 'entra'],
    ['aws/cloudtrail/bucket-policy-for-other-account', 'research-data'],
  ])('%s is found', (path, object) => {
    expect(found(path)).toMatchObject([{ object: { id: object } }]);
  });

  it.each([
    'google/drive/shared-with-colleague-of-open-file',
    'google/drive/open-to-anyone-with-link',
    'm365/audit/anonymous-link-created',
    'm365/audit/company-link-created',
    'aws/cloudtrail/image-for-other-account',
  ])('%s is not', (path) => {
    expect(found(path)).toEqual([]);
  });

  it('m365/audit/sharing-revoked takes back what the same record set', () => {
    const set = { Operation: 'SharingSet', Id: 'set', CreationTime: '2026-03-09T13:50:00' };
    const shares = eventsOf(fixture('m365/audit/sharing-revoked', set));
    const back = eventsOf(fixture('m365/audit/sharing-revoked'));
    expect(run(shares).map(({ count }) => count)).toEqual([1]);
    expect(run([...shares, ...back])).toMatchObject([{ severity: 'informational', count: 2 }]);
  });

  it('google/drive/access-taken-away takes back what was given', () => {
    const [back] = eventsOf(fixture('google/drive/access-taken-away'));
    if (back?.kind !== 'file-hosting-activity') throw new Error('not a file');
    const share = { ...back, activity: 'share' as const, uid: 'share', time: back.time - 1 };
    expect(run([share, back])).toMatchObject([{ count: 2 }]);
  });
});
