/** DynamoDB, SQS, SNS and Secrets Manager on this machine, found by the SDK through its own environment variables. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

export class LocalAws {
  readonly secrets = new Map<string, string>();
  readonly #servers: Server[] = [];
  #fauxqs: ChildProcess | undefined;

  /** Starts DynamoDB and Secrets Manager, and points the SDK of this process at them. */
  async start(): Promise<void> {
    process.env['AWS_REGION'] = 'eu-central-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'test';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
    process.env['POWERTOOLS_DEV'] = 'false';
    process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
    process.env['AWS_ENDPOINT_URL_DYNAMODB'] = await this.#listen(dynalite({ createTableMs: 0 }));
    process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = await this.#listen(secretsManager(this.secrets));
  }

  /** Starts SQS and SNS too. */
  async startQueues(): Promise<void> {
    const child = spawn(process.execPath, [join('test', 'support', 'fauxqs.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#fauxqs = child;
    const port = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`fauxqs ended with ${code}`)));
    });
    process.env['AWS_ENDPOINT_URL_SQS'] = process.env['AWS_ENDPOINT_URL_SNS'] = `http://127.0.0.1:${port}`;
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
    await new DynamoDBClient({}).send(
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

  async #listen(server: Server): Promise<string> {
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

/** Answers GetSecretValue, which is all we ask. */
function secretsManager(secrets: ReadonlyMap<string, string>): Server {
  return createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { SecretId } = JSON.parse(Buffer.concat(parts).toString()) as { SecretId: string };
      const SecretString = secrets.get(SecretId);
      const [status, body] =
        SecretString === undefined
          ? [400, { __type: 'ResourceNotFoundException', message: 'no value' }]
          : [200, { Name: SecretId, SecretString }];
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(body));
    });
  });
}
