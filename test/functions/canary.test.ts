/** A canary's whole way, and what watches over Ringer, through the handlers that are deployed. */
import { randomUUID } from 'node:crypto';
import { collectedFeedsText } from '../../lib/config/channels.ts';
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { sendCanary } from '../../lib/pipeline/event-queue.ts';
import { findCanary, HOURLY } from '../../lib/stores/canaries.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { CONTEXT, sqsEvent, streamOf } from '../support/lambda.ts';
import { deployedConfig } from '../support/deployed-config.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
let queueUrl: string;
let topic: { arn: string; subscribedQueueUrl: string };
let alerts: Table;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  queueUrl = await aws.createQueue('events');
  topic = await aws.createTopic('alerts');
  Object.assign(process.env, {
    [ENVIRONMENT.alertsTable]: await aws.createTable('alerts'),
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.directoryTable]: await aws.createTable('directory'),
    [ENVIRONMENT.configPath]: deployedConfig(),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
    [ENVIRONMENT.deadLettersQueueUrl]: await aws.createQueue('dead-letters'),
    [ENVIRONMENT.alertsTopicArn]: topic.arn,
    [ENVIRONMENT.notifyFrom]: 'critical',
    [ENVIRONMENT.evidenceBucket]: 'evidence',
    [ENVIRONMENT.eventBusName]: 'default',
    [ENVIRONMENT.collectedFeeds]: collectedFeedsText([
      { connection: 'main', feed: 'system-log', everyMs: 60_000 },
    ]),
  });
  alerts = openTable('alerts');
}, 20_000);

afterAll(() => aws.stop());

/** Takes what waits in the queue to the end of the stream. */
async function goOn(): Promise<void> {
  const { handler: detect } = await import('../../functions/detect.ts');
  const { handler: evidence } = await import('../../functions/evidence.ts');
  const { handler: notify } = await import('../../functions/notify.ts');
  expect(await detect(sqsEvent(await aws.drain(queueUrl)), CONTEXT)).toEqual({ batchItemFailures: [] });
  // Each hop is written on the canary, and so comes by again.
  for (let again = 0; again < 2; again++) {
    expect(await evidence(await streamOf('alerts'), CONTEXT)).toEqual({ batchItemFailures: [] });
    expect(await notify(await streamOf('alerts'), CONTEXT)).toEqual({ batchItemFailures: [] });
  }
}

async function subjects(): Promise<readonly string[]> {
  const messages = await aws.drain(topic.subscribedQueueUrl);
  return messages.map(({ Body = '' }) => (JSON.parse(Body) as { Subject: string }).Subject);
}

it('goes the whole way every hour, and nobody is told', async () => {
  const { handler: watch } = await import('../../functions/watch.ts');
  await watch({ turn: 'canary' }, CONTEXT);
  await goOn();
  const canary = await findCanary(alerts, HOURLY);
  const hops = [canary?.sentAt, canary?.detectedAt, canary?.evidenceAt, canary?.notifiedAt];
  expect(hops.every((time) => time !== undefined && time >= (canary?.sentAt ?? Infinity))).toBe(true);
  expect(await subjects()).toEqual([]);
}, 20_000);

it('is announced once to every channel when a person sends it, whatever their minimum', async () => {
  const token = randomUUID();
  await sendCanary(queueUrl, { token, sentAt: Date.now(), announce: true });
  await goOn();
  expect(await subjects()).toEqual([`Ringer: test (${token.slice(0, 8)})`]);
  expect((await findCanary(alerts, token))?.channels).toEqual({ topic: 'sent' });
}, 20_000);

it('counts blind feeds and unconfirmed subscriptions', async () => {
  const written: string[] = [];
  // Metrics are printed; so they go to the console that a test can listen to.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' });
  const print = jest.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
  await jest.isolateModulesAsync(async () => {
    const { handler: watch } = await import('../../functions/watch.ts');
    await watch({ turn: 'feeds' }, CONTEXT);
  });
  print.mockRestore();
  const metrics = written.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(metrics.filter((line) => '_aws' in line)).toMatchObject([
    { FeedsSilent: 1, SlowestFeedSeconds: 0, SubscriptionsUnconfirmed: 0 },
  ]);
}, 20_000);
