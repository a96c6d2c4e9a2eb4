/** Each feed of an AWS connection, from the accounts over HTTP to the queue of events, through the handler. */
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { unpackEvents } from '../../lib/pipeline/event-message.ts';
import { FakeAws } from '../../lib/simulator/aws/fake-aws.ts';
import { consoleSignIn, instancesDescribed } from '../../lib/simulator/aws/records.ts';
import { CONTEXT } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';

const MEMBER = { account: '210987654321', region: 'eu-central-1' };
const ROLE = { roleName: 'RingerReader', externalId: 'invented-id' };
const WHO = { ...MEMBER, user: 'ana.silva', ip: '198.51.100.23' };
const BUCKET = 'example-trail';

const aws = new LocalAws();
const accounts = new FakeAws({
  ownAccount: '123456789012',
  roles: [{ account: MEMBER.account, ...ROLE }],
});
let queueUrl: string;
let trailQueueUrl: string;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  await aws.createBucket(BUCKET);
  queueUrl = await aws.createQueue('events');
  trailQueueUrl = await aws.createQueue('trail');
  const url = await accounts.start();
  for (const service of ['CLOUDTRAIL', 'SSM', 'STS']) process.env[`AWS_ENDPOINT_URL_${service}`] = url;
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'aws-main',
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
    [ENVIRONMENT.archiveBucket]: await aws.createBucket('archive'),
    [ENVIRONMENT.awsConnection]: JSON.stringify({ accounts: [MEMBER.account], ...ROLE, trailQueueUrl }),
  });
}, 20_000);

afterAll(async () => {
  await accounts.stop();
  await aws.stop();
});

/** Runs the handler once, and gives the ids of the events that are in the queue then. */
async function collect(feed: string): Promise<readonly string[]> {
  const { handler } = await import('../../functions/collect-aws.ts');
  expect(await handler({ feed }, CONTEXT)).toMatchObject({ outcome: 'collected', more: false });
  const messages = await aws.drain(queueUrl);
  return messages.flatMap(({ Body = '' }) => unpackEvents(Body).events.map(({ uid }) => uid));
}

it('collects the event history of a member account', async () => {
  const time = Date.now() - 5 * MINUTE_MS;
  accounts.addEvent(MEMBER, consoleSignIn({ ...WHO, id: 'sign-in-1', time }));
  accounts.addEvent(MEMBER, instancesDescribed({ ...WHO, id: 'described-1', time }));
  expect(await collect('cloudtrail')).toEqual(['sign-in-1']);
});

it('sends nothing again that a later run reads again', async () => {
  accounts.addEvent(MEMBER, consoleSignIn({ ...WHO, id: 'sign-in-2', time: Date.now() - 20 * MINUTE_MS }));
  expect(await collect('cloudtrail')).toEqual(['sign-in-2']);
});

it('collects the files of a trail', async () => {
  const Key = 'AWSLogs/210987654321/CloudTrail/eu-central-1/2026/11/02/a.json.gz';
  const record = consoleSignIn({ ...WHO, id: 'sign-in-3', time: Date.now() - MINUTE_MS });
  const Body = gzipSync(JSON.stringify({ Records: [record] }));
  await new S3Client({}).send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  const MessageBody = JSON.stringify({ s3Bucket: BUCKET, s3ObjectKey: [Key] });
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: trailQueueUrl, MessageBody }));
  expect(await collect('cloudtrail-trail')).toEqual(['sign-in-3']);
  expect(await aws.drain(trailQueueUrl)).toEqual([]);
});

it('collects the inventory', async () => {
  accounts.putInstance(MEMBER, {
    id: 'mi-00000000000000001',
    captureTime: Date.now() - MINUTE_MS,
    information: { ComputerName: 'build-1.example.com', InstanceStatus: 'Active' },
    applications: [{ Name: 'AnyDesk', Version: '9.0' }],
  });
  expect(await collect('inventory')).toEqual(['mi-00000000000000001', 'mi-00000000000000001']);
});
