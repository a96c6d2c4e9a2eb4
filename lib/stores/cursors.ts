/** How far each feed has been read, and who is reading it: one run at a time. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RingerError } from '../core/errors.ts';
import type { EpochMs } from '../core/time.ts';
import { CURSOR_SORT, feedPartition, type FeedKey } from './ledger-keys.ts';
import { ifAllowed, isConditionFailed, type Table } from './table.ts';

/** The right to read a feed: whoever has another token writes nothing. */
export interface Lease {
  readonly feed: FeedKey;
  readonly token: string;
  /** What the last run left, as the source's reader wrote it. */
  readonly cursor: unknown;
}

/**
 * Takes a feed for one run.
 *
 * @param until - when this run is over at the latest; after that anybody may take it
 * @returns `undefined` when another run has it
 */
export async function takeLease(
  table: Table,
  feed: FeedKey,
  token: string,
  now: EpochMs,
  until: EpochMs,
): Promise<Lease | undefined> {
  try {
    const { Attributes } = await table.client.send(
      new UpdateCommand({
        ...at(table, feed),
        UpdateExpression: 'SET leaseToken = :token, leaseUntil = :until',
        ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
        ExpressionAttributeValues: { ':token': token, ':until': until, ':now': now },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const written: unknown = Attributes?.['readTo'];
    return {
      feed,
      token,
      cursor: typeof written === 'string' ? (JSON.parse(written) as unknown) : undefined,
    };
  } catch (thrown) {
    if (isConditionFailed(thrown)) return undefined;
    throw thrown;
  }
}

/**
 * Saves how far the feed has been read.
 *
 * @throws LEASE_LOST when another run has taken the feed
 */
export async function saveCursor(table: Table, lease: Lease, cursor: unknown, now: EpochMs): Promise<void> {
  const saved = await ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, lease.feed),
        UpdateExpression: 'SET readTo = :cursor, savedAt = :now',
        ConditionExpression: 'leaseToken = :token',
        ExpressionAttributeValues: { ':cursor': JSON.stringify(cursor), ':token': lease.token, ':now': now },
      }),
    ),
  );
  if (!saved) {
    const { connection, feed } = lease.feed;
    throw new RingerError('LEASE_LOST', `another run has taken over ${feed} of ${connection}`, {
      retryable: true,
    });
  }
}

/** Gives the feed back, unless another run has it already. */
export async function releaseLease(table: Table, lease: Lease): Promise<void> {
  await ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, lease.feed),
        UpdateExpression: 'REMOVE leaseToken, leaseUntil',
        ConditionExpression: 'leaseToken = :token',
        ExpressionAttributeValues: { ':token': lease.token },
      }),
    ),
  );
}

function at(table: Table, feed: FeedKey): { TableName: string; Key: Record<string, string> } {
  return { TableName: table.name, Key: { pk: feedPartition(feed), sk: CURSOR_SORT } };
}
