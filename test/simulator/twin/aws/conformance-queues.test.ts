/** What the pipeline relies on of SQS, by the twin's clock. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { startTwinAws, type TwinAws } from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

const NOW = Date.UTC(2026, 10, 2, 12);

let twin: TwinAws;
let sqs: SQSClient;
let url: string;
let queues = 0;
beforeAll(async () => {
  twin = await startTwinAws();
  sqs = new SQSClient(asCaller(twin.endpoint, 'tester'));
  await twin.setNow(NOW);
});
afterAll(async () => {
  sqs.destroy();
  await twin.stop();
});
let name: string;
beforeEach(async () => {
  name = `queue-${++queues}`;
  ({ url } = await twin.createQueue(name, { VisibilityTimeout: '30' }));
});
let clock = NOW;
const pass = async (seconds: number): Promise<void> => twin.setNow((clock += seconds * 1_000));

const send = (MessageBody: string, DelaySeconds?: number): Promise<unknown> =>
  sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, DelaySeconds }));
const receive = async (QueueUrl = url): Promise<readonly Message[]> => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
    }),
  );
  return Messages;
};
const bodies = async (): Promise<readonly unknown[]> => (await receive()).map(({ Body }) => Body);

describe('a queue', () => {
  it('hides what was received until its timeout is over', async () => {
    await send('a');
    expect(await bodies()).toEqual(['a']);
    await pass(29);
    expect(await bodies()).toEqual([]);
    await pass(1);
    const [again] = await receive();
    expect(again?.Attributes).toEqual({
      ApproximateReceiveCount: '2',
      SentTimestamp: String(clock - 30_000),
    });
  });

  it('says how much is in it, and when more can be received', async () => {
    await send('a');
    await send('b');
    await send('later', 90);
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    const state = { visible: 1, inFlight: 1, delayed: 1, nextVisibleTime: clock + 30_000 };
    expect(await twin.queueState(name)).toEqual(state);
    await pass(30);
    const after = { visible: 2, inFlight: 0, delayed: 1, nextVisibleTime: clock + 60_000 };
    expect(await twin.queueState(name)).toEqual(after);
  });

  it('delays', async () => {
    await send('a', 60);
    expect(await bodies()).toEqual([]);
    await pass(60);
    expect(await bodies()).toEqual(['a']);
  });

  it('gives back what is made visible before its time', async () => {
    await send('a');
    await send('b');
    const [first] = await receive();
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(await bodies()).toEqual(['a']);
    expect(await twin.makeVisible(name)).toBe(2);
    expect((await bodies()).toSorted()).toEqual(['a', 'b']);
  });

  it('keeps of a batch what was not deleted', async () => {
    for (const body of ['a', 'b', 'c']) await send(body);
    const received = await receive();
    const Entries = received
      .slice(0, 2)
      .map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    await pass(30);
    expect(await bodies()).toEqual(['c']);
  });

  it('sets aside what was received too often', async () => {
    const dead = await twin.createQueue(`${name}-dead`);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    ({ url } = await twin.createQueue(`${name}-redriven`, { VisibilityTimeout: '30', RedrivePolicy }));
    await send('poison');
    for (let times = 0; times < 2; times++) {
      expect(await bodies()).toEqual(['poison']);
      await pass(30);
    }
    expect(await bodies()).toEqual([]);
    expect((await receive(dead.url)).map(({ Body }) => Body)).toEqual(['poison']);
  });

  it('takes no batch of more than ten, and says of each message whether it was taken', async () => {
    const entries = (count: number): { Id: string; MessageBody: string }[] =>
      Array.from({ length: count }, (_, index) => ({ Id: `${index}`, MessageBody: 'x' }));
    const answer = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries(10) }));
    expect(answer.Successful).toHaveLength(10);
    const tooMany = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries(11) });
    await expect(sqs.send(tooMany)).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
  });

  it('takes no message of more than a MiB', async () => {
    await expect(send('x'.repeat(1_048_577))).rejects.toThrow(/1048576/);
  });

  it('is found by its name', async () => {
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl).toBe(url);
    const unknown = new GetQueueUrlCommand({ QueueName: 'nowhere' });
    await expect(sqs.send(unknown)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  it('takes a receipt for a message that is gone', async () => {
    await send('a');
    const [message] = await receive();
    const remove = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle });
    await sqs.send(remove);
    await expect(sqs.send(remove)).resolves.toBeDefined();
  });
});
