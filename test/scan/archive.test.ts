/** What was collected and archived is read again: the same sums, the same events, the same alerts. */
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compareEvents, type SourceEvent } from '../../lib/core/events/index.ts';
import { DAY_MS } from '../../lib/core/time.ts';
import { findExports } from '../../lib/exports/find.ts';
import { readExport } from '../../lib/exports/read.ts';
import { archivePage } from '../../lib/pipeline/archive-page.ts';
import { sortOut } from '../../lib/pipeline/collect-page.ts';
import { Intake } from '../../lib/scan/intake.ts';
import type { Sums } from '../../lib/scan/sums.ts';
import { demoCompany } from '../../lib/simulator/company/demo-company.ts';
import { exportsOf } from '../../lib/simulator/company/exports.ts';
import { FEEDS, feedOf } from '../../lib/sources/index.ts';
import type { Feed, RawRecord } from '../../lib/sources/source.ts';
import { CLOCK, scanPaths, scratch } from '../support/scanning.ts';

const FIXTURES = join(__dirname, '..', 'fixtures');
const FETCHED = Date.UTC(2027, 0, 1, 6);
const folder = scratch();
let archives = 0;

/** Collects records as a page of their feed into a folder; gives what was sent to the queue. */
class Archived {
  readonly path = join(folder.path, `archive-${archives++}`);
  readonly sent: SourceEvent[] = [];
  readonly outcomes: Record<string, Record<string, number>> = {};
  #page = 0;

  async page(records: readonly unknown[], feed: Feed, fetchedTime = FETCHED): Promise<void> {
    const sorted = sortOut(records, feed, fetchedTime);
    const fetched = { connection: 'main', source: feed.source, feed: feed.id, fetchedTime };
    await archivePage({ put: (name, lines) => this.#put(name, lines) }, fetched, sorted, {
      token: 'run',
      page: ++this.#page,
    });
    for (const { outcome, events } of sorted) {
      const counts = (this.outcomes[feed.source] ??= { used: 0, skipped: 0, rejected: 0 });
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      this.sent.push(...events);
    }
  }

  #put(name: string, lines: readonly string[]): Promise<void> {
    folder.write(join(this.path.slice(folder.path.length), name), gzipSync(`${lines.join('\n')}\n`));
    return Promise.resolve();
  }
}

async function read(path: string, clock = FETCHED): Promise<{ sums: Sums; events: readonly SourceEvent[] }> {
  const events: SourceEvent[] = [];
  const intake = new Intake(clock, (event) => events.push(event));
  for (const file of (await findExports([path])).files) await readExport(file, intake);
  return { sums: intake.sums, events };
}

function outcomesOf(sums: Sums): Archived['outcomes'] {
  return Object.fromEntries(
    sums.list().map(([source, { used, skipped, rejected }]) => {
      const { duplicate, unsupported, irrelevant } = skipped;
      return [source, { used, skipped: duplicate + unsupported + irrelevant, rejected }];
    }),
  );
}

function inOrder(events: readonly SourceEvent[]): readonly SourceEvent[] {
  return [...events].sort(compareEvents);
}

/** The fixtures by their feed, without those that repeat another's event. */
function fixtures(): ReadonlyMap<Feed, readonly RawRecord[]> {
  const byFeed = new Map<Feed, RawRecord[]>();
  for (const path of globSync('*/*/*.json', { cwd: FIXTURES }).sort()) {
    const [source, id] = path.split(sep);
    const feed = FEEDS.find((each) => each.source === source && each.id === id);
    if (feed === undefined || path.endsWith('.expected.json')) continue;
    const record = JSON.parse(readFileSync(join(FIXTURES, path), 'utf8')) as RawRecord;
    byFeed.set(feed, [...(byFeed.get(feed) ?? []), record]);
  }
  for (const [feed, records] of byFeed) {
    const keys = sortOut(records, feed, FETCHED).map(({ key }) => key);
    byFeed.set(
      feed,
      records.filter((_, index) => keys.indexOf(keys[index] ?? '') === index),
    );
  }
  return byFeed;
}

/** A record without one of its fields, and with it damaged, unless it then looks like another feed's. */
function damaged(record: RawRecord): readonly RawRecord[] {
  const all = Object.keys(record).flatMap((key): readonly RawRecord[] => {
    const { [key]: _, ...without } = record;
    return [without, { ...record, [key]: 'damaged' }, { ...record, [key]: { nested: [1] } }];
  });
  return all.filter((each) => [undefined, feedOf(record)].includes(feedOf(each)));
}

it('gives the sums and events of every vendor’s records', async () => {
  const archived = new Archived();
  for (const [feed, records] of fixtures()) await archived.page(records, feed);
  const { sums, events } = await read(join(archived.path, 'records'));
  expect(Object.keys(archived.outcomes)).toHaveLength(7);
  expect(outcomesOf(sums)).toEqual(archived.outcomes);
  expect(inOrder(events)).toEqual(inOrder(archived.sent));
});

it('counts every damaged record under its source, as it was counted when it was collected', async () => {
  const archived = new Archived();
  for (const [feed, records] of fixtures()) {
    await archived.page([7, null, [records[0]], 'text', ...records.slice(0, 2).flatMap(damaged)], feed);
  }
  const { sums } = await read(join(archived.path, 'records'));
  const totals = Object.entries(archived.outcomes).map(([source, counts]) => [source, total(counts)]);
  expect(sums.list().map(([source, { records }]) => [source, records])).toEqual(
    expect.arrayContaining(totals),
  );
  expect(sums.list()).toHaveLength(totals.length);
  for (const [source, { rejected }] of sums.list()) {
    expect([source, rejected]).toEqual([source, archived.outcomes[source]?.['rejected']]);
  }
});

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

it('dates what has no time of its own by when it was fetched, each time it was', async () => {
  const feed = FEEDS.find(({ id }) => id === 'detectedApps') as Feed;
  const apps = (fixtures().get(feed) ?? []).filter(
    (app) => sortOut([app], feed, FETCHED)[0]?.time === FETCHED,
  );
  const archived = new Archived();
  await archived.page(apps, feed);
  await archived.page(apps, feed, FETCHED + DAY_MS);
  const { events } = await read(join(archived.path, 'records'), FETCHED + DAY_MS);
  expect(new Set(events.map(({ time }) => time))).toEqual(new Set([FETCHED, FETCHED + DAY_MS]));
  expect(inOrder(events)).toEqual(inOrder(archived.sent));
});

it('rejects what was ahead of the clock when it was fetched, though its time has come', async () => {
  const [feed] = FEEDS.filter(({ source }) => source === 'okta');
  const records = (fixtures().get(feed as Feed) ?? []).map((record) => ({
    ...record,
    published: '2027-01-05T00:00:00.000Z',
  }));
  const archived = new Archived();
  await archived.page(records, feed as Feed);
  const { sums } = await read(join(archived.path, 'records'), FETCHED + 30 * DAY_MS);
  expect(outcomesOf(sums)).toEqual(archived.outcomes);
  expect(sums.bySource.get('okta')?.rejected).toBeGreaterThan(0);
});

it('counts what was archived twice as duplicates', async () => {
  const archived = new Archived();
  const okta = [...fixtures()].filter(([{ id }]) => id === 'system-log');
  for (const [feed, records] of okta) await archived.page(records, feed);
  const used = archived.outcomes['okta']?.['used'];
  for (const [feed, records] of okta) await archived.page(records, feed, FETCHED + 1);
  const { sums } = await read(join(archived.path, 'records'));
  expect(sums.bySource.get('okta')).toMatchObject({ used, skipped: { duplicate: used } });
});

it('parses a trail’s irrelevant records too, and none in vain', async () => {
  const [first] = fixtures().get(FEEDS.find(({ id }) => id === 'cloudtrail') as Feed) ?? [];
  const other = { ...first, eventName: 'DescribeInstances', eventSource: 'ec2.amazonaws.com' };
  const archived = new Archived();
  const byRoot = { ...other, eventID: 'by-root', userIdentity: { type: 'Root' } };
  await archived.page([other, first, byRoot], FEEDS[0] as Feed);
  const { sums } = await read(join(archived.path, 'records'));
  expect(outcomesOf(sums)).toEqual(archived.outcomes);
  expect(sums.bySource.get('aws')).toMatchObject({ records: 3, skipped: { irrelevant: 1 } });
});

it('takes no event of the archive for a record', async () => {
  const archived = new Archived();
  for (const [feed, records] of fixtures()) await archived.page(records, feed);
  const { sums, events } = await read(archived.path);
  expect(events).toHaveLength(archived.sent.length);
  expect(sums.bySource.get('other')).toMatchObject({
    records: archived.sent.length,
    skipped: { unsupported: archived.sent.length },
  });
});

it.each([
  ['a damaged time', { fetchedTime: 'soon' }, 'rejected', 'aws'],
  ['a source nobody knows', { source: 'ringer', outcome: 'rejected', record: 1 }, 'rejected', 'other'],
  ['a reason that is none', { outcome: 'rejected', because: {}, record: 1 }, 'rejected', 'aws'],
  ['another version', { schemaVersion: 2 }, 'skipped', 'other'],
])('counts a line with %s once', async (_what, over, outcome, source) => {
  const [record] = fixtures().get(FEEDS[0] as Feed) ?? [];
  const line = { schemaVersion: 1, source: 'aws', fetchedTime: '2027-01-01T00:00:00.000Z', record, ...over };
  const { sums } = await read(folder.write(`${source}-${archives++}.ndjson`, `${JSON.stringify(line)}\n`));
  expect(outcomesOf(sums)).toEqual({ [source]: { used: 0, skipped: 0, rejected: 0, [outcome]: 1 } });
});

it('gives the alerts that the files the records came from give', async () => {
  const { files } = exportsOf(demoCompany(CLOCK, 7));
  const plain = await scanPaths(files.map(({ name, text }) => folder.write(`plain/${name}`, text)));
  const archived = new Archived();
  for (const { name, text } of files) {
    const page = name.endsWith('.ndjson')
      ? text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as RawRecord)
      : Object.values(JSON.parse(text) as Record<string, unknown>).flatMap((value) =>
          Array.isArray(value) ? (value as RawRecord[]) : [],
        );
    const feed = feedOf(page[0] ?? {});
    await archived.page(page, feed as Feed, plain.now);
  }
  const again = await scanPaths([join(archived.path, 'records')]);
  expect(again.alerts.length).toBeGreaterThan(5);
  expect(again.alerts).toEqual(plain.alerts);
  expect(outcomesOf(again.sums)).toEqual(outcomesOf(plain.sums));
});
