/** A collector as Lambda runs it, with everything it was deployed with. */
import { gunzipSync } from 'node:zlib';
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { unpackEvents } from '../../lib/pipeline/event-message.ts';
import { openCollector } from '../../lib/pipeline/collector.ts';
import { systemLog } from '../../lib/sources/okta/system-log.ts';
import type { FeedReaders, Page, Reader } from '../../lib/sources/reader.ts';
import { takeLease } from '../../lib/stores/cursors.ts';
import { openTable } from '../../lib/stores/table.ts';
import { CONTEXT } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';
import { signIn } from '../support/test-vendor.ts';

const aws = new LocalAws();
let tables = 0;
let queueUrl: string;
let bucket: string;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
}, 20_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  const name = `collector-${tables++}`;
  queueUrl = await aws.createQueue(name);
  bucket = await aws.createBucket(name);
  aws.busEvents.length = 0;
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'okta-main',
    [ENVIRONMENT.ledgerTable]: await aws.createTable(name),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
    [ENVIRONMENT.archiveBucket]: bucket,
  });
});

function reading(...pages: readonly Page[]): FeedReaders {
  const read: Reader = async function* () {
    await Promise.resolve();
    yield* pages;
  };
  return new Map([['system-log', { feed: systemLog, read }]]);
}

const now = Date.now();
const RECORD = signIn('a', now - MINUTE_MS);
const IRRELEVANT = { ...signIn('b', now - MINUTE_MS), eventType: 'app.user_management' };
const DAMAGED = { ...signIn('c', now - MINUTE_MS), published: 'soon' };
const PAGE: Page = { records: [RECORD, IRRELEVANT, DAMAGED], cursor: 1, last: true };

it('archives records as they were received, with what became of each', async () => {
  await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  const lines = await aws.lines(bucket, 'records/');
  const head = {
    schemaVersion: 1,
    connection: 'okta-main',
    source: 'okta',
    feed: 'system-log',
    fetchedTime: expect.stringMatching(/^20\d\d-.*Z$/) as unknown,
  };
  expect(lines).toEqual([
    { ...head, outcome: 'used', record: RECORD },
    { ...head, outcome: 'skipped', because: 'irrelevant', record: IRRELEVANT },
    { ...head, outcome: 'rejected', because: 'published: expected a time, got "soon"', record: DAMAGED },
  ]);
});

it('archives the events that it sends', async () => {
  await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  const events = (await aws.lines(bucket, 'events/')).map(({ event }) => event);
  const [message] = await aws.drain(queueUrl);
  expect(events).toEqual(unpackEvents(message?.Body ?? '').events);
});

it('names objects by source, feed, connection and day', async () => {
  await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  const names = [...(await aws.objects(bucket)).keys()];
  const folder = 'source=okta/feed=system-log/connection=okta-main/day=20\\d\\d-\\d\\d-\\d\\d';
  const file = '20\\d{6}T\\d{6}\\.\\d{3}Z-[0-9a-f-]{36}-1\\.ndjson\\.gz';
  expect(names).toEqual([
    expect.stringMatching(new RegExp(`^events/${folder}/${file}$`)),
    expect.stringMatching(new RegExp(`^records/${folder}/${file}$`)),
  ]);
});

it('archives nothing of an empty page', async () => {
  await openCollector('okta', reading({ records: [], cursor: 1, last: true }))(
    { feed: 'system-log' },
    CONTEXT,
  );
  expect((await aws.objects(bucket)).size).toBe(0);
});

it('divides a page of huge records into several objects', async () => {
  const records = Array.from({ length: 5 }, (_, index) => ({
    ...signIn(`huge-${index}`, now),
    note: 'x'.repeat(7_000_000),
  }));
  await openCollector('okta', reading({ records, cursor: 1, last: true }))({ feed: 'system-log' }, CONTEXT);
  const objects = [...(await aws.objects(bucket))].filter(([name]) => name.startsWith('records/'));
  const counts = objects.map(([, body]) => gunzipSync(body).toString().trimEnd().split('\n').length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(Math.max(...counts)).toBe(2);
}, 20_000);

it('collects without an archive where there is none', async () => {
  Reflect.deleteProperty(process.env, ENVIRONMENT.archiveBucket);
  const outcome = await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  expect(outcome).toMatchObject({ counts: { used: 1, skipped: 1, rejected: 1 } });
  expect((await aws.objects(bucket)).size).toBe(0);
});

it('asks to be run again at once when more is waiting, with its lease given back', async () => {
  await openCollector('okta', reading({ ...PAGE, last: false }))({ feed: 'system-log' }, CONTEXT);
  expect(aws.busEvents).toEqual([
    {
      Source: 'ringer',
      DetailType: 'Ringer Feed Has More',
      Detail: '{"connection":"okta-main","feed":"system-log"}',
    },
  ]);
  const ledger = openTable(process.env[ENVIRONMENT.ledgerTable] ?? '');
  const key = { connection: 'okta-main', feed: 'system-log' };
  expect(await takeLease(ledger, key, 'next', now, now + MINUTE_MS)).toMatchObject({ cursor: 1 });
});

it('waits for its schedule when a run got nowhere, and when everything was read', async () => {
  const collector = openCollector('okta', reading({ ...PAGE, last: false }));
  await collector({ feed: 'system-log' }, CONTEXT);
  aws.busEvents.length = 0;
  await collector({ feed: 'system-log' }, CONTEXT);
  await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  expect(aws.busEvents).toEqual([]);
});

it('fails when nobody could be asked to read on, with everything safe', async () => {
  aws.busIsFull = true;
  const collector = openCollector('okta', reading({ ...PAGE, last: false }));
  await expect(collector({ feed: 'system-log' }, CONTEXT)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: 'the event bus refused: ThrottlingException',
  });
  aws.busIsFull = false;
  expect(await aws.drain(queueUrl)).toHaveLength(1);
});

it('counts what was read and what was damaged, without a dimension for feed or connection', async () => {
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'false';
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await openCollector('okta', reading(PAGE))({ feed: 'system-log' }, CONTEXT);
  const lines = write.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('_aws'));
  write.mockRestore();
  process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
  const metrics = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(metrics).toMatchObject([{ RecordsRead: 3, RecordsRejected: 1 }]);
  expect(JSON.stringify(metrics)).toContain('"Dimensions":[["service"]]');
  expect(JSON.stringify(metrics)).not.toContain('okta-main');
});

it('refuses a feed that its vendor does not have', async () => {
  await expect(openCollector('okta', reading(PAGE))({ feed: 'mail' }, CONTEXT)).rejects.toMatchObject({
    code: 'INVARIANT',
  });
});
