/** From the alerts table to SNS and Slack, through the handlers that are deployed. */
import { collectedFeedsText } from '../../lib/config/channels.ts';
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { putAlert } from '../../lib/stores/alerts.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { ALERT, alertNumber } from '../support/alerts.ts';
import { FakeSlack } from '../support/fake-slack.ts';
import { CONTEXT, streamOf } from '../support/lambda.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
const slack = new FakeSlack();
const RECENT = new Date().toISOString();
let alerts: Table;
let full: { arn: string; subscribedQueueUrl: string };
let minimal: { arn: string; subscribedQueueUrl: string };

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  aws.secrets.set('ringer/slack-C0EXAMPLE', await slack.start());
  full = await aws.createTopic('alerts');
  minimal = await aws.createTopic('minimal');
  Object.assign(process.env, {
    [ENVIRONMENT.alertsTable]: await aws.createTable('alerts'),
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.alertsTopicArn]: full.arn,
    [ENVIRONMENT.notifyFrom]: 'medium',
    [ENVIRONMENT.ownChannels]: JSON.stringify([
      { id: 'topic-minimal', type: 'topic', minimum: 'high', detail: 'minimal', target: minimal.arn },
      {
        id: 'slack-C0EXAMPLE',
        type: 'slack',
        minimum: 'high',
        detail: 'full',
        target: 'ringer/slack-C0EXAMPLE',
      },
    ]),
    [ENVIRONMENT.collectedFeeds]: collectedFeedsText([
      { connection: 'main', feed: 'users', everyMs: 60_000 },
    ]),
  });
  alerts = openTable('alerts');
}, 20_000);

afterAll(async () => {
  await slack.stop();
  await aws.stop();
});

interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Record<string, { Type: string; Value: string }>;
}

async function published(topic: typeof full): Promise<readonly Envelope[]> {
  return (await aws.drain(topic.subscribedQueueUrl)).map(({ Body = '' }) => JSON.parse(Body) as Envelope);
}

it('tells every channel of a new alert, each in its own words', async () => {
  const { handler } = await import('../../functions/notify.ts');
  await putAlert(alerts, { ...ALERT, severity: 'high', time: RECENT }, 1);
  expect(await handler(await streamOf('alerts'), CONTEXT)).toEqual({ batchItemFailures: [] });

  const [message] = await published(full);
  // The emulator hands a queue the texts of all protocols.
  const texts = JSON.parse(message?.Message ?? '') as Record<'default' | 'email' | 'https', string>;
  expect(JSON.parse(texts.default)).toMatchObject({ schemaVersion: 1, id: ALERT.id });
  expect(texts.email).toContain('Signed in from two places.');
  expect(JSON.parse(texts.https)).toMatchObject({
    source: 'custom',
    content: { title: 'High: Impossible travel' },
  });
  expect(message?.MessageAttributes).toEqual({
    message: { Type: 'String', Value: 'alert' },
    severity: { Type: 'String', Value: 'high' },
    detection: { Type: 'String', Value: 'impossible-travel' },
    subjectKind: { Type: 'String', Value: 'person' },
  });
  const [little] = await published(minimal);
  expect(little?.Subject).toBe('Ringer: high, impossible-travel (01234567)');
  expect(little?.Message).not.toMatch(/ada\.|Novak/i);
  expect(slack.received.map(({ text }) => text)).toEqual(['Ringer: high, impossible-travel (01234567)']);
}, 20_000);

it('says nothing of it again, whatever the stream repeats', async () => {
  const { handler } = await import('../../functions/notify.ts');
  await handler(await streamOf('alerts'), CONTEXT);
  expect([await published(full), await published(minimal)]).toEqual([[], []]);
  expect(slack.received).toHaveLength(1);
}, 20_000);

it('gives a record back when Slack is down, and the hourly sweep makes up for it', async () => {
  const { handler } = await import('../../functions/notify.ts');
  const { handler: sweep } = await import('../../functions/sweep.ts');
  await putAlert(alerts, alertNumber(7, { severity: 'critical', time: RECENT }), 1);
  slack.next.push(500);
  const { batchItemFailures } = await handler(await streamOf('alerts'), CONTEXT);
  expect(batchItemFailures).toHaveLength(1);
  expect(await published(full)).toHaveLength(1);

  expect(await sweep({ turn: 'hour' }, CONTEXT)).toMatchObject({
    topic: { sent: 0 },
    'slack-C0EXAMPLE': { sent: 1 },
  });
  expect(slack.received).toHaveLength(2);
}, 20_000);

it('says every week how it is', async () => {
  const { handler: sweep } = await import('../../functions/sweep.ts');
  expect(await sweep({ turn: 'week' }, CONTEXT)).toEqual({ sent: 3 });
  const [message] = await published(full);
  expect(message?.Subject).toMatch(/^Ringer: week to .*, 1 of 1 feed blind, 2 open alerts$/);
  expect(JSON.parse(message?.MessageAttributes['severity']?.Value ?? '')).toContain('low');
}, 20_000);
