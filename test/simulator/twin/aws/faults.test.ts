import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  startTwinAws,
  type Fault,
  type Killed,
  type TwinAws,
} from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

let twin: TwinAws;
let options: ReturnType<typeof asCaller> & { readonly maxAttempts: number };
let client: DynamoDBClient;
let pk: string;
let tests = 0;
let callsBefore: number;
beforeAll(async () => {
  twin = await startTwinAws();
  options = { ...asCaller(twin.endpoint, 'detect~1'), maxAttempts: 1 };
  client = new DynamoDBClient(options);
  await twin.createTable({
    TableName: 'ledger',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
});
beforeEach(async () => {
  await twin.clearFaults();
  pk = `item-${++tests}`;
  callsBefore = (await twin.calls()).length;
});
afterAll(async () => {
  client.destroy();
  await twin.stop();
});

const add = (by = client): Promise<unknown> =>
  by.send(
    new UpdateItemCommand({
      TableName: 'ledger',
      Key: { pk: { S: pk } },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
const count = async (): Promise<number> => {
  const get = new GetItemCommand({ TableName: 'ledger', Key: { pk: { S: pk } } });
  const { Item } = await new DynamoDBClient(asCaller(twin.endpoint, 'tester')).send(get);
  return Number(Item?.['n']?.N ?? 0);
};

describe('a fault', () => {
  it('throttles as each service does, so that the SDK tries again', async () => {
    await twin.createBucket('archive');
    const { url: QueueUrl } = await twin.createQueue('events');
    const { arn: TopicArn } = await twin.createTopic('alerts');
    await twin.inject({ kind: 'throttle', caller: 'detect', times: 4 });
    const names = await Promise.all(
      [
        add(),
        new SQSClient(options).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
        new SNSClient(options).send(new PublishCommand({ TopicArn, Message: 'x' })),
        new S3Client(options).send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'x' })),
      ].map((sent) =>
        sent.then(
          () => 'ok',
          (thrown: Error) => thrown.name,
        ),
      ),
    );
    expect(names).toEqual([
      'ProvisionedThroughputExceededException',
      'RequestThrottled',
      'ThrottledException',
      'SlowDown',
    ]);
    await twin.inject({ kind: 'throttle', times: 1 });
    await add(new DynamoDBClient({ ...options, maxAttempts: 3 }));
    expect(await count()).toBe(1);
  });

  it('answers 500', async () => {
    await twin.inject({ kind: 'server-error', times: 1 });
    await expect(add()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await add();
    expect(await count()).toBe(1);
  });

  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ] as const)('breaks the connection: %s the call takes effect', async (kind, written) => {
    await twin.inject({ kind, times: 1 });
    await expect(add()).rejects.toThrow('socket hang up');
    expect(await count()).toBe(written);
    expect((await twin.calls(callsBefore))[0]).toMatchObject({ outcome: 'reset' });
  });

  it('befalls whom, what and where it is meant for, as often as it is meant to', async () => {
    await twin.inject({ kind: 'throttle', caller: 'sweep' });
    await twin.inject({ kind: 'throttle', action: 'dynamodb:Put' });
    await twin.inject({ kind: 'throttle', resource: 'table/alerts' });
    await twin.inject({ kind: 'throttle', action: 'dynamodb:', after: 2, times: 1 });
    const outcomes: boolean[] = [];
    for (let times = 0; times < 4; times++)
      outcomes.push(
        await add().then(
          () => true,
          () => false,
        ),
      );
    expect(outcomes).toEqual([true, true, false, true]);
    await twin.inject({ kind: 'throttle' });
    await twin.clearFaults();
    await add();
  });

  it('befalls a share of calls, the same ones each time', async () => {
    const outcomes = async (fault: Partial<Fault>): Promise<string> => {
      await twin.clearFaults();
      await twin.inject({ kind: 'throttle', share: 0.5, ...fault });
      let text = '';
      for (let times = 0; times < 20; times++)
        text += await add().then(
          () => '.',
          () => 'x',
        );
      return text;
    };
    const first = await outcomes({ seed: 1 });
    expect(first).toMatch(/^(?=.*\.)(?=.*x)/);
    expect(await outcomes({ seed: 1 })).toBe(first);
    expect(await outcomes({ seed: 2 })).not.toBe(first);
  });

  describe('that is partial', () => {
    beforeEach(() => twin.inject({ kind: 'partial', times: 1 }));

    it('leaves half of what is written to DynamoDB', async () => {
      const requests = ['a', 'b', 'c'].map((S) => ({ PutRequest: { Item: { pk: { S } } } }));
      const write = new BatchWriteItemCommand({ RequestItems: { ledger: requests } });
      expect((await client.send(write)).UnprocessedItems).toEqual({ ledger: [requests[2]] });
    });

    it('leaves half of what is read from DynamoDB, with what was asked of it', async () => {
      const ledger = { Keys: ['a', 'b'].map((S) => ({ pk: { S } })), ConsistentRead: true };
      const { UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems: { ledger } }));
      expect(UnprocessedKeys).toEqual({ ledger: { Keys: [{ pk: { S: 'b' } }], ConsistentRead: true } });
    });

    it('leaves half of what is sent to a queue', async () => {
      const { url: QueueUrl } = await twin.createQueue('half');
      const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id }));
      const answer = await new SQSClient(options).send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      expect(answer.Successful).toMatchObject([{ Id: 'a' }]);
      expect(answer.Failed).toMatchObject([{ Id: 'b', SenderFault: false }]);
      expect(await twin.queueState('half')).toMatchObject({ visible: 1 });
    });

    it('leaves half of what is put on a bus', async () => {
      const Entries = ['a', 'b'].map((Source) => ({ Source, DetailType: 'x', Detail: '{}' }));
      const answer = await new EventBridgeClient(options).send(new PutEventsCommand({ Entries }));
      expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'InternalFailure' }] });
      expect(await twin.busEvents()).toMatchObject([{ source: 'a' }]);
    });

    it('does the one thing that is asked', async () => {
      await add();
      expect(await count()).toBe(1);
    });
  });
});

describe('a kill', () => {
  it.each([
    ['before', 1],
    ['after', 2],
  ] as const)(
    'stops the caller %s its n-th call took effect, and tells who it was',
    async (when, written) => {
      const killed = new Promise<Killed>((resolve) => twin.onKill(resolve));
      await twin.killAt('detect', 2, when);
      await add();
      const abort = new AbortController();
      const hanging = client.send(
        new UpdateItemCommand({
          TableName: 'ledger',
          Key: { pk: { S: pk } },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
        { abortSignal: abort.signal },
      );
      const ended = expect(hanging).rejects.toThrow();
      expect(await killed).toEqual({ caller: 'detect', run: '1', action: 'dynamodb:UpdateItem', when });
      abort.abort();
      await ended;
      expect(await count()).toBe(written);
      await add();
      expect((await twin.calls(callsBefore)).map(({ outcome }) => outcome)).toEqual([
        'ok',
        'killed',
        'ok',
        'ok',
      ]);
    },
  );

  it('counts the calls of its caller alone', async () => {
    await twin.killAt('sweep', 1, 'before');
    await add();
    expect(await count()).toBe(1);
  });
});

describe('the twin', () => {
  it('answers no question after it has ended', async () => {
    const other = await startTwinAws();
    await other.stop();
    await expect(other.calls()).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('says what it cannot do', async () => {
    await expect(twin.queueState('nowhere')).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('nowhere') as string,
    });
  });
});
