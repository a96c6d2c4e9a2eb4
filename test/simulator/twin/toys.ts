/** Small twins: an assembly of one stack with toy functions, written as CDK would write it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  deployTwin,
  NO_MISCHIEF,
  TwinClock,
  type Twin,
  type TwinOptions,
} from '../../../lib/simulator/twin/index.ts';
import type { Resource, Template } from '../../../lib/simulator/twin/templates/assembly.ts';

/** When every toy twin is deployed. */
export const DEPLOYED = Date.UTC(2026, 10, 2, 12);

type Resources = Readonly<Record<string, Resource>>;

/** Writes an assembly of one stack, `Toy`, and gives its folder. */
export function assemblyOf(resources: Resources, outputs: Template['Outputs'] = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-toy-'));
  const manifest = {
    artifacts: {
      Toy: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Toy.template.json' } },
    },
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(
    join(folder, 'Toy.template.json'),
    JSON.stringify({ Resources: resources, Outputs: outputs }),
  );
  return folder;
}

const running: Twin[] = [];

export async function toyTwin(resources: Resources, over: Partial<TwinOptions> = {}): Promise<Twin> {
  const twin = await deployTwin({
    clock: new TwinClock(DEPLOYED),
    deploy: { assembly: assemblyOf(resources) },
    functionsDirectory: join(import.meta.dirname, 'handlers'),
    mischief: NO_MISCHIEF,
    ...over,
  });
  running.push(twin);
  return twin;
}

/** Ends all twins of a test. */
export async function stopToys(): Promise<void> {
  for (const twin of running.splice(0)) await twin.stop();
}

/** A function `Toy` that may do anything. */
export function toyFunction(properties: Resource['Properties'] = {}, file = 'toy'): Resources {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Policies: [
          {
            PolicyName: 'All',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
          },
        ],
      },
    },
    Toy: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'ringer:file': file },
      Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, MemorySize: 256, ...properties },
    },
  };
}

export const TABLE: Resource = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};

export async function send(twin: Twin, queue: string, ...bodies: readonly string[]): Promise<void> {
  const sqs = new SQSClient({
    endpoint: twin.aws.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (const MessageBody of bodies)
    await sqs.send(
      new SendMessageCommand({ QueueUrl: `${twin.aws.endpoint}/000000000000/${queue}`, MessageBody }),
    );
}

/** Writes items whose attribute `do` says what is to be done. */
export async function put(twin: Twin, table: string, ...orders: readonly string[]): Promise<void> {
  for (const [index, order] of orders.entries())
    await twin
      .table(table)
      .client.send(
        new PutItemCommand({ TableName: table, Item: { pk: { S: String(index) }, do: { S: order } } }),
      );
}

/** What each invocation was told, by its records. */
export function told(twin: Twin): readonly (readonly string[])[] {
  return twin.invocations.map(({ event }) =>
    (event as { Records: { body?: string; dynamodb?: { NewImage: { do: { S: string } } } }[] }).Records.map(
      ({ body, dynamodb }) => body ?? dynamodb?.NewImage.do.S ?? '',
    ),
  );
}
