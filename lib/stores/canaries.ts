/**
 * Canaries: marked items of the alerts table that went the way of an alert, and the hops they have passed.
 *
 * | what | partition | sort |
 * |---|---|---|
 * | the hourly canary, written over each time | `canary#hourly` | `canary` |
 * | one that a person sent | `canary#<token>` | `canary` |
 */
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { CANARY_SORT } from '../config/names.ts';
import type { EpochMs } from '../core/time.ts';
import type { Table } from './table.ts';

/** A canary as it is sent. */
export interface CanarySent {
  readonly token: string;
  readonly sentAt: EpochMs;
  /** Everybody is told of it, marked as a test; otherwise nobody is. */
  readonly announce: boolean;
}

/** A canary and where it has been. */
export interface Canary extends CanarySent {
  readonly detectedAt: EpochMs;
  readonly evidenceAt?: EpochMs;
  readonly notifiedAt?: EpochMs;
  /** What became of the message, by channel: `sent`, or why not. */
  readonly channels?: Readonly<Record<string, string>>;
}

/** The token of the canary that nobody sees. */
export const HOURLY = 'hourly';

/** Writes a canary that came out of the queue: from then on it is in the stream. */
export async function putCanary(
  table: Table,
  { token, sentAt, announce }: CanarySent,
  now: EpochMs,
): Promise<void> {
  await table.client.send(
    new PutCommand({
      TableName: table.name,
      Item: { ...keyOf(token), token, sentAt, announce, detectedAt: now },
    }),
  );
}

export async function findCanary(table: Table, token: string): Promise<Canary | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: keyOf(token), ConsistentRead: true }),
  );
  return Item as Canary | undefined;
}

/** Records that a canary passed a hop of the stream. */
export async function recordHop(
  table: Table,
  token: string,
  hop:
    | { readonly evidenceAt: EpochMs }
    | { readonly notifiedAt: EpochMs; readonly channels: Canary['channels'] },
): Promise<void> {
  const entries = Object.entries(hop);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: keyOf(token),
      UpdateExpression: `SET ${entries.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
    }),
  );
}

function keyOf(token: string): { pk: string; sk: string } {
  return { pk: `canary#${token}`, sk: CANARY_SORT };
}
