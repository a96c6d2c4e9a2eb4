import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { bulkExport } from '../../../lib/core/detections/bulk-export.ts';
import { evaluate, newSubject } from '../../../lib/core/engine.ts';
import type { ApiActivity, SourceEvent } from '../../../lib/core/events/index.ts';
import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { changed } from '../../support/changes.ts';
import { rulesOf, runInBatches, runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, NOON } from '../../support/people-and-places.ts';
import { eventsOf, fixture } from '../../support/vendor-records.ts';

const rules = rulesOf(bulkExport);
const run = (events: readonly SourceEvent[], options: RunOptions = {}): readonly Alert[] =>
  runOnce(events, { rules, ...options });
const person = (fields: object): RunOptions => ({
  directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com', ...fields }], users: [] }),
});

const exported = (operation = 'SearchExported', more: Partial<ApiActivity> & { at?: number } = {}) =>
  changed(operation, 'bulk-export', more);
const takeout = (operation: string, more: Partial<ApiActivity> & { at?: number } = {}) =>
  exported(operation, { source: 'google', feed: 'takeout', ...more });

describe('bulk-export', () => {
  it('finds an export of search results', () => {
    const resource = { type: 'search', uid: 'Quarterly review' };
    const [alert, ...others] = run([exported('SearchExported', { resource })]);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      severity: 'medium',
      subject: { id: 'sam.doe@example.com' },
      object: { kind: 'service', id: 'microsoft-365', name: 'Microsoft 365' },
      summary: 'Exported the results of the content search Quarterly review.',
      why: ['Such an export takes everything at once, and they are not known to make them.'],
      count: 1,
    });
  });

  it.each([
    ['long employed', { hiredTime: NOON - days(91) }, 'medium'],
    ['hired ninety days ago', { hiredTime: NOON - days(90) }, 'high'],
    ['leaving in thirty days', { endsTime: NOON + days(30) }, 'high'],
    ['leaving in thirty-one days', { endsTime: NOON + days(31) }, 'medium'],
    ['gone already', { endsTime: NOON - days(3) }, 'high'],
    ['an administrator', { privileged: true }, 'low'],
    ['a new administrator', { privileged: true, hiredTime: NOON - days(5) }, 'low'],
  ])('by somebody %s: %j is %s', (_, fields, severity) => {
    expect(run([exported()], person(fields))).toMatchObject([{ severity }]);
  });

  it('is usual for whoever did the same on three earlier days, but not for who is about to go', () => {
    const weekly = Array.from({ length: 5 }, (_, week) =>
      exported('SearchExported', { at: NOON + days(7 * week) }),
    );
    expect(run(weekly).map(({ severity }) => severity)).toEqual(['medium', 'medium', 'medium', 'low', 'low']);
    expect(run(weekly)[3]?.why).toEqual(['They did the same on 3 earlier days of the last 60.']);
    const leaving = person({ endsTime: NOON + days(40) });
    expect(run(weekly, leaving).map(({ severity }) => severity)).toEqual([
      'medium',
      'medium',
      'high',
      'high',
      'high',
    ]);
    const other = exported('New-MailboxExportRequest', { at: NOON + days(30) });
    expect(run([...weekly, other]).find(({ summary }) => summary.includes('PST'))?.severity).toBe('medium');
  });

  it('takes several exports of one day for one day’s work', () => {
    const many = Array.from({ length: 6 }, (_, n) => exported('SearchExported', { at: NOON + n }));
    expect(run(many)).toMatchObject([{ severity: 'medium', count: 6 }]);
  });

  it('forgets what was usual a quarter ago', () => {
    const before = [1, 2, 3].map((day) => exported('SearchExported', { at: NOON - days(70) + days(day) }));
    expect(run([...before, exported()]).at(-1)?.severity).toBe('medium');
  });

  it.each([
    ['programs', exported('SearchExported', { actor: { type: 'service', accountUid: 'backup' } })],
    ['what was refused', exported('SearchExported', { status: 'failure' })],
    ['other purposes', changed('SearchExported', 'audit-log-change')],
    [
      'files that go to a successor',
      exported('CREATE_DATA_TRANSFER_REQUEST', { source: 'google', targets: ['ann@example.com'] }),
    ],
    ['somebody who is not ours', exported('x', { actor: { type: 'user', address: 'a@client.example.net' } })],
    [
      'a bucket opened to another account, which external-sharing judges',
      changed('PutBucketPolicy', 'external-access', { resource: { type: 'bucket', uid: 'b' } }),
    ],
  ])('is silent on %s', (_, event) => {
    expect(run([event])).toEqual([]);
  });

  it('is silent on accounts that the policy names', () => {
    const policy = { ...NO_POLICY, serviceAccounts: new Set(['sam.doe@example.com']) };
    expect(run([exported()], { policy })).toEqual([]);
  });

  it('finds a transfer of files to outside', () => {
    const event = exported('CREATE_DATA_TRANSFER_REQUEST', {
      source: 'google',
      resource: { type: 'user', uid: 'ann@example.com' },
      targets: ['x@client.example.net'],
    });
    expect(run([event])).toMatchObject([
      { summary: 'Had the data of ann@example.com transferred to another account.' },
    ]);
  });

  it('finds copies given to other accounts', () => {
    const given = (type: string, operation = 'ModifySnapshotAttribute') =>
      changed(operation, 'external-access', {
        source: 'aws',
        resource: { type, uid: 'x-1' },
        targets: ['111122223333'],
      });
    expect(run([given('database-snapshot')])).toMatchObject([
      { severity: 'medium', summary: 'Gave the database snapshot x-1 to AWS account 111122223333.' },
    ]);
    expect(run([given('bucket', 'PutBucketReplication')])).toMatchObject([
      { summary: 'Had the bucket x-1 replicated into AWS account 111122223333.' },
    ]);
  });

  it('names an operation it has no words for', () => {
    expect(run([exported('Download users - Finished (bulk)', { source: 'entra' })])).toMatchObject([
      { summary: 'Download users - Finished (bulk).', object: { id: 'entra' } },
    ]);
  });
});

describe('a takeout', () => {
  it('of little is low, even before leaving; of files or of nobody knows what it is not', () => {
    const of = (contents: readonly string[] | undefined, fields = {}) =>
      run([takeout('DOWNLOADED_USER_TAKEOUT', contents === undefined ? {} : { contents })], person(fields))[0]
        ?.severity;
    expect(of(['Contacts', 'Calendar'])).toBe('low');
    expect(of(['Contacts', 'Calendar'], { endsTime: NOON + days(5) })).toBe('low');
    expect(of(['Contacts', 'Drive'])).toBe('medium');
    expect(of(['Mail'], { endsTime: NOON + days(5) })).toBe('high');
    expect(of(undefined)).toBe('medium');
    expect(of([])).toBe('medium');
  });

  it('of somebody else’s data is never little', () => {
    const resource = { type: 'user', uid: 'ann@example.com' };
    expect(run([takeout('STARTED_USER_TAKEOUT', { resource, contents: ['Contacts'] })])).toMatchObject([
      { severity: 'medium' },
    ]);
  });

  it('says what and where to', () => {
    const more = { contents: ['Drive', 'Mail'], targets: ['dropbox'] };
    expect(run([takeout('STARTED_USER_TAKEOUT', more)])[0]?.summary).toBe(
      'Began an export of Google account data (Drive, Mail) to dropbox.',
    );
    expect(run([takeout('DOWNLOADED_USER_TAKEOUT', { targets: ['email'] })])[0]?.summary).toBe(
      'Downloaded an export of Google account data.',
    );
  });

  it('that goes on for days is told once, and a new one again', () => {
    const started = takeout('STARTED_USER_TAKEOUT');
    const ready = takeout('COMPLETED_USER_TAKEOUT', { at: NOON + days(2) });
    const fetched = takeout('DOWNLOADED_USER_TAKEOUT', { at: NOON + days(7) });
    const next = takeout('STARTED_USER_TAKEOUT', { at: NOON + days(8) });
    expect(run([started, ready, fetched, next]).map(({ severity }) => severity)).toEqual([
      'medium',
      'low',
      'low',
      'medium',
    ]);
  });
});

describe('exports in any order', () => {
  const weekly = Array.from({ length: 5 }, (_, hour) =>
    exported('SearchExported', { at: NOON + hours(6 * hour) }),
  );

  it('come out the same', () => {
    const once = run(weekly);
    expect(once.map(({ count }) => count)).toEqual([2, 3]);
    const options = { rules, now: NOON + hours(24) };
    expect(runInBatches([weekly.slice(3), weekly.slice(0, 3), weekly], options)).toEqual(once);
    expect(run([...weekly, ...weekly].reverse())).toEqual(once);
  });

  it('at the same moment are all counted', () => {
    const same = [exported('SearchExported'), exported('SearchExported'), exported('SearchExportDownloaded')];
    expect(run(same)).toMatchObject([{ count: 3 }]);
  });
});

describe('an approval of bulk exports', () => {
  it.each([
    ['microsoft-365', 'informational'],
    ['Quarterly review', 'informational'],
    ['okta', 'medium'],
  ])('for %s leaves it %s', (name, severity) => {
    const approvals = [
      {
        kind: 'bulk' as const,
        for: { people: ['sam.doe@example.com'] },
        name,
        until: NOON + days(1),
        reason: 'Legal hold',
      },
    ];
    const event = exported('SearchExported', { resource: { type: 'search', uid: 'Quarterly review' } });
    const [alert] = run([event], { ...person({}), policy: { ...NO_POLICY, approvals } });
    expect(alert?.severity).toBe(severity);
  });
});

describe('what is remembered of exports', () => {
  it('stays small', () => {
    const events = Array.from({ length: 5_000 }, (_, n) =>
      exported(`${'x'.repeat(500)}${n}`, { at: NOON + n * hours(1) }),
    );
    const { state } = evaluate(
      newSubject(),
      events,
      { now: NOON + days(250), seal: true },
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
    expect(JSON.stringify(state.sealed.slots).length).toBeLessThan(10_000);
  });
});

describe('a vendor’s record of an export', () => {
  const found = (path: string, over: Record<string, unknown> = {}) => run(eventsOf(fixture(path, over)));

  it.each([
    ['google/takeout/downloaded', 'Downloaded an export of Google account data to dropbox.'],
    [
      'google/admin/takeout-of-everything',
      'Exported the data of everybody in the organization (CUSTOMER_TAKEOUT_CREATED).',
    ],
    ['m365/audit/search-exported', 'Exported the results of the content search Quarterly review.'],
    ['m365/audit/search-action-exported', /^Exported the results of the content search/],
    ['entra/directoryAudits/users-downloaded', /^Download users/],
    ['okta/system-log/report-downloaded', /^Downloaded an Okta report/],
    [
      'okta/system-log/password-of-colleague-shown',
      /^Looked up the password that .+ uses for an application\.$/,
    ],
    ['aws/cloudtrail/log-group-exported', /^Exported the log group .+ to S3\.$/],
    ['aws/cloudtrail/table-exported', /^Exported the table .+ to S3\.$/],
    ['aws/cloudtrail/instance-exported', /^Exported the machine .+ to S3\.$/],
    ['aws/cloudtrail/image-for-other-account', /^Gave the image ami-\w+ to AWS account 111122223333\.$/],
    ['aws/cloudtrail/bucket-replicated-to-other-account', /^Had the bucket research-data replicated/],
  ])('%s is found', (path, summary) => {
    const alerts = found(path);
    expect(alerts).toMatchObject([{ severity: 'medium' }]);
    expect(alerts[0]?.summary).toMatch(summary);
  });

  it.each(['aws/cloudtrail/database-exported-refused', 'aws/cloudtrail/disk-snapshot-for-everybody'])(
    '%s is not',
    (path) => {
      expect(found(path)).toEqual([]);
    },
  );
});
