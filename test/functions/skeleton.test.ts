/** The whole line, from a fake Okta over HTTP to a message in a topic, through the handlers that are deployed. */
import { ENVIRONMENT } from '../../lib/config/names.ts';
import { MINUTE_MS } from '../../lib/core/time.ts';
import { FakeOkta } from '../../lib/simulator/okta/fake-okta.ts';
import { MOSCOW, NEW_YORK, sessionStart } from '../../lib/simulator/okta/records.ts';
import { CONTEXT, sqsEvent, streamOf } from '../support/lambda.ts';
import { deployedConfig } from '../support/deployed-config.ts';
import { LocalAws } from '../support/local-aws.ts';

const TOKEN = '00invented-token';
const aws = new LocalAws();
const okta = new FakeOkta({ token: TOKEN });
let queueUrl: string;
let subscribedQueueUrl: string;

beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  aws.secrets.set('ringer/okta-main', TOKEN);
  queueUrl = await aws.createQueue('events');
  const topic = await aws.createTopic('alerts');
  ({ subscribedQueueUrl } = topic);
  Object.assign(process.env, {
    [ENVIRONMENT.connection]: 'okta-main',
    [ENVIRONMENT.orgUrl]: await okta.start(),
    [ENVIRONMENT.secretId]: 'ringer/okta-main',
    [ENVIRONMENT.ledgerTable]: await aws.createTable('ledger'),
    [ENVIRONMENT.alertsTable]: await aws.createTable('alerts'),
    [ENVIRONMENT.directoryTable]: await aws.createTable('directory'),
    [ENVIRONMENT.configPath]: deployedConfig(),
    [ENVIRONMENT.eventsQueueUrl]: queueUrl,
    [ENVIRONMENT.deadLettersQueueUrl]: await aws.createQueue('dead-letters'),
    [ENVIRONMENT.alertsTopicArn]: topic.arn,
    [ENVIRONMENT.notifyFrom]: 'medium',
  });
}, 20_000);

afterAll(async () => {
  await okta.stop();
  await aws.stop();
});

/** Runs every handler once, as its schedule, queue and stream would, and gives what was published. */
async function round(): Promise<readonly { Subject: string; Message: string; MessageAttributes: object }[]> {
  const { handler: collect } = await import('../../functions/collect-okta.ts');
  const { handler: detect } = await import('../../functions/detect.ts');
  const { handler: notify } = await import('../../functions/notify.ts');
  await collect({ feed: 'system-log' }, CONTEXT);
  for (let messages = await aws.drain(queueUrl); messages.length > 0; messages = await aws.drain(queueUrl)) {
    expect(await detect(sqsEvent(messages), CONTEXT)).toEqual({ batchItemFailures: [] });
  }
  await notify(await streamOf('alerts'), CONTEXT);
  const published = await aws.drain(subscribedQueueUrl);
  return published.map(
    ({ Body = '' }) => JSON.parse(Body) as { Subject: string; Message: string; MessageAttributes: object },
  );
}

it('turns two sign-ins nobody could travel between into one message', async () => {
  const now = Date.now();
  const who = { login: 'Ada.Novak@example.com', name: 'Ada Novak' };
  okta.add(
    sessionStart({
      ...who,
      uuid: 'f8f1d2a4-0001',
      time: now - 90 * MINUTE_MS,
      ip: '192.0.2.10',
      place: NEW_YORK,
    }),
    sessionStart({
      ...who,
      uuid: 'f8f1d2a4-0002',
      time: now - 30 * MINUTE_MS,
      ip: '203.0.113.77',
      place: MOSCOW,
    }),
  );

  const messages = await round();

  expect(messages).toHaveLength(1);
  const [message] = messages;
  expect(message?.Message).toContain('ada.novak@example.com');
  expect(message?.Message).toContain('New York, US');
  expect(message?.Message).toContain('Moscow, RU');
  expect(message?.Subject).toMatch(/^Ringer: high, impossible-travel \([0-9a-f]{8}\)$/);
  expect(message?.MessageAttributes).toMatchObject({
    severity: { Value: 'high' },
    detection: { Value: 'impossible-travel' },
  });
}, 20_000);

it('sends nothing when every handler runs again', async () => {
  expect(await round()).toEqual([]);
}, 20_000);

it('sends nothing when Okta lists the same records again under new links', async () => {
  okta.forgetCursors();
  expect(await round()).toEqual([]);
  expect(okta.requests.at(-1)).toContain('since=');
}, 20_000);
