import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { publicExposure } from '../../../lib/core/detections/public-exposure.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { ApiActivity, Share, SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { changed, shared, sharedMany } from '../../support/changes.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, minutes, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(publicExposure);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });

const LINK: Share = { audience: 'anyone-with-link' };
const BUCKET = { type: 'bucket', uid: 'research-data' };
const opened = (operation = 'PutBucketPolicy', more: Partial<ApiActivity> & { at?: number } = {}) =>
  changed(operation, 'public-exposure', { source: 'aws', feed: 'cloudtrail', resource: BUCKET, ...more });

describe('public-exposure', () => {
  it('finds a bucket opened to everybody', () => {
    const [alert, ...others] = run([opened()]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      object: { kind: 'bucket', id: 'research-data' },
      summary: 'Opened bucket research-data to everybody.',
    });
    expect(alert?.evidence[0]?.what).toBe('PutBucketPolicy research-data');
  });

  it('tells the block that was lifted from what is open', () => {
    expect(run([opened('DeleteBucketPublicAccessBlock')])).toMatchObject([
      {
        severity: 'medium',
        summary: 'Opened bucket research-data to whatever its policy and access lists allow.',
        why: [
          'The block on public access is off: a policy or an access list that names everybody takes effect now.',
        ],
      },
    ]);
    const account = { type: 'account', uid: '123456789012' };
    expect(run([opened('DeleteAccountPublicAccessBlock', { resource: account })])).toMatchObject([
      {
        object: { id: 'aws' },
        summary: expect.stringContaining('all buckets of account 123456789012') as string,
      },
    ]);
  });

  it.each(['snapshot', 'image', 'database-snapshot'])('finds a %s given to everybody', (type) => {
    expect(run([opened('Modify…Attribute', { resource: { type, uid: 'x-1' } })])).toMatchObject([
      { severity: 'medium', object: { kind: 'service', id: 'aws' } },
    ]);
  });

  it('is low for a link to a file, and medium from ten distinct files a day', () => {
    expect(run([shared('Menu', LINK)])).toMatchObject([
      {
        severity: 'low',
        object: { id: 'google-drive' },
        summary: 'Opened Menu.pdf to anyone with the link.',
      },
    ]);
    expect(run([shared('Menu', { audience: 'public' })])[0]?.summary).toBe('Opened Menu.pdf to everybody.');
    expect(run(sharedMany(9, LINK))).toMatchObject([{ severity: 'low' }]);
    expect(run(sharedMany(10, LINK))).toMatchObject([{ severity: 'medium', count: 10 }]);
  });

  it('counts a link made anew once', () => {
    const same = Array.from({ length: 20 }, (_, n) => shared('Menu', LINK, { at: NOON + n }));
    expect(run(same)).toMatchObject([{ severity: 'low' }]);
  });

  it('leaves those alone whose work is to publish', () => {
    const work = Array.from({ length: 20 }, (_, day) =>
      sharedMany(10 + (day % 5), LINK, { at: NOON + days(day) }),
    ).flat();
    expect(run(work).map(({ severity }) => severity)).toEqual([
      ...['medium', 'medium', 'medium'],
      ...Array.from({ length: 17 }, () => 'low'),
    ]);
    const spree = sharedMany(40, LINK, { at: NOON + days(20) });
    expect(run([...work, ...spree]).at(-1)).toMatchObject({ severity: 'medium' });
  });

  it('is medium for a whole site', () => {
    const site = {
      file: {
        uid: 'https://example.sharepoint.com/sites/hr/',
        container: 'https://example.sharepoint.com/sites/hr',
      },
    };
    expect(run([shared('hr', LINK, { source: 'm365', service: 'sharepoint', ...site })])).toMatchObject([
      { severity: 'medium', object: { id: 'sharepoint' } },
    ]);
  });

  it('counts objects of a bucket as files: low, and medium from ten', () => {
    const objects = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        opened('PutObjectAcl', { resource: { type: 'object', uid: `research-data/${n}` }, at: NOON + n }),
      );
    expect(run(objects(9))).toMatchObject([
      { severity: 'low', object: { kind: 'bucket', id: 'research-data' } },
    ]);
    expect(run(objects(10))).toMatchObject([{ severity: 'medium' }]);
  });

  it('is low when a program opens a bucket, and nothing when it shares files', () => {
    const actor = { type: 'service', accountUid: 'arn:aws:sts::123456789012:assumed-role/deploy/x' } as const;
    expect(run([opened('PutBucketPolicy', { actor })])).toMatchObject([
      { severity: 'low', subject: { kind: 'account', id: actor.accountUid } },
    ]);
    expect(run([shared('Menu', LINK, { actor })])).toEqual([]);
  });

  it.each([
    ['what was refused', opened('PutBucketPolicy', { status: 'failure' })],
    ['a colleague', shared('one', { audience: 'internal' })],
    ['an outsider, whom external-sharing judges', shared('one', 'x@client.example.net')],
    ['other purposes', changed('PutBucketPolicy', 'external-access', { resource: BUCKET })],
    ['closing what was not opened', opened('DeleteBucketPolicy', { revokes: true })],
    ['a share of no audience', shared('one', null)],
    [
      'somebody who is not ours',
      shared('one', LINK, { actor: { type: 'user', address: 'a@client.example.net' } }),
    ],
  ])('is silent on %s', (_, event) => {
    expect(run([event])).toEqual([]);
  });

  it('says nothing of a record that does not name what was opened', () => {
    const { resource: _, ...nameless } = opened();
    expect(run([nameless])).toEqual([]);
  });
});

describe('what is closed again', () => {
  const lifted = opened('DeleteBucketPublicAccessBlock');
  const restored = (after: number) =>
    opened('PutBucketPublicAccessBlock', { revokes: true, at: NOON + after });

  it('within minutes is lower, whichever comes in first', () => {
    const all = [lifted, restored(minutes(4))];
    const once = run(all);
    expect(once).toMatchObject([
      {
        severity: 'low',
        summary:
          'Opened bucket research-data to whatever its policy and access lists allow, and closed it again.',
        count: 2,
      },
    ]);
    const options = { rules, now: NOON + minutes(10) };
    expect(
      runInBatches(
        all.map((event) => [event]),
        options,
      ),
    ).toEqual(once);
    expect(runInBatches([...all.map((event) => [event]).reverse(), all], options)).toEqual(once);
  });

  it('after hours, or of another bucket, is not', () => {
    expect(run([lifted, restored(minutes(61))])).toMatchObject([{ severity: 'medium', count: 1 }]);
    const other = { ...restored(minutes(4)), resource: { type: 'bucket', uid: 'other' } };
    expect(run([lifted, other])).toMatchObject([{ severity: 'medium', count: 1 }]);
  });

  it('of two buckets lowers the one', () => {
    const other = opened('PutBucketPolicy', { resource: { type: 'bucket', uid: 'other' }, at: NOON + 1 });
    const alerts = run([lifted, other, restored(minutes(4))]);
    expect(Object.fromEntries(alerts.map(({ object, severity }) => [object?.id, severity]))).toEqual({
      'research-data': 'low',
      other: 'medium',
    });
  });

  it.each([
    [
      'a link that is deleted',
      shared('Menu', { audience: 'internal' }, { activity: 'unshare', at: NOON + 1 }),
    ],
    ['a link of SharePoint that is deleted', shared('Menu', LINK, { activity: 'unshare', at: NOON + 1 })],
    ['a link that opens for colleagues only', shared('Menu', { audience: 'internal' }, { at: NOON + 1 })],
  ])('%s counts as closed', (_, event) => {
    expect(run([shared('Menu', LINK), event])).toMatchObject([{ severity: 'informational', count: 2 }]);
  });

  it.each([
    [
      'a guest who loses access',
      shared('Menu', 'x@client.example.net', { activity: 'unshare', at: NOON + 1 }),
    ],
    [
      'a link for colleagues beside it',
      shared('Menu', { audience: 'internal' }, { service: 'sharepoint', at: NOON + 1 }),
    ],
    [
      'a link for some people that is deleted beside it',
      shared('Menu', null, { activity: 'unshare', service: 'sharepoint', at: NOON + 1 }),
    ],
    [
      'a colleague who is added',
      shared('Menu', { audience: 'internal', targets: ['ann@example.com'] }, { at: NOON + 1 }),
    ],
  ])('%s closes nothing', (_, event) => {
    expect(run([shared('Menu', LINK), event])).toMatchObject([{ severity: 'low', count: 1 }]);
  });
});

describe('an approval of sharing', () => {
  it('for the bucket covers it', () => {
    const options = (name: string) => ({
      directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com' }], users: [] }),
      policy: {
        ...NO_POLICY,
        approvals: [
          {
            kind: 'sharing' as const,
            for: { people: ['sam.doe@example.com'] },
            name,
            until: NOON + days(1),
            reason: 'Website',
          },
        ],
      },
    });
    expect(run([opened()], options('research-data'))[0]?.severity).toBe('informational');
    expect(run([opened()], options('other-data'))[0]?.severity).toBe('medium');
  });
});

describe('what is remembered of opened buckets', () => {
  it('stays small', () => {
    const events = Array.from({ length: 3_000 }, (_, n) =>
      opened('PutBucketPolicy', {
        resource: { type: 'bucket', uid: `${n}-${'x'.repeat(60)}` },
        at: NOON + n * minutes(20),
      }),
    );
    const { state } = evaluate(
      newSubject(),
      events,
      { now: NOON + days(400), seal: true },
      {
        rules,
        policy: NO_POLICY,
        subject: { kind: 'person', id: 'sam.doe@example.com' },
        organization: { peopleCount: 1, domains: [], partnerDomains: [] },
        failed: (_, __, cause) => {
          throw cause;
        },
        cannotTell: () => undefined,
      },
    );
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(30_000);
  });
});

describe('a vendor’s record of exposure', () => {
  const found = (path: string, over: Record<string, unknown> = {}) => run(eventsOf(fixture(path, over)));

  it.each([
    ['google/drive/open-to-anyone-with-link', 'low', 'google-drive'],
    ['google/drive/open-on-the-web', 'low', 'google-drive'],
    ['m365/audit/anonymous-link-created', 'low', 'sharepoint'],
    ['m365/audit/sharing-link-created-for-anyone', 'low', 'sharepoint'],
    ['aws/cloudtrail/bucket-policy-for-everybody', 'medium', 'research-data'],
    ['aws/cloudtrail/bucket-acl-for-everybody', 'medium', 'research-data'],
    ['aws/cloudtrail/object-acl-public-read', 'low', 'research-data'],
    ['aws/cloudtrail/public-access-block-deleted', 'medium', 'research-data'],
    ['aws/cloudtrail/account-public-access-block-deleted', 'medium', 'aws'],
    ['aws/cloudtrail/disk-snapshot-for-everybody', 'medium', 'aws'],
    ['aws/cloudtrail/database-snapshot-for-everybody', 'medium', 'aws'],
  ])('%s is found, %s', (path, severity, object) => {
    expect(found(path)).toMatchObject([{ severity, object: { id: object } }]);
  });

  it.each([
    'google/drive/link-for-own-domain',
    'google/drive/shared-with-outsider',
    'm365/audit/company-link-created',
    'aws/cloudtrail/bucket-policy-for-other-account',
    'aws/cloudtrail/bucket-policy-for-organization',
    'aws/cloudtrail/public-access-block-turned-on',
  ])('%s is not', (path) => {
    expect(found(path)).toEqual([]);
  });

  it.each([
    ['public-access-block-deleted', 'public-access-block-turned-on'],
    ['bucket-policy-for-everybody', 'bucket-policy-denying-everybody'],
    ['bucket-acl-for-everybody', 'bucket-acl-private'],
    ['disk-snapshot-for-everybody', 'disk-snapshot-taken-back'],
  ])('%s is lower with %s minutes after', (open, close) => {
    const at = (path: string, eventTime: string) =>
      eventsOf(fixture(`aws/cloudtrail/${path}`, { eventTime }));
    const before = at(open, '2025-03-03T09:00:00Z');
    expect(run(before)).toMatchObject([{ severity: 'medium' }]);
    expect(run([...before, ...at(close, '2025-03-03T09:04:00Z')])).toMatchObject([
      { severity: 'low', count: 2 },
    ]);
  });

  it('google/drive/link-closed closes what was opened', () => {
    const [closed] = eventsOf(fixture('google/drive/link-closed'));
    if (closed?.kind !== 'file-hosting-activity') throw new Error('not a file');
    const link = { ...closed, activity: 'share' as const, share: LINK, uid: 'open', time: closed.time - 1 };
    expect(run([link, closed])).toMatchObject([{ severity: 'informational', count: 2 }]);
  });
});
