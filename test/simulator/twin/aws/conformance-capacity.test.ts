/** Capacity as DynamoDB counts it, indexes included. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describeTable, key, S, type Item } from './table-under-test.ts';

describeTable((table) => {
  describe('capacity', () => {
    const INDEXES = { ReturnConsumedCapacity: 'INDEXES' } as const;
    const units = (answer: unknown): unknown => {
      const {
        CapacityUnits,
        Table,
        GlobalSecondaryIndexes: indexes,
      } = (
        answer as {
          ConsumedCapacity: {
            CapacityUnits?: number;
            Table?: { CapacityUnits?: number };
            GlobalSecondaryIndexes?: Record<string, { CapacityUnits?: number }>;
          };
        }
      ).ConsumedCapacity;
      const each = Object.entries(indexes ?? {}).map(([name, index]) => [name, index.CapacityUnits]);
      return { all: CapacityUnits, table: Table?.CapacityUnits, ...Object.fromEntries(each) };
    };
    const updated = (expression: string, values: Item): Promise<unknown> =>
      table().client.send(
        new UpdateItemCommand({
          TableName: table().name,
          Key: key('a'),
          UpdateExpression: expression,
          ExpressionAttributeNames: expression.includes('#s') ? { '#s': 'status' } : undefined,
          ExpressionAttributeValues: values,
          ...INDEXES,
        }),
      );
    const indexed = { status: S('open'), time: S('1'), kind: S('k') };

    it('counts a write by the KiB, and each index that holds the item', async () => {
      expect(units(await table().put({}, INDEXES))).toEqual({ all: 1, table: 1 });
      expect(
        units(await table().put({ sk: S('b'), ...indexed, body: S('x'.repeat(2_000)) }, INDEXES)),
      ).toEqual({
        all: 5,
        table: 2,
        'by-status': 1,
        'by-kind': 2,
      });
    });

    it('counts no index that does not change', async () => {
      await table().put(indexed);
      expect(units(await updated('SET body = :x', { ':x': S('x') }))).toEqual({
        all: 2,
        table: 1,
        'by-kind': 1,
      });
      expect(units(await updated('SET body = :x', { ':x': S('x') }))).toEqual({ all: 1, table: 1 });
    });

    it('counts an index twice when its key changes', async () => {
      await table().put({ status: S('open'), time: S('1') });
      expect(units(await updated('SET #s = :s', { ':s': S('closed') }))).toEqual({
        all: 3,
        table: 1,
        'by-status': 2,
      });
    });

    it('counts the larger of the item before and after', async () => {
      await table().put({ body: S('x'.repeat(3_500)) });
      expect(units(await table().put({}, INDEXES))).toEqual({ all: 4, table: 4 });
    });

    it('counts a delete like a write, and one of nothing as one', async () => {
      await table().put({ ...indexed, body: S('x'.repeat(1_500)) });
      const remove = (): Promise<unknown> =>
        table().client.send(new DeleteItemCommand({ TableName: table().name, Key: key('a'), ...INDEXES }));
      expect(units(await remove())).toEqual({ all: 5, table: 2, 'by-status': 1, 'by-kind': 2 });
      expect(units(await remove())).toEqual({ all: 1, table: 1 });
    });

    it('counts a read by 4 KiB, and half when it need not be consistent', async () => {
      await table().put({ body: S('x'.repeat(5_000)) });
      const read = (ConsistentRead: boolean): Promise<unknown> =>
        table().client.send(
          new GetItemCommand({ TableName: table().name, Key: key('a'), ConsistentRead, ...INDEXES }),
        );
      expect(units(await read(true))).toEqual({ all: 2, table: 2 });
      expect(units(await read(false))).toEqual({ all: 1, table: 1 });
    });

    it('counts a query by the sum of what it reads', async () => {
      for (const sk of ['a', 'b', 'c']) await table().put({ sk: S(sk), body: S('x'.repeat(1_500)) });
      const answer = await table().client.send(
        new QueryCommand({
          TableName: table().name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': S('p') },
          ConsistentRead: true,
          ...INDEXES,
        }),
      );
      expect(units(answer)).toEqual({ all: 2, table: 2 });
    });

    it('counts a batch by the item', async () => {
      const requests = ['a', 'b'].map((sk) => ({ PutRequest: { Item: { ...key(sk), ...indexed } } }));
      const written = await table().client.send(
        new BatchWriteItemCommand({ RequestItems: { [table().name]: requests }, ...INDEXES }),
      );
      expect(units({ ConsumedCapacity: written.ConsumedCapacity?.[0] })).toEqual({
        all: 6,
        table: 2,
        'by-status': 2,
        'by-kind': 2,
      });
      const read = await table().client.send(
        new BatchGetItemCommand({
          RequestItems: { [table().name]: { Keys: [key('a'), key('b')] } },
          ReturnConsumedCapacity: 'TOTAL',
        }),
      );
      expect(read.ConsumedCapacity).toEqual([expect.objectContaining({ CapacityUnits: 1 })]);
    });
  });
});
