/** The servers that have to behave alike: the twin, and DynamoDB Local where a folder with it is named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { asCaller } from './as-caller.ts';
import { startTwinAws, TWIN_REGION, type TableShape } from '../../../../lib/simulator/twin/aws/index.ts';

/** A record of a stream without what no two servers share. */
export interface Change {
  readonly eventName: string;
  readonly Keys: unknown;
  readonly OldImage?: unknown;
  readonly NewImage?: unknown;
}

interface StreamedRecord {
  readonly eventName: string;
  readonly dynamodb: Omit<Change, 'eventName'>;
}

export interface DynamoDbServer {
  readonly client: DynamoDBClient;
  readonly createTable: (shape: TableShape) => Promise<void>;
  /** Everything in a table's stream. */
  readonly changes: (table: string) => Promise<readonly Change[]>;
  readonly stop: () => Promise<void>;
}

export async function openTwin(): Promise<DynamoDbServer> {
  const twin = await startTwinAws();
  const client = new DynamoDBClient(asCaller(twin.endpoint, 'tester'));
  return {
    client,
    async createTable(shape) {
      await twin.createTable(shape);
    },
    async changes(table) {
      return (await twin.readStream(table, undefined, 10_000)).map(changeOf);
    },
    async stop() {
      client.destroy();
      await twin.stop();
    },
  };
}

/** @param folder - holds DynamoDBLocal.jar and DynamoDBLocal_lib; `java` is on the path */
export async function openDynamoDbLocal(folder: string): Promise<DynamoDbServer> {
  const port = await freePort();
  const java = spawn(
    'java',
    [
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      ...['-jar', join(folder, 'DynamoDBLocal.jar'), '-inMemory', '-sharedDb', '-disableTelemetry'],
      ...['-port', String(port)],
    ],
    { stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient(asCaller(endpoint, 'tester'));
  for (let tries = 0; ; tries++) {
    const answered = await client.send(new ListTablesCommand({})).catch((thrown: unknown) => thrown as Error);
    if (!(answered instanceof Error)) break;
    if (tries === 50) throw answered;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const streamArns = new Map<string, string>();
  return {
    client,
    async createTable({ StreamSpecification: stream, TimeToLiveSpecification: _, ...shape }) {
      const { TableDescription } = await client.send(
        new CreateTableCommand({
          ...(structuredClone(shape) as CreateTableCommand['input']),
          BillingMode: 'PAY_PER_REQUEST',
          ...(stream === undefined
            ? {}
            : { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
        }),
      );
      streamArns.set(shape.TableName, TableDescription?.LatestStreamArn ?? '');
    },
    changes: (table) => changesOf(endpoint, streamArns.get(table) ?? ''),
    async stop() {
      client.destroy();
      java.kill();
      await once(java, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function changesOf(endpoint: string, StreamArn: string): Promise<readonly Change[]> {
  const { StreamDescription } = await ask<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    endpoint,
    'DescribeStream',
    { StreamArn },
  );
  const changes: Change[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await ask<{ ShardIterator: string }>(endpoint, 'GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    const { Records } = await ask<{ Records: StreamedRecord[] }>(endpoint, 'GetRecords', { ShardIterator });
    changes.push(...Records.map(changeOf));
  }
  return changes;
}

async function ask<T>(endpoint: string, operation: string, input: object): Promise<T> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=tester/20260101/${TWIN_REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=unused`,
    },
    body: JSON.stringify(input),
  });
  return (await response.json()) as T;
}

function changeOf({ eventName, dynamodb: { Keys, OldImage, NewImage } }: StreamedRecord): Change {
  return {
    eventName,
    Keys,
    ...(OldImage === undefined ? {} : { OldImage }),
    ...(NewImage === undefined ? {} : { NewImage }),
  };
}
