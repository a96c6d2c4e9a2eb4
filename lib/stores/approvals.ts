/**
 * Recorded exceptions, in the directory table. Its items of this kind:
 *
 * | what | partition | sort |
 * |---|---|---|
 * | an approval, withdrawn ones too: nothing is ever deleted | `approval` | `<end, ISO 8601>#<id>` |
 * | how often they have changed, so that whoever keeps them in memory notices | `approval-revision` | `approval-revision` |
 */
import { randomBytes } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Approval } from '../core/policy.ts';
import type { EpochMs } from '../core/time.ts';
import { ifAllowed, type Table } from './table.ts';

const PARTITION = 'approval';
const REVISION = 'approval-revision';

export interface RecordedApproval extends Approval {
  /** Twelve hexadecimal digits. */
  readonly id: string;
  /** Who recorded it: an ARN, or a name on the machine with the store. */
  readonly who: string;
  readonly createdTime: EpochMs;
  /** From then on it covers nothing, not even what happened before. */
  readonly withdrawn?: Withdrawal;
}

export interface Withdrawal {
  readonly who: string;
  readonly why: string;
  readonly time: EpochMs;
}

/** Gives the approvals that have not been withdrawn, by when they end; also those that have ended, for what arrives late. */
export async function readApprovals(directory: Table): Promise<readonly RecordedApproval[]> {
  return (await readAllApprovals(directory)).filter(({ withdrawn }) => withdrawn === undefined);
}

/** Gives every approval there ever was, by when it ends. */
export async function readAllApprovals(directory: Table): Promise<readonly RecordedApproval[]> {
  const found: RecordedApproval[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await directory.client.send(
      new QueryCommand({
        TableName: directory.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': PARTITION },
        // A revision that has been seen must have been seen whole.
        ConsistentRead: true,
        ExclusiveStartKey: from,
      }),
    );
    for (const { pk: _pk, sk: _sk, ...approval } of Items) found.push(approval as RecordedApproval);
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

/** Gives how often approvals have changed: 0 for never. */
export async function readApprovalRevision(directory: Table): Promise<number> {
  const { Item } = await directory.client.send(
    new GetCommand({ TableName: directory.name, Key: { pk: REVISION, sk: REVISION }, ConsistentRead: true }),
  );
  return (Item?.['revision'] as number | undefined) ?? 0;
}

/** Records an approval. */
export async function recordApproval(
  directory: Table,
  approval: Approval,
  who: string,
  now: EpochMs,
): Promise<RecordedApproval> {
  const recorded = { ...approval, id: randomBytes(6).toString('hex'), who, createdTime: now };
  await directory.client.send(
    new PutCommand({
      TableName: directory.name,
      Item: { ...keyOf(recorded), ...recorded },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  await bumpRevision(directory);
  return recorded;
}

/**
 * Withdraws an approval.
 *
 * @returns false when somebody already has
 */
export async function withdrawApproval(
  directory: Table,
  approval: RecordedApproval,
  withdrawal: Withdrawal,
): Promise<boolean> {
  const done = await ifAllowed(
    directory.client.send(
      new UpdateCommand({
        TableName: directory.name,
        Key: keyOf(approval),
        UpdateExpression: 'SET withdrawn = :withdrawal',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(withdrawn)',
        ExpressionAttributeValues: { ':withdrawal': withdrawal },
      }),
    ),
  );
  // Also after somebody else's withdrawal: theirs may have ended before it came to this.
  await bumpRevision(directory);
  return done;
}

/** After the change itself: whoever sees the new number sees the change. */
async function bumpRevision(directory: Table): Promise<void> {
  await directory.client.send(
    new UpdateCommand({
      TableName: directory.name,
      Key: { pk: REVISION, sk: REVISION },
      UpdateExpression: 'ADD revision :one',
      ExpressionAttributeValues: { ':one': 1 },
    }),
  );
}

function keyOf({ id, until }: Pick<RecordedApproval, 'id' | 'until'>): Record<string, string> {
  return { pk: PARTITION, sk: `${new Date(until).toISOString()}#${id}` };
}
