import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { MINUTE_MS } from '../../../lib/core/time.ts';
import { consoleSignIn, instancesDescribed } from '../../../lib/simulator/aws/records.ts';
import type { Page } from '../../../lib/sources/reader.ts';
import { readTrail } from '../../../lib/sources/aws/trail.ts';
import { systemClock } from '../../../lib/sources/transport.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { LocalAws } from '../../support/local-aws.ts';
import { NOW, OWN } from './live.ts';

const BUCKET = 'example-trail';
const FOLDER = 'AWSLogs/o-example/123456789012/CloudTrail/eu-central-1/2026/11/02';
const WHO = { ...OWN, user: 'ana.silva', ip: '198.51.100.23', time: NOW };

const aws = new LocalAws();
let queueUrl: string;
let files = 0;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  await aws.createBucket(BUCKET);
}, 20_000);

beforeEach(async () => {
  queueUrl = await aws.createQueue(
    `trail-${expect.getState().currentTestName?.replaceAll(/\W+/g, '-').slice(0, 70)}`,
  );
});

afterAll(() => aws.stop());

const signIn = (id: string): RawRecord => consoleSignIn({ ...WHO, id });
const noise = (id: string): RawRecord => instancesDescribed({ ...WHO, id });

async function put(
  content: Buffer | readonly RawRecord[],
  key = `${FOLDER}/${++files}.json.gz`,
): Promise<string> {
  const Body = Buffer.isBuffer(content) ? content : gzipSync(JSON.stringify({ Records: content }));
  await new S3Client({}).send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body }));
  return key;
}

async function tell(message: object | string): Promise<void> {
  const MessageBody = typeof message === 'string' ? message : JSON.stringify(message);
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
}

function created(key: string, bucket = BUCKET): object {
  const s3 = { bucket: { name: bucket }, object: { key: encodeURIComponent(key).replaceAll('%20', '+') } };
  return { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] };
}

interface Read {
  readonly pages: readonly Page[];
  readonly ids: readonly unknown[];
  readonly thrown: unknown;
}

async function read(cursor?: unknown, url = queueUrl): Promise<Read> {
  const pages: Page[] = [];
  let thrown: unknown;
  try {
    for await (const page of pagesOf(url, cursor)) pages.push(page);
  } catch (error) {
    thrown = error;
  }
  const records = pages.flatMap((page) => page.records);
  return { pages, ids: records.map((record) => (record as RawRecord)['eventID']), thrown };
}

function pagesOf(url = queueUrl, cursor?: unknown, forMs = 10 * MINUTE_MS): AsyncGenerator<Page> {
  const until = { clock: systemClock, deadline: systemClock.now() + forMs };
  return readTrail(cursor, { queueUrl: url, bucket: BUCKET }, until);
}

/** How many messages the queue still has, whether or not somebody has them. */
async function left(): Promise<number> {
  const { Attributes } = await new SQSClient({}).send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes?.['ApproximateNumberOfMessages']) +
    Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'])
  );
}

it('reads the files that S3 tells of, and leaves an empty queue', async () => {
  await tell(created(await put([signIn('a'), signIn('b')])));
  await tell(created(await put([signIn('c')], `${FOLDER}/with a space+plus.json.gz`)));
  const { pages, ids } = await read();
  expect([...ids].sort()).toEqual(['a', 'b', 'c']);
  expect(pages.map(({ last }) => last)).toEqual([true]);
  expect(await left()).toBe(0);
});

it('reads files that S3 tells of through SNS', async () => {
  const { arn, subscribedQueueUrl } = await aws.createTopic('trail-topic');
  const Message = JSON.stringify(created(await put([signIn('a')])));
  await new SNSClient({}).send(new PublishCommand({ TopicArn: arn, Message }));
  expect((await read(undefined, subscribedQueueUrl)).ids).toEqual(['a']);
});

it('reads files that EventBridge and CloudTrail itself tell of', async () => {
  const [byEventBridge, byCloudTrail] = [
    await put([signIn('a')], `${FOLDER}/a+b.json.gz`),
    await put([signIn('b')]),
  ];
  await tell({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: { bucket: { name: BUCKET }, object: { key: byEventBridge } },
  });
  await tell({ s3Bucket: BUCKET, s3ObjectKey: [byCloudTrail] });
  expect([...(await read()).ids].sort()).toEqual(['a', 'b']);
});

it('gives an empty last page when nothing has come', async () => {
  const { pages } = await read({ messages: 7 });
  expect(pages).toEqual([{ records: [], passedOver: 0, cursor: { messages: 7 }, last: true }]);
});

it('counts what no detection can use without giving it', async () => {
  await tell(created(await put([noise('a'), signIn('b'), noise('c')])));
  const { pages, ids } = await read();
  expect(ids).toEqual(['b']);
  expect(pages[0]).toMatchObject({ passedOver: 2, cursor: { messages: 1 } });
});

it('gives a damaged record as it is, beside the others', async () => {
  const good = JSON.stringify(signIn('a'));
  const text = `{"Records":[${good.replace('"eventID"', 'eventID')},${good}]}`;
  await tell(created(await put(gzipSync(text))));
  const [page] = (await read()).pages;
  expect(page?.records).toEqual([expect.stringContaining('eventID'), signIn('a')]);
});

it('deletes a message only when the page after it is asked for', async () => {
  await tell(created(await put([signIn('a')])));
  const pages = pagesOf();
  expect((await pages.next()).value).toMatchObject({ records: [signIn('a')] });
  expect(await left()).toBe(1);
  expect((await pages.next()).done).toBe(true);
  expect(await left()).toBe(0);
});

it('deletes nothing when whoever took the page died with it', async () => {
  await tell(created(await put([signIn('a')])));
  const pages = pagesOf();
  await pages.next();
  await pages.return(undefined);
  expect(await left()).toBe(1);
});

it('gives many records in several pages, and counts their messages in the cursor', async () => {
  for (let file = 0; file < 12; file++) {
    const records = Array.from({ length: 150 }, (_, index) => signIn(`${file}-${index}`));
    await tell(created(await put(records)));
  }
  const { pages, ids } = await read({ messages: 1 });
  expect(new Set(ids).size).toBe(1_800);
  expect(pages.map(({ records, last }) => [records.length, last])).toEqual([
    [1_000, false],
    [50, false],
    [750, true],
  ]);
  expect(pages.map(({ cursor }) => cursor)).toEqual([{ messages: 1 }, { messages: 8 }, { messages: 13 }]);
});

it('takes messages of other things out of the queue', async () => {
  await tell({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: BUCKET });
  await tell(created('AWSLogs/o-example/123456789012/CloudTrail-Digest/eu-central-1/a.json.gz'));
  await tell(created('AWSLogs/123456789012/Config/eu-central-1/ConfigHistory.json.gz'));
  await tell({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectRemoved:Delete' }] });
  await tell({ source: 'aws.s3', 'detail-type': 'Object Deleted', detail: {} });
  expect(await read()).toMatchObject({ ids: [], thrown: undefined });
  expect(await left()).toBe(0);
});

it('leaves messages that cannot be read, reads the others, and says why', async () => {
  await tell('hello');
  await tell(created(`${FOLDER}/a.json.gz`, 'elsewhere'));
  await tell(created('secrets.json.gz'));
  await tell(created(`${FOLDER}/none.json.gz`));
  await tell(created(await put(Buffer.from('{}'))));
  await tell(created(await put([signIn('a')])));
  const { pages, ids, thrown } = await read();
  expect(ids).toEqual(['a']);
  expect(pages.at(-1)).toMatchObject({ cursor: { messages: 1 }, last: true });
  expect(thrown).toMatchObject({ code: 'SOURCE_SHAPE_CHANGED' });
  expect(String(thrown)).toContain("5 messages of the trail's queue could not be read: ");
  for (const because of [
    'no notification of S3 or CloudTrail',
    'a file of another bucket',
    'a file outside AWSLogs/',
    'GetObject: NoSuchKey',
    'a log file that cannot be opened',
  ])
    expect(String(thrown)).toContain(because);
  expect(await left()).toBe(5);
});

it('says that it is denied, without the name of the file, and leaves the other messages alone', async () => {
  for (let message = 0; message < 11; message++) await tell(created(`${FOLDER}/a.json.gz`));
  const fauxqs = process.env['AWS_ENDPOINT_URL_S3'];
  const denying = createServer((_, response) => {
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<Error><Code>AccessDenied</Code><Message>no</Message></Error>');
  });
  await new Promise<void>((resolve) => denying.listen(0, '127.0.0.1', resolve));
  process.env['AWS_ENDPOINT_URL_S3'] = `http://127.0.0.1:${(denying.address() as AddressInfo).port}`;
  try {
    expect((await read()).thrown).toMatchObject({
      code: 'SOURCE_DENIED',
      message: "10 messages of the trail's queue could not be read: GetObject: AccessDenied",
    });
    expect(await left()).toBe(11);
  } finally {
    process.env['AWS_ENDPOINT_URL_S3'] = fauxqs;
    denying.close();
  }
});

it('begins nothing after its deadline', async () => {
  await tell(created(await put([signIn('a')])));
  const pages = pagesOf(queueUrl, undefined, 0);
  expect((await pages.next()).done).toBe(true);
  expect(await left()).toBe(1);
});
