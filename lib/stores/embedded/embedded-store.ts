/**
 * The store without an AWS account: the same tables and the same code, against a DynamoDB that lives in this process and
 * keeps its items in a folder. It listens on a free port of the loopback interface while it is open.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  type CreateTableCommandInput,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { ALERT_INDEX_SHAPES, ALERT_KEY_ATTRIBUTES } from '../../config/alert-indexes.ts';
import { KEY } from '../../config/names.ts';
import { messageOf, RingerError } from '../../core/errors.ts';
import { documents, type Table } from '../table.ts';
import { lockFolder } from './store-lock.ts';

export interface EmbeddedStore {
  readonly alerts: Table;
  readonly ledger: Table;
  readonly directory: Table;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store in a folder, and makes both where there are none.
 *
 * @throws STORE_FAILED when another command has it open, or the folder cannot be written to
 */
export async function openEmbeddedStore(directory: string): Promise<EmbeddedStore> {
  try {
    // Alerts name people: nobody else on the machine may read them.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new RingerError('STORE_FAILED', `${directory}: ${messageOf(cause)}`, { cause });
  }
  const unlock = lockFolder(directory);
  const accessKeyId = randomBytes(16).toString('hex');
  const server = onlyFor(accessKeyId, dynalite({ path: join(directory, 'tables'), createTableMs: 0 }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new DynamoDBClient({
    region: 'local',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId, secretAccessKey: 'unused' },
  });
  const close = async (): Promise<void> => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    unlock();
  };
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    for (const shape of [ALERTS, keysOnly('ledger'), keysOnly('directory')]) {
      if (!TableNames.includes(shape.TableName ?? '')) await createTable(client, shape);
    }
  } catch (cause) {
    await close();
    throw new RingerError('STORE_FAILED', `${directory}: ${messageOf(cause)}`, { cause });
  }
  const open = documents(client);
  return {
    alerts: { client: open, name: 'alerts' },
    ledger: { client: open, name: 'ledger' },
    directory: { client: open, name: 'directory' },
    close,
  };
}

async function createTable(client: DynamoDBClient, shape: CreateTableCommandInput): Promise<void> {
  await client.send(new CreateTableCommand(shape));
  // dynalite answers before the table can be used, if only by a moment.
  const describe = new DescribeTableCommand({ TableName: shape.TableName });
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await setImmediate();
}

/** The port is anybody's on this machine; whoever does not know the key is turned away. */
function onlyFor(accessKeyId: string, server: Server): Server {
  const [answer] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.headers.authorization?.includes(`Credential=${accessKeyId}/`) === true)
      answer?.(request, response);
    else response.writeHead(403).end();
  });
  return server;
}

const KEYS: Pick<CreateTableCommandInput, 'BillingMode' | 'KeySchema'> = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: KEY.partition, KeyType: 'HASH' },
    { AttributeName: KEY.sort, KeyType: 'RANGE' },
  ],
};

function keysOnly(name: string): CreateTableCommandInput {
  return {
    ...KEYS,
    TableName: name,
    AttributeDefinitions: [KEY.partition, KEY.sort].map((key) => ({
      AttributeName: key,
      AttributeType: 'S',
    })),
  };
}

const ALERTS: CreateTableCommandInput = {
  ...KEYS,
  TableName: 'alerts',
  AttributeDefinitions: ALERT_KEY_ATTRIBUTES.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  GlobalSecondaryIndexes: ALERT_INDEX_SHAPES.map(({ indexName, keySchema }) => ({
    IndexName: indexName,
    KeySchema: keySchema.map(({ attributeName, keyType }) => ({
      AttributeName: attributeName,
      KeyType: keyType,
    })),
    Projection: { ProjectionType: 'KEYS_ONLY' },
  })),
};
