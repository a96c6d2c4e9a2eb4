/** What notify relies on of SNS. */
import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startTwinAws, type TwinAws } from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

let twin: TwinAws;
let sns: SNSClient;
let sqs: SQSClient;
let topicArn: string;
let topics = 0;
let before: { readonly deliveries: number; readonly published: number };
beforeAll(async () => {
  twin = await startTwinAws();
  sns = new SNSClient(asCaller(twin.endpoint, 'notify'));
  sqs = new SQSClient(asCaller(twin.endpoint, 'tester'));
});
beforeEach(async () => {
  ({ arn: topicArn } = await twin.createTopic(`alerts-${++topics}`));
  const [deliveries, published] = await Promise.all([twin.deliveries(), twin.published()]);
  before = { deliveries: deliveries.length, published: published.length };
});
afterAll(async () => {
  for (const client of [sns, sqs]) client.destroy();
  await twin.stop();
});

const HIGH = { FilterPolicy: JSON.stringify({ severity: ['high', 'critical'] }) };
const publish = (
  severity: string | readonly string[],
  texts: object = { default: 'text' },
): Promise<unknown> =>
  sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: 'A subject',
      Message: JSON.stringify(texts),
      MessageStructure: 'json',
      MessageAttributes: {
        severity:
          typeof severity === 'string'
            ? { DataType: 'String', StringValue: severity }
            : { DataType: 'String.Array', StringValue: JSON.stringify(severity) },
      },
    }),
  );
const bodies = async (url: string): Promise<readonly unknown[]> => {
  const receive = new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 });
  return ((await sqs.send(receive)).Messages ?? []).map(({ Body }) => Body);
};

describe('a topic', () => {
  it('sends a queue what its filter policy lets through', async () => {
    const queue = await twin.createQueue(`subscriber-${topics}`);
    const attributes = { ...HIGH, RawMessageDelivery: 'true' };
    await twin.subscribe({ topicArn, protocol: 'sqs', endpoint: queue.arn, attributes });
    await publish('low');
    await publish('high', { default: 'one' });
    await publish(['low', 'critical'], { default: 'two' });
    await publish([], { default: 'none' });
    expect((await bodies(queue.url)).toSorted()).toEqual(['one', 'two']);
  });

  it('sends a queue the text that is meant for queues, in an envelope', async () => {
    const queue = await twin.createQueue(`subscriber-${topics}`);
    await twin.subscribe({ topicArn, protocol: 'sqs', endpoint: queue.arn });
    await publish('low', { default: 'others', sqs: 'queues' });
    const [body] = await bodies(queue.url);
    expect(JSON.parse(String(body))).toMatchObject({
      Type: 'Notification',
      TopicArn: topicArn,
      Subject: 'A subject',
      Message: 'queues',
    });
  });

  it('keeps what others would have got, each the text of its protocol', async () => {
    await twin.subscribe({ topicArn, protocol: 'email', endpoint: 'soc@example.com', attributes: HIGH });
    await twin.subscribe({ topicArn, protocol: 'https', endpoint: 'https://example.com/hook' });
    await publish('low', { default: 'd', email: 'mail', https: 'hook 1' });
    await publish('high', { default: 'd', email: 'mail', https: 'hook 2' });
    const deliveries = await twin.deliveries(before.deliveries);
    expect(deliveries.map(({ endpoint, message }) => [endpoint, message])).toEqual([
      ['https://example.com/hook', 'hook 1'],
      ['soc@example.com', 'mail'],
      ['https://example.com/hook', 'hook 2'],
    ]);
    const [, published] = await twin.published(before.published);
    expect(deliveries[1]).toMatchObject({ subject: 'A subject', messageId: published?.messageId });
    expect(published).toMatchObject({ topicArn, caller: 'notify', byProtocol: true });
  });

  it('sends the text for everybody where a protocol has none', async () => {
    await twin.subscribe({ topicArn, protocol: 'email', endpoint: 'soc@example.com' });
    await publish('low', { default: 'everybody' });
    expect(await twin.deliveries(before.deliveries)).toMatchObject([{ message: 'everybody' }]);
  });

  it('lists an address that has not confirmed as pending, sends it nothing, and lists nothing of ours', async () => {
    await twin.subscribe({ topicArn, protocol: 'email', endpoint: 'soc@example.com' });
    await twin.subscribe({ topicArn, protocol: 'email', endpoint: 'new@example.com', pending: true });
    const { Subscriptions = [] } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }),
    );
    const listed = Subscriptions.map(({ Endpoint, SubscriptionArn: arn }) => [
      Endpoint,
      arn?.startsWith('arn:'),
    ]);
    expect(new Map(listed as [string, boolean][])).toEqual(
      new Map([
        ['soc@example.com', true],
        ['new@example.com', false],
      ]),
    );
    await publish('low');
    expect((await twin.deliveries(before.deliveries)).map(({ endpoint }) => endpoint)).toEqual([
      'soc@example.com',
    ]);
  });

  it.each([
    ['a subject with a line break', { Subject: 'a\nb' }],
    ['a subject of 100 characters', { Subject: 'x'.repeat(100) }],
    ['a subject in another script', { Subject: 'Zoë' }],
    ['texts without one for everybody', { Message: '{"email":"x"}', MessageStructure: 'json' }],
    ['texts that are no JSON', { Message: 'x', MessageStructure: 'json' }],
    ['more than 256 KiB', { Message: 'x'.repeat(262_145) }],
  ])('refuses %s', async (_, wrong) => {
    const publishing = new PublishCommand({ TopicArn: topicArn, Message: 'x', ...wrong });
    await expect(sns.send(publishing)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect(await twin.published(before.published)).toEqual([]);
  });

  it('refuses a message for a topic that is not there', async () => {
    const publishing = new PublishCommand({ TopicArn: `${topicArn}-2`, Message: 'x' });
    await expect(sns.send(publishing)).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
