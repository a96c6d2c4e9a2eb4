import { buildDirectory } from '../../../lib/core/people/directory.ts';
import { NO_POLICY } from '../../../lib/core/policy.ts';
import { runOnce, type RunOptions } from '../../support/engine.ts';
import { days, hours, minutes, NOON, taken, type TakenOptions } from '../../support/people-and-places.ts';

const bulk = (events: readonly ReturnType<typeof taken>[], options: RunOptions = {}) =>
  runOnce(events, options).filter((alert) => alert.detection === 'bulk-download');

/** So many distinct files from `start`, evenly over `ms`. */
function spree(count: number, start: number, ms: number, more: Partial<TakenOptions> = {}) {
  return Array.from({ length: count }, (_, n) =>
    taken({ at: start + Math.floor((n * ms) / count), object: `f${n}-${start}`, ...more }),
  );
}

const S3 = { source: 'aws', feed: 'cloudtrail', service: 's3' } as const;
const SHAREPOINT = { source: 'm365', feed: 'audit', service: 'sharepoint' } as const;

describe('bulk-download', () => {
  it('finds sixty Drive files in forty minutes', () => {
    const [alert] = bulk(spree(60, NOON, minutes(40)));
    expect(alert).toMatchObject({
      severity: 'medium',
      subject: { id: 'sam.doe@example.com' },
      object: { id: 'google-drive' },
      count: 60,
    });
    expect(alert?.firstSeen).toBe(new Date(NOON).toISOString());
  });

  it.each([
    [
      'sixty reads of one file',
      Array.from({ length: 60 }, (_, n) => taken({ at: NOON + n * 1_000, object: 'one' })),
    ],
    ['twelve files an hour', spree(72, NOON - hours(8), hours(6))],
    ['fourteen files in ten minutes', spree(14, NOON, minutes(9))],
    ['reading on screen', spree(200, NOON, minutes(5), { activity: 'preview' })],
    [
      'what a program takes',
      spree(200, NOON, minutes(5), { actor: { type: 'service', accountUid: 'backup' } }),
    ],
    ['499 objects of a bucket', spree(499, NOON, minutes(5), S3)],
    ['99 SharePoint files an hour', spree(99, NOON, minutes(55), SHAREPOINT)],
    [
      'the first sync of a new, managed laptop',
      spree(5_000, NOON, hours(2), {
        ...SHAREPOINT,
        service: 'onedrive',
        activity: 'sync',
        managedDevice: true,
      }),
    ],
  ])('is silent on %s', (_title, events) => {
    expect(bulk(events)).toEqual([]);
  });

  it('finds a copy of 1,168 objects in 25 seconds, however small they are', () => {
    const [alert] = bulk(spree(1_168, NOON, 25_000, { ...S3, bytesOut: 1_600 }));
    expect(alert).toMatchObject({ severity: 'medium', object: { id: 's3' }, count: 1_168 });
    expect(alert?.summary).toContain('1,168 distinct files');
    expect(alert?.evidence).toHaveLength(50);
  });

  it('finds few objects of many bytes', () => {
    const [alert] = bulk(spree(5, NOON, minutes(5), { ...S3, bytesOut: 300 * 2 ** 20 }));
    expect(alert?.summary).toBe('Took 5 distinct files (1.5 GiB) from Amazon S3 within 10 minutes.');
  });

  it('finds a burst that lies across a clock boundary', () => {
    expect(bulk(spree(52, NOON - minutes(20), minutes(40)))).toHaveLength(1);
  });

  it('counts a sync to a device the company does not manage', () => {
    expect(
      bulk(spree(120, NOON, minutes(30), { ...SHAREPOINT, activity: 'sync', managedDevice: false })),
    ).toHaveLength(1);
  });

  it('finds thirty files a day, every day', () => {
    const slow = Array.from({ length: 14 }, (_, day) => spree(30, NOON + days(day), hours(5))).flat();
    const alerts = bulk(slow);
    expect(alerts[0]?.summary).toContain('within 14 days');
  });

  it('lets a person’s own past speak, without today', () => {
    const past = Array.from({ length: 12 }, (_, day) => spree(45, NOON - days(day + 1), minutes(50))).flat();
    const own = bulk([...past, ...spree(90, NOON, minutes(50))]).filter((alert) =>
      alert.time.startsWith('2026-03-10'),
    );
    expect(own.filter((alert) => alert.summary.includes('within an hour'))).toEqual([]);
    expect(bulk(spree(90, NOON, minutes(50)))).toHaveLength(1);
  });

  it('is worse soon after hiring and before leaving', () => {
    const person = (fields: object) => ({
      directory: buildDirectory({ roster: [{ email: 'sam.doe@example.com', ...fields }], users: [] }),
    });
    const severity = (options: RunOptions) => bulk(spree(60, NOON, minutes(40)), options)[0]?.severity;
    expect(severity(person({ hiredTime: NOON - days(10) }))).toBe('high');
    expect(severity(person({ endsTime: NOON + days(10) }))).toBe('high');
    expect(severity(person({ hiredTime: NOON - days(400) }))).toBe('medium');
  });

  it('leaves approved programs alone', () => {
    const policy = { ...NO_POLICY, serviceAccounts: new Set(['backup-app']) };
    const events = spree(200, NOON, minutes(5), { application: { uid: 'backup-app' } });
    expect(bulk(events, { policy })).toEqual([]);
    expect(bulk(events)).toHaveLength(1);
  });

  it('is informational, with the reason, under a recorded approval that has not ended', () => {
    const approval = {
      kind: 'bulk' as const,
      for: { people: ['sam.doe@example.com'] },
      until: NOON + days(1),
      reason: 'Migration to the new drive',
      owner: 'lee@example.com',
    };
    const directory = buildDirectory({ roster: [{ email: 'sam.doe@example.com' }], users: [] });
    const run = (until: number) =>
      bulk(spree(60, NOON, minutes(40)), {
        directory,
        policy: { ...NO_POLICY, approvals: [{ ...approval, until }] },
      })[0];
    expect(run(NOON + days(1))?.severity).toBe('informational');
    expect(run(NOON + days(1))?.why.at(-1)).toBe(
      'Approved by lee@example.com until 2026-03-11: Migration to the new drive',
    );
    expect(run(NOON - days(1))?.severity).toBe('medium');
  });

  it('counts every event once, over several findings of a day', () => {
    const [alert] = bulk([...spree(60, NOON, minutes(40)), ...spree(70, NOON + hours(5), minutes(40))]);
    expect(alert?.count).toBe(130);
  });
});

describe('the same again', () => {
  const spree = (day: number, count: number) =>
    Array.from({ length: count }, (_, n) =>
      taken({
        at: NOON + days(day) + n * 240,
        object: `bucket/${day}-${n}`,
        service: 's3',
        source: 'aws',
        uid: `d${day}-${n}`,
      }),
    );
  const severities = (events: Parameters<typeof runOnce>[0]) =>
    runOnce(events)
      .filter(({ detection }) => detection === 'bulk-download')
      .map(({ severity }) => severity);

  it('is told of once in earnest, and noted on the days after', () => {
    expect(severities([...spree(0, 600), ...spree(1, 620), ...spree(2, 580)])).toEqual([
      'medium',
      'low',
      'low',
    ]);
  });

  it('is news when it is more than three times as much', () => {
    expect(severities([...spree(0, 600), ...spree(1, 1_900)])).toEqual(['medium', 'medium']);
  });

  it('is news after a fortnight without it', () => {
    expect(severities([...spree(0, 600), ...spree(16, 600)])).toEqual(['medium', 'medium']);
  });

  it('is low when a managed computer synchronizes, and medium when its user is about to leave', () => {
    const synced = Array.from({ length: 400 }, (_, n) =>
      taken({
        at: NOON + days(5) + n * 3_000,
        object: `file-${n}`,
        service: 'onedrive',
        source: 'm365',
        activity: 'sync',
        managedDevice: true,
        device: { uid: 'laptop' },
      }),
    );
    const first = { ...synced[0], time: NOON, uid: 'first' } as (typeof synced)[0];
    expect(severities([first, ...synced])).toEqual(['low']);
    const directory = buildDirectory({
      roster: [{ email: 'sam.doe@example.com', endsTime: NOON + days(20) }],
      users: [],
    });
    expect(
      runOnce([first, ...synced], { directory }).filter(({ detection }) => detection === 'bulk-download'),
    ).toMatchObject([{ severity: 'medium' }]);
  });
});
