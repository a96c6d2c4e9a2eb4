/** A new table for each test, on each server that has to behave alike. */
import {
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
  type PutItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { TableShape } from '../../../../lib/simulator/twin/aws/index.ts';
import { openDynamoDbLocal, openTwin, type Change, type DynamoDbServer } from './dynamodb-servers.ts';

export type Item = Record<string, AttributeValue>;

export const S = (text: string): AttributeValue => ({ S: text });
export const N = (number: number): AttributeValue => ({ N: String(number) });
/** The key of an item; all are in one partition. */
export const key = (sk: string): Item => ({ pk: S('p'), sk: S(sk) });

export class TableUnderTest {
  readonly client: DynamoDBClient;
  readonly name: string;
  readonly #server: DynamoDbServer;

  constructor(server: DynamoDbServer, name: string) {
    this.client = server.client;
    this.name = name;
    this.#server = server;
  }

  /** Puts the item `a`, or another whose key is given. */
  put(item: Item, more: Partial<PutItemCommandInput> = {}): Promise<unknown> {
    const Item = { ...key('a'), ...item };
    return this.client.send(new PutItemCommand({ TableName: this.name, Item, ...more }));
  }

  /** Updates the item `a`. @returns the whole of it afterwards */
  async update(
    UpdateExpression: string,
    values: Item | undefined,
    more: Partial<UpdateItemCommandInput> = {},
  ): Promise<Item | undefined> {
    const { Attributes } = await this.client.send(
      new UpdateItemCommand({
        TableName: this.name,
        Key: key('a'),
        UpdateExpression,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
        ...more,
      }),
    );
    return Attributes;
  }

  async get(): Promise<Item | undefined> {
    const input = { TableName: this.name, Key: key('a'), ConsistentRead: true };
    return (await this.client.send(new GetItemCommand(input))).Item;
  }

  changes(): Promise<readonly Change[]> {
    return this.#server.changes(this.name);
  }
}

const SHAPE: Omit<TableShape, 'TableName'> = {
  AttributeDefinitions: ['pk', 'sk', 'status', 'time', 'kind'].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-status',
      KeySchema: [
        { AttributeName: 'status', KeyType: 'HASH' },
        { AttributeName: 'time', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'by-kind',
      KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

/** Says how a table behaves, on the twin and, where `RINGER_DYNAMODB_LOCAL` names its folder, on AWS's own server. */
export function describeTable(behaviour: (table: () => TableUnderTest) => void): void {
  const local = process.env['RINGER_DYNAMODB_LOCAL'];
  const servers: [string, () => Promise<DynamoDbServer>][] = [['the twin', openTwin]];
  if (local !== undefined) servers.push(['DynamoDB Local', () => openDynamoDbLocal(local)]);
  describe.each(servers)('%s', (_, open) => {
    let server: DynamoDbServer;
    let table: TableUnderTest;
    let tables = 0;
    beforeAll(async () => {
      server = await open();
    });
    afterAll(() => server.stop());
    beforeEach(async () => {
      const TableName = `table-${++tables}`;
      await server.createTable({ TableName, ...SHAPE });
      table = new TableUnderTest(server, TableName);
    });
    behaviour(() => table);
  });
}
