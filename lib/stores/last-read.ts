/** When feeds were last read, for those who watch over them. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../core/time.ts';
import { CURSOR_SORT, feedPartition, type FeedKey } from './ledger-keys.ts';
import type { Table } from './table.ts';

/** Gives when a run last brought a page of a feed home; `undefined` when none ever did. */
export async function findLastRead(ledger: Table, feed: FeedKey): Promise<EpochMs | undefined> {
  const { Item } = await ledger.client.send(
    new GetCommand({
      TableName: ledger.name,
      Key: { pk: feedPartition(feed), sk: CURSOR_SORT },
      ProjectionExpression: 'savedAt',
    }),
  );
  return Item?.['savedAt'] as EpochMs | undefined;
}
