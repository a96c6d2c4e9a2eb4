/** DynamoDB, SQS, SNS, S3, EventBridge and Secrets Manager on this machine, found by the SDK through its own environment variables. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  CreateTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import dynalite from 'dynalite';

interface BusEvent {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

export class LocalAws {
  readonly secrets = new Map<string, string>();
  /** What was put on the event bus, in order. */
  readonly busEvents: BusEvent[] = [];
  /** Whether the event bus takes nothing more. */
  busIsFull = false;
  /** For each of the next requests to DynamoDB, whether it is refused for lack of capacity. */
  throttles: boolean[] = [];
  readonly #servers: Server[] = [];
  #fauxqs: ChildProcess | undefined;

  /** Starts DynamoDB, EventBridge and Secrets Manager, and points the SDK of this process at them. */
  async start(): Promise<void> {
    process.env['AWS_REGION'] = 'eu-central-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    process.env['POWERTOOLS_DEV'] = 'false';
    process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
    process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = await this.#listen(this.#dynamo());
    process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = await this.#listen(secretsManager(this.secrets));
    process.env['AWS_ENDPOINT_URL_EVENTBRIDGE'] = await this.#listen(this.#eventBus());
  }

  /** Starts SQS, SNS and S3 too. */
  async startQueues(): Promise<void> {
    const child = spawn(process.execPath, [join('test', 'support', 'fauxqs.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#fauxqs = child;
    const port = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`fauxqs ended with ${code}`)));
    });
    for (const service of ['SQS', 'SNS', 'S3']) {
      process.env[`AWS_ENDPOINT_URL_${service}`] = `http://127.0.0.1:${port}`;
    }
  }

  async stop(): Promise<void> {
    this.#fauxqs?.kill();
    await Promise.all(
      this.#servers.map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  /** Makes a table with the keys that every table of ours has. */
  async createTable(name: string): Promise<string> {
    const client = new DynamoDBClient({});
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    // dynalite answers before the table can be used, if only by a moment.
    const describe = new DescribeTableCommand({ TableName: name });
    while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await setImmediate();
    return name;
  }

  async createQueue(name: string): Promise<string> {
    const { QueueUrl } = await new SQSClient({}).send(new CreateQueueCommand({ QueueName: name }));
    // The emulator names a host that does not resolve everywhere; it answers by the path alone.
    const path = /\/\d{12}\/.+$/.exec(QueueUrl ?? '')?.[0] ?? '';
    return `${process.env['AWS_ENDPOINT_URL_SQS']}${path}`;
  }

  /** Makes a topic, and a queue that gets what is published there as it is. */
  async createTopic(name: string): Promise<{ arn: string; subscribedQueueUrl: string }> {
    const [sns, sqs] = [new SNSClient({}), new SQSClient({})];
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name }));
    const subscribedQueueUrl = await this.createQueue(`${name}-subscriber`);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: subscribedQueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: Attributes?.['QueueArn'],
        ReturnSubscriptionArn: true,
      }),
    );
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'RawMessageDelivery',
        AttributeValue: 'false',
      }),
    );
    return { arn: TopicArn ?? '', subscribedQueueUrl };
  }

  /** Takes every message out of a queue. */
  async drain(queueUrl: string): Promise<readonly Message[]> {
    const sqs = new SQSClient({});
    const all: Message[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
      );
      if (Messages.length === 0) return all;
      for (const { ReceiptHandle } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
      all.push(...Messages);
    }
  }

  async createBucket(name: string): Promise<string> {
    await new S3Client({}).send(new CreateBucketCommand({ Bucket: name }));
    return name;
  }

  /** Every object of a bucket, by name, in the order of the names. */
  async objects(bucket: string): Promise<ReadonlyMap<string, Buffer>> {
    const s3 = new S3Client({});
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    const all = new Map<string, Buffer>();
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      all.set(Key, Buffer.from((await Body?.transformToByteArray()) ?? []));
    }
    return all;
  }

  /** Every line of a bucket's compressed objects, parsed. */
  async lines(bucket: string, prefix: string): Promise<readonly Record<string, unknown>[]> {
    const objects = [...(await this.objects(bucket))].filter(([name]) => name.startsWith(prefix));
    return objects.flatMap(([, body]) =>
      gunzipSync(body)
        .toString()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
  }

  /** Answers PutEvents, which is all we ask. */
  #eventBus(): Server {
    return jsonServer((input) => {
      const entries = input['Entries'] as readonly BusEvent[];
      if (this.busIsFull) {
        const refused = { ErrorCode: 'ThrottlingException', ErrorMessage: 'too much at once' };
        return [200, { FailedEntryCount: entries.length, Entries: entries.map(() => refused) }];
      }
      this.busEvents.push(...entries);
      return [200, { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'test' })) }];
    });
  }

  #dynamo(): Server {
    const server = dynalite({ createTableMs: 0 });
    const [answer] = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.throttles.shift() !== true) return answer?.(request, response);
      request.resume();
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      const __type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
      response.end(JSON.stringify({ __type, message: 'too much at once' }));
    });
    return server;
  }

  async #listen(server: Server): Promise<string> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

/** Answers GetSecretValue, which is all we ask. */
function secretsManager(secrets: ReadonlyMap<string, string>): Server {
  return jsonServer(({ SecretId }) => {
    const SecretString = secrets.get(SecretId as string);
    return SecretString === undefined
      ? [400, { __type: 'ResourceNotFoundException', message: 'no value' }]
      : [200, { Name: SecretId, SecretString }];
  });
}

/** A service of the JSON protocol with one operation. */
function jsonServer(answer: (input: Readonly<Record<string, unknown>>) => readonly [number, object]): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const [status, body] = answer(JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
}
