/** What our stores rely on when they write to DynamoDB. */
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describeTable, key, N, S } from './table-under-test.ts';

describeTable((table) => {
  describe('conditions', () => {
    it('let only the first write an item that must not exist', async () => {
      const first = { ConditionExpression: 'attribute_not_exists(pk)' };
      await table().put({ n: N(1) }, first);
      await expect(table().put({ n: N(2) }, first)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      });
      expect(await table().get()).toEqual({ ...key('a'), n: N(1) });
    });

    it('let one of two writers who read the same version save', async () => {
      await table().put({ version: N(1) });
      const save = (to: number): Promise<unknown> =>
        table().put(
          { version: N(to) },
          {
            ConditionExpression: 'attribute_not_exists(pk) OR version = :from',
            ExpressionAttributeValues: { ':from': N(1) },
          },
        );
      const saved = await Promise.allSettled([save(2), save(3)]);
      expect(saved.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('show the item they did not hold for to whoever asks', async () => {
      await table().put({ n: N(1) });
      const more = {
        ConditionExpression: 'n > :n',
        ReturnValues: 'NONE',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      } as const;
      await expect(table().update('SET n = :n', { ':n': N(5) }, more)).rejects.toMatchObject({
        Item: { ...key('a'), n: N(1) },
      });
    });

    it('compare with what is not there as false', async () => {
      await table().put({});
      const more = { ConditionExpression: 'leaseUntil <= :now OR leaseUntil < :now' };
      await expect(table().update('SET x = :now', { ':now': N(1) }, more)).rejects.toThrow('conditional');
    });

    it('hold for deletes too', async () => {
      await table().put({ lease: S('mine') });
      const remove = (token: string): Promise<unknown> =>
        table().client.send(
          new DeleteItemCommand({
            TableName: table().name,
            Key: key('a'),
            ConditionExpression: 'lease = :token',
            ExpressionAttributeValues: { ':token': S(token) },
          }),
        );
      await expect(remove('yours')).rejects.toThrow('conditional');
      await remove('mine');
      expect(await table().get()).toBeUndefined();
    });
  });

  describe('updates', () => {
    it('make an item that is not there', async () => {
      expect(await table().update('SET a = :a', { ':a': S('x') })).toEqual({ ...key('a'), a: S('x') });
    });

    it('set, keep, add, append and remove', async () => {
      await table().put({ n: N(1), gone: S('x'), entries: { L: [N(1)] }, tree: { M: { leaf: S('old') } } });
      const changed = await table().update(
        'SET n = n + :one, kept = if_not_exists(n, :one), entries = list_append(entries, :more), tree.leaf = :text ' +
          'REMOVE gone ADD amount :one',
        { ':one': N(1), ':more': { L: [N(2)] }, ':text': S('new') },
      );
      expect(changed).toEqual({
        ...key('a'),
        n: N(2),
        kept: N(1),
        entries: { L: [N(1), N(2)] },
        tree: { M: { leaf: S('new') } },
        amount: N(1),
      });
    });

    it('count every one of many at once', async () => {
      await Promise.all(Array.from({ length: 30 }, () => table().update('ADD n :one', { ':one': N(1) })));
      expect(await table().get()).toMatchObject({ n: N(30) });
    });

    it('give back what was there before', async () => {
      await table().put({ n: N(1) });
      expect(await table().update('SET n = :n', { ':n': N(2) }, { ReturnValues: 'ALL_OLD' })).toMatchObject({
        n: N(1),
      });
    });

    it('are refused where a name is one of the reserved words', async () => {
      await expect(table().update('SET token = :x', { ':x': N(1) })).rejects.toThrow('reserved keyword');
    });

    it('are refused where the path leads nowhere', async () => {
      await table().put({});
      await expect(table().update('SET nowhere.x = :x', { ':x': N(1) })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });
  });

  describe('batches', () => {
    const write = (requests: readonly object[]): Promise<unknown> =>
      table().client.send(new BatchWriteItemCommand({ RequestItems: { [table().name]: [...requests] } }));
    const putOf = (sk: string): object => ({ PutRequest: { Item: { ...key(sk), n: N(1) } } });

    it('put and delete up to 25 items', async () => {
      await table().put({ sk: S('old') });
      const puts = Array.from({ length: 24 }, (__, index) => putOf(`n${index}`));
      const answer = await write([...puts, { DeleteRequest: { Key: key('old') } }]);
      expect(answer).toMatchObject({ UnprocessedItems: {} });
      expect(
        (await table().client.send(new ScanCommand({ TableName: table().name, Select: 'COUNT' }))).Count,
      ).toBe(24);
      await expect(write([...puts, putOf('y'), putOf('z')])).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('refuse the same item twice', async () => {
      await expect(write([putOf('a'), putOf('a')])).rejects.toMatchObject({ name: 'ValidationException' });
    });

    it('read what is there, projected, and leave out what is not', async () => {
      await table().put({ n: N(1) });
      const { Responses, UnprocessedKeys } = await table().client.send(
        new BatchGetItemCommand({
          RequestItems: { [table().name]: { Keys: [key('a'), key('b')], ProjectionExpression: 'sk' } },
        }),
      );
      expect([Responses, UnprocessedKeys]).toEqual([{ [table().name]: [{ sk: S('a') }] }, {}]);
    });
  });

  describe('limits', () => {
    it('refuse an item of more than 400 KB', async () => {
      await table().put({ body: S('x'.repeat(409_000)) });
      await expect(table().put({ body: S('x'.repeat(409_600)) })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });

    it('refuse an empty key', async () => {
      await expect(table().put({ sk: S('') })).rejects.toMatchObject({ name: 'ValidationException' });
    });

    it('refuse a table that is not there', async () => {
      const unknown = new GetItemCommand({ TableName: 'nowhere', Key: key('a') });
      await expect(table().client.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });
  });
});
