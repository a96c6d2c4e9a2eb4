/** Every feed, over HTTP, from the vendor's record to our events. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAY_MS, HOUR_MS } from '../../../lib/core/time.ts';
import type { FakeGoogle } from '../../../lib/simulator/google/fake-google.ts';
import { activity } from '../../../lib/simulator/google/records.ts';
import { googleManifest } from '../../../lib/sources/google/manifest.ts';
import { googleReaders } from '../../../lib/sources/google/readers.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';
import { connect, startGoogle } from './workspace.ts';

const FIXTURES = join(__dirname, '../../fixtures/google');
const FEEDS = googleManifest.feeds.map(({ id }) => id);

let google: FakeGoogle;
let clock: TestClock;

afterEach(() => google.stop());

/** Gives the records of a feed's fixtures that give events. */
function fixtures(feed: string): RawRecord[] {
  const folder = join(FIXTURES, feed);
  return (
    readdirSync(folder)
      .filter((name) => !name.endsWith('.expected.json'))
      .filter((name) => read(join(folder, name.replace('.json', '.expected.json')))['outcome'] === 'events')
      .map((name) => read(join(folder, name)))
      // Exports call the application `mobile` by its new name, the API does not.
      .filter((record) => feed === 'users' || (record['id'] as RawRecord)['applicationName'] === feed)
  );
}

function read(path: string): RawRecord {
  return JSON.parse(readFileSync(path, 'utf8')) as RawRecord;
}

function timeOf(record: RawRecord): number {
  return Date.parse(String((record['id'] as RawRecord)['time']));
}

async function readAll(feed: string): Promise<unknown[]> {
  const reader = googleReaders(connect(google, clock)).get(feed);
  const records: unknown[] = [];
  for await (const page of reader?.read(undefined, { deadline: clock.time + HOUR_MS }) ?? [])
    records.push(...page.records);
  return records;
}

it('reads every feed of the manifest', async () => {
  clock = new TestClock(Date.UTC(2026, 0, 1));
  google = await startGoogle(clock);
  expect([...googleReaders(connect(google, clock)).keys()]).toEqual(FEEDS);
});

it.each(FEEDS)('gives events of %s', async (feed) => {
  const records = fixtures(feed);
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) {
    // Fixtures are of all years; each is read a day after its own time.
    clock = new TestClock(feed === 'users' ? Date.UTC(2026, 0, 1) : timeOf(record) + DAY_MS);
    google = await startGoogle(clock);
    if (feed === 'users') google.putUsers(record);
    else google.add(record);
    const read = await readAll(feed);
    expect(read).toEqual([record]);
    const normalized = googleReaders(connect(google, clock))
      .get(feed)
      ?.feed.normalize(record, { observedTime: clock.time });
    expect(normalized?.outcome).toBe('events');
    await google.stop();
  }
});

it('gives each of two events of one activity, under one id', async () => {
  clock = new TestClock(Date.UTC(2026, 10, 2, 12));
  google = await startGoogle(clock);
  const parameters = (doc: string): RawRecord[] => [
    { name: 'doc_id', value: doc },
    { name: 'doc_title', value: `Plan ${doc}` },
    { name: 'primary_event', boolValue: true },
  ];
  google.add(
    activity({
      application: 'drive',
      time: clock.time - HOUR_MS,
      qualifier: '77',
      email: 'ada.novak@example.com',
      ip: '192.0.2.10',
      events: [
        { type: 'access', name: 'download', parameters: parameters('one') },
        { type: 'access', name: 'download', parameters: parameters('two') },
      ],
    }),
  );
  const [record] = await readAll('drive');
  const { feed } = googleReaders(connect(google, clock)).get('drive') ?? {};
  const normalized = feed?.normalize(record as RawRecord, { observedTime: clock.time });
  expect(normalized).toMatchObject({
    events: [
      { uid: '77', file: { uid: 'one' } },
      { uid: '77', part: 1, file: { uid: 'two' } },
    ],
  });
});
