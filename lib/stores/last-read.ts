/** When and how much feeds were read, for those who watch over them. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../core/time.ts';
import { historyIn, type FeedHistory } from './feed-history.ts';
import { CURSOR_SORT, feedPartition, type FeedKey } from './ledger-keys.ts';
import type { Table } from './table.ts';

/** Gives when a run of a feed last got further, or found nothing more; `undefined` when none ever did. */
export async function findLastRead(ledger: Table, feed: FeedKey): Promise<EpochMs | undefined> {
  return (await readHistory(ledger, feed)).lastRead;
}

/** Gives what is known of how a feed was read in the last eight days; empty for one that never was. */
export async function readHistory(ledger: Table, feed: FeedKey): Promise<FeedHistory> {
  const { Item } = await ledger.client.send(
    new GetCommand({ TableName: ledger.name, Key: { pk: feedPartition(feed), sk: CURSOR_SORT } }),
  );
  return historyIn(Item);
}
