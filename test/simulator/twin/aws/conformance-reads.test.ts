/** What our stores rely on when they read from DynamoDB. */
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { describeTable, key, N, S, type Item } from './table-under-test.ts';

describeTable((table) => {
  describe('queries', () => {
    const query = async (more: object): Promise<readonly (string | undefined)[]> => {
      const input = { TableName: table().name, ExpressionAttributeValues: { ':pk': S('p') }, ...more };
      const { Items = [] } = await table().client.send(new QueryCommand(input));
      return Items.map((item) => item['sk']?.S);
    };
    beforeEach(async () => {
      for (const sk of ['e#2', 'e#10', 's', 'e#1', 'é']) await table().put({ sk: S(sk) });
    });

    it('sort by the bytes of the text', async () => {
      expect(await query({ KeyConditionExpression: 'pk = :pk' })).toEqual(['e#1', 'e#10', 'e#2', 's', 'é']);
    });

    it('go backwards, and stop where they are told', async () => {
      const more = { KeyConditionExpression: 'pk = :pk', ScanIndexForward: false, Limit: 2 };
      expect(await query(more)).toEqual(['é', 's']);
    });

    it('take both ends of a range, and prefixes', async () => {
      const values = { ':pk': S('p'), ':from': S('e#10'), ':to': S('s') };
      const between = { KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to' };
      expect(await query({ ...between, ExpressionAttributeValues: values })).toEqual(['e#10', 'e#2', 's']);
      const prefix = { KeyConditionExpression: 'pk = :pk AND begins_with(sk, :e)' };
      const e = { ':pk': S('p'), ':e': S('e#1') };
      expect(await query({ ...prefix, ExpressionAttributeValues: e })).toEqual(['e#1', 'e#10']);
    });

    it('filter after they have counted', async () => {
      await table().put({ sk: S('x'), wanted: S('yes') });
      const answer = await table().client.send(
        new QueryCommand({
          TableName: table().name,
          KeyConditionExpression: 'pk = :pk',
          FilterExpression: 'wanted = :yes',
          ExpressionAttributeValues: { ':pk': S('p'), ':yes': S('yes') },
        }),
      );
      expect([answer.Count, answer.ScannedCount]).toEqual([1, 6]);
    });

    it('end a page at a MiB, and go on behind it', async () => {
      for (let sk = 0; sk < 30; sk++) {
        await table().put({
          pk: S('large'),
          sk: S(String(sk).padStart(2, '0')),
          body: S('x'.repeat(50_000)),
        });
      }
      const seen: unknown[] = [];
      let pages = 0;
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = await table().client.send(
          new QueryCommand({
            TableName: table().name,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': S('large') },
            ExclusiveStartKey,
          }),
        );
        seen.push(...(page.Items ?? []).map((item) => item['sk']?.S));
        pages++;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      expect([pages, seen.length, new Set(seen).size]).toEqual([2, 30, 30]);
    });

    it('cannot read an index consistently', async () => {
      const more = {
        IndexName: 'by-status',
        KeyConditionExpression: '#status = :pk',
        ExpressionAttributeNames: { '#status': 'status' },
        ConsistentRead: true,
      };
      await expect(query(more)).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });

  describe('indexes', () => {
    const byStatus = async (status: string, more: object = {}): Promise<readonly Item[]> => {
      const { Items = [] } = await table().client.send(
        new QueryCommand({
          TableName: table().name,
          IndexName: 'by-status',
          KeyConditionExpression: '#status = :status',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':status': S(status) },
          ...more,
        }),
      );
      return Items;
    };

    it('hold what has all their keys, and of that what they project', async () => {
      await table().put({ status: S('open'), time: S('1'), body: S('x') });
      await table().put({ sk: S('b'), status: S('open') });
      expect(await byStatus('open')).toEqual([{ ...key('a'), status: S('open'), time: S('1') }]);
    });

    it('follow the item from key to key, and out', async () => {
      await table().put({ status: S('open'), time: S('1') });
      await table().update(
        'SET #s = :s',
        { ':s': S('closed') },
        { ExpressionAttributeNames: { '#s': 'status' } },
      );
      expect([await byStatus('open'), (await byStatus('closed')).length]).toEqual([[], 1]);
      await table().update('REMOVE #s', undefined, { ExpressionAttributeNames: { '#s': 'status' } });
      expect(await byStatus('closed')).toEqual([]);
    });

    it('page through items of equal keys, each once', async () => {
      for (const sk of ['a', 'b', 'c']) await table().put({ sk: S(sk), status: S('open'), time: S('1') });
      const [first] = await byStatus('open', { Limit: 1 });
      const rest = await byStatus('open', { ExclusiveStartKey: first });
      expect(rest).toHaveLength(2);
      expect(rest.map((item) => item['sk']?.S)).not.toContain(first?.['sk']?.S);
    });

    it('refuse a key of the wrong kind', async () => {
      await expect(table().put({ status: N(1), time: S('1') })).rejects.toMatchObject({
        name: 'ValidationException',
      });
    });
  });
});
