/**
 * How far each feed has been read, and who is reading it: one run at a time. Every write names the run's token, so that an
 * old run can never overwrite what a newer one saved.
 */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { RingerError } from '../core/errors.ts';
import type { EpochMs } from '../core/time.ts';
import { attributesOf, historyAfter, historyIn, type FeedHistory } from './feed-history.ts';
import { CURSOR_SORT, feedPartition, type FeedKey } from './ledger-keys.ts';
import { ifAllowed, isConditionFailed, type Table } from './table.ts';

/** The right to read a feed: whoever has another token writes nothing. */
export interface Lease {
  readonly feed: FeedKey;
  readonly token: string;
  /** What was saved last, as the source's reader wrote it. */
  readonly cursor: unknown;
  /** When it last became another; absent before the first. */
  readonly movedAt?: EpochMs;
  readonly history: FeedHistory;
}

/** What a run has read since it last saved. */
export interface Progress {
  readonly cursor: unknown;
  /** How many records were new. */
  readonly records: number;
  /** Nothing more was waiting. */
  readonly last: boolean;
}

const RELEASE = 'REMOVE leaseToken, leaseUntil';

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
    const movedAt = Attributes?.['movedAt'] as EpochMs | undefined;
    return {
      feed,
      token,
      cursor: typeof written === 'string' ? (JSON.parse(written) as unknown) : undefined,
      ...(movedAt === undefined ? {} : { movedAt }),
      history: historyIn(Attributes),
    };
  } catch (thrown) {
    if (isConditionFailed(thrown)) return undefined;
    throw thrown;
  }
}

/** Tells whether a cursor is another than the one that was saved last. */
export function isMoved(lease: Lease, cursor: unknown): boolean {
  return JSON.stringify(cursor) !== JSON.stringify(lease.cursor);
}

/**
 * Saves how far the feed has been read.
 *
 * @param records - how many were new
 * @returns the lease to go on with
 * @throws LEASE_LOST when another run has taken the feed
 */
export async function saveCursor(
  table: Table,
  lease: Lease,
  cursor: unknown,
  now: EpochMs,
  records = 0,
): Promise<Lease> {
  const after = leaseAfter(lease, { cursor, records, last: false }, now);
  if (!(await write(table, after, ''))) throw leaseLost(lease);
  return after;
}

/**
 * Saves what was read since, and gives the feed back, in one write.
 *
 * @returns false when another run has it: nothing was saved
 */
export async function saveAndRelease(
  table: Table,
  lease: Lease,
  unsaved: Progress,
  now: EpochMs,
): Promise<boolean> {
  return write(table, leaseAfter(lease, unsaved, now), RELEASE);
}

/** Gives the feed back, unless another run has it already. */
export async function releaseLease(table: Table, lease: Lease): Promise<void> {
  await ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, lease.feed),
        UpdateExpression: RELEASE,
        ConditionExpression: 'leaseToken = :token',
        ExpressionAttributeValues: { ':token': lease.token },
      }),
    ),
  );
}

/** Makes the error of a run that found another in its place. */
export function leaseLost({ feed: { connection, feed } }: Lease): RingerError {
  return new RingerError('LEASE_LOST', `another run has taken over ${feed} of ${connection}`, {
    retryable: true,
  });
}

function leaseAfter(lease: Lease, { cursor, records, last }: Progress, now: EpochMs): Lease {
  const moved = isMoved(lease, cursor);
  return {
    ...lease,
    ...(moved ? { cursor, movedAt: now } : {}),
    history: historyAfter(lease.history, records, moved || last, now),
  };
}

function write(
  table: Table,
  { feed, token, cursor, movedAt, history }: Lease,
  andThen: string,
): Promise<boolean> {
  const values = { readTo: JSON.stringify(cursor), movedAt, ...attributesOf(history) };
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, feed),
        UpdateExpression: `SET ${set.map(([name]) => `${name} = :${name}`).join(', ')} ${andThen}`,
        ConditionExpression: 'leaseToken = :token',
        ExpressionAttributeValues: {
          ':token': token,
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value as unknown])),
        },
      }),
    ),
  );
}

function at(table: Table, feed: FeedKey): { TableName: string; Key: Record<string, string> } {
  return { TableName: table.name, Key: { pk: feedPartition(feed), sk: CURSOR_SORT } };
}
