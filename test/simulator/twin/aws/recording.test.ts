import {
  BatchWriteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutEventsCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  startTwinAws,
  TWIN_ACCOUNT_ID,
  TWIN_REGION,
  type TwinAws,
} from '../../../../lib/simulator/twin/aws/index.ts';
import { asCaller } from './as-caller.ts';

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${TWIN_REGION}:${TWIN_ACCOUNT_ID}:${resource}`;
const table = (TableName: string): Parameters<TwinAws['createTable']>[0] => ({
  TableName,
  AttributeDefinitions: ['pk', 'status'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-status',
      KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
});

let twin: TwinAws;
let options: ReturnType<typeof asCaller>;
let before: number;
beforeAll(async () => {
  twin = await startTwinAws();
  options = asCaller(twin.endpoint, 'detect~7');
  for (const name of ['alerts', 'ledger']) await twin.createTable(table(name));
});
beforeEach(async () => {
  before = (await twin.calls()).length;
});
afterAll(() => twin.stop());

const recorded = async (): Promise<readonly unknown[]> =>
  (await twin.calls(before)).map(({ action, resources }) => [action, ...resources]);

describe('a call', () => {
  it('is recorded with who made it, when, and how it ended', async () => {
    const now = Date.UTC(2026, 10, 2);
    await twin.setNow(now);
    const put = new PutItemCommand({
      TableName: 'alerts',
      Item: { pk: { S: 'a' } },
      ConditionExpression: 'attribute_exists(pk)',
    });
    await expect(new DynamoDBClient(options).send(put)).rejects.toThrow('conditional');
    expect(await twin.calls(before)).toEqual([
      {
        caller: 'detect',
        run: '7',
        action: 'dynamodb:PutItem',
        resources: [arn('dynamodb', 'table/alerts')],
        time: now,
        outcome: 'ConditionalCheckFailedException',
      },
    ]);
  });

  it('to DynamoDB names each table, and the index it asks', async () => {
    const client = new DynamoDBClient(options);
    const item = { PutRequest: { Item: { pk: { S: 'a' } } } };
    await client.send(new BatchWriteItemCommand({ RequestItems: { alerts: [item], ledger: [item] } }));
    await client.send(
      new QueryCommand({
        TableName: 'alerts',
        IndexName: 'by-status',
        KeyConditionExpression: '#status = :open',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':open': { S: 'open' } },
      }),
    );
    expect(await recorded()).toEqual([
      ['dynamodb:BatchWriteItem', arn('dynamodb', 'table/alerts'), arn('dynamodb', 'table/ledger')],
      ['dynamodb:Query', arn('dynamodb', 'table/alerts/index/by-status')],
    ]);
  });

  it('to a queue has the name IAM knows, batch or not', async () => {
    const { url: QueueUrl } = await twin.createQueue('events');
    const sqs = new SQSClient(options);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', ReceiptHandle: 'b' }] }));
    expect(await recorded()).toEqual([
      ['sqs:SendMessage', arn('sqs', 'events')],
      ['sqs:DeleteMessage', arn('sqs', 'events')],
    ]);
  });

  it('to S3 names the object, or the bucket that is listed', async () => {
    await twin.createBucket('archive');
    const s3 = new S3Client(options);
    const at = { Bucket: 'archive', Key: 'day=1/a b' };
    await s3.send(new PutObjectCommand({ ...at, Body: 'x' }));
    await s3.send(new GetObjectCommand(at));
    await s3.send(new ListObjectsV2Command({ Bucket: 'archive', Prefix: 'day' }));
    await s3.send(new DeleteObjectsCommand({ Bucket: 'archive', Delete: { Objects: [{ Key: at.Key }] } }));
    expect(await recorded()).toEqual([
      ['s3:PutObject', 'arn:aws:s3:::archive/day=1/a b'],
      ['s3:GetObject', 'arn:aws:s3:::archive/day=1/a b'],
      ['s3:ListBucket', 'arn:aws:s3:::archive'],
      ['s3:DeleteObject', 'arn:aws:s3:::archive/day=1/a b'],
    ]);
  });

  it('to topics, secrets and buses names them', async () => {
    const { arn: topic } = await twin.createTopic('alerts');
    const { arn: secret } = await twin.putSecret('ringer/okta', 'token');
    await new SNSClient(options).send(new PublishCommand({ TopicArn: topic, Message: 'x' }));
    await new SecretsManagerClient(options).send(new GetSecretValueCommand({ SecretId: 'ringer/okta' }));
    const Entries = [{ Source: 'ringer', DetailType: 'x', Detail: '{}' }];
    await new EventBridgeClient(options).send(new PutEventsCommand({ Entries }));
    expect(await recorded()).toEqual([
      ['sns:Publish', topic],
      ['secretsmanager:GetSecretValue', secret],
      ['events:PutEvents', arn('events', 'event-bus/default')],
    ]);
  });

  it('that is not signed is refused', async () => {
    expect((await fetch(twin.endpoint, { method: 'POST' })).status).toBe(403);
  });

  it('for a service that is not here fails, and is recorded all the same', async () => {
    const authorization = `AWS4-HMAC-SHA256 Credential=a/20260101/${TWIN_REGION}/kinesis/aws4_request`;
    const response = await fetch(twin.endpoint, { headers: { authorization } });
    expect(await response.text()).toContain('the twin has no service kinesis');
    expect(await twin.calls(before)).toMatchObject([
      { caller: 'a', action: 'kinesis:*', resources: ['*'], outcome: 'TwinFailed' },
    ]);
  });

  it('for an operation that is not here fails with its name', async () => {
    const response = await fetch(twin.endpoint, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${TWIN_REGION}/dynamodb/aws4_request`,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.TransactWriteItems',
      },
      body: '{}',
    });
    expect(await response.json()).toEqual({
      __type: 'UnknownOperationException',
      message: 'the twin has no TransactWriteItems',
    });
  });
});

describe('capacity', () => {
  const unitsOf = async (...callers: string[]): Promise<readonly unknown[]> =>
    (await twin.capacity()).filter(({ caller }) => callers.includes(caller));

  it('is added up by caller, table and index', async () => {
    const client = new DynamoDBClient(asCaller(twin.endpoint, 'evidence'));
    for (const status of ['open', 'closed']) {
      await client.send(
        new PutItemCommand({ TableName: 'alerts', Item: { pk: { S: 'capacity' }, status: { S: status } } }),
      );
    }
    await new DynamoDBClient(asCaller(twin.endpoint, 'sweep')).send(
      new QueryCommand({
        TableName: 'alerts',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'nobody' } },
      }),
    );
    expect(await unitsOf('evidence', 'sweep')).toEqual([
      { caller: 'evidence', table: 'alerts', index: undefined, readUnits: 0, writeUnits: 2 },
      { caller: 'evidence', table: 'alerts', index: 'by-status', readUnits: 0, writeUnits: 3 },
      { caller: 'sweep', table: 'alerts', index: undefined, readUnits: 0.5, writeUnits: 0 },
    ]);
  });

  it('counts a write that was refused', async () => {
    const put = new PutItemCommand({
      TableName: 'alerts',
      Item: { pk: { S: 'refused' }, body: { S: 'x'.repeat(3_000) } },
      ConditionExpression: 'attribute_exists(pk)',
    });
    await expect(new DynamoDBClient(asCaller(twin.endpoint, 'tick')).send(put)).rejects.toThrow(
      'conditional',
    );
    expect(await unitsOf('tick')).toMatchObject([{ writeUnits: 3 }]);
  });
});
