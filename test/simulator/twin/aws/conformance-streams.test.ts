/** What notify and evidence rely on in the stream of a table. */
import { BatchWriteItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { describeTable, key, N, S } from './table-under-test.ts';

describeTable((table) => {
  describe('streams', () => {
    it('tell every change in order, with both images', async () => {
      await table().put({ n: N(1) });
      await table().update('SET n = :n', { ':n': N(2) });
      await table().client.send(new DeleteItemCommand({ TableName: table().name, Key: key('a') }));
      const [one, two] = [1, 2].map((n) => ({ ...key('a'), n: N(n) }));
      expect(await table().changes()).toEqual([
        { eventName: 'INSERT', Keys: key('a'), NewImage: one },
        { eventName: 'MODIFY', Keys: key('a'), OldImage: one, NewImage: two },
        { eventName: 'REMOVE', Keys: key('a'), OldImage: two },
      ]);
    });

    it('say nothing of a write that changes nothing', async () => {
      await table().put({ n: N(1) });
      await table().put({ n: N(1) });
      await table().update('SET n = :n', { ':n': N(1) });
      await table().client.send(new DeleteItemCommand({ TableName: table().name, Key: key('nothing') }));
      expect((await table().changes()).map(({ eventName }) => eventName)).toEqual(['INSERT']);
    });

    it('say nothing of a write that was refused', async () => {
      await table().put({ n: N(1) });
      await table()
        .put({ n: N(2) }, { ConditionExpression: 'attribute_not_exists(pk)' })
        .catch(() => undefined);
      expect(await table().changes()).toHaveLength(1);
    });

    it('tell of each item of a batch', async () => {
      await table().put({ sk: S('old') });
      const requests = [{ PutRequest: { Item: key('new') } }, { DeleteRequest: { Key: key('old') } }];
      await table().client.send(new BatchWriteItemCommand({ RequestItems: { [table().name]: requests } }));
      const changes = await table().changes();
      expect(changes.slice(1).map(({ eventName, Keys }) => [eventName, Keys])).toEqual(
        expect.arrayContaining([
          ['INSERT', key('new')],
          ['REMOVE', key('old')],
        ]),
      );
      expect(changes).toHaveLength(3);
    });

    it('join each image to the next when many write at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => table().update('ADD n :one', { ':one': N(1) })));
      const changes = await table().changes();
      expect(changes).toHaveLength(20);
      for (const [index, { OldImage }] of changes.entries()) {
        expect(OldImage).toEqual(changes[index - 1]?.NewImage);
      }
    });
  });
});
