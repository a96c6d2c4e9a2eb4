/** The way to a DynamoDB table, and the one failure of it that is an answer. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export interface Table {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

let shared: DynamoDBDocumentClient | undefined;

/** Opens a table by name. All tables of a process share one client and its connections. */
export function openTable(name: string): Table {
  shared ??= documents(new DynamoDBClient({}));
  return { client: shared, name };
}

/** Lets a client speak in plain values. */
export function documents(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Tells whether a write was refused because its condition did not hold: somebody else was there first. */
export function isConditionFailed(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException';
}

/**
 * Makes a conditional write.
 *
 * @returns false when the condition did not hold
 */
export async function ifAllowed(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (thrown) {
    if (isConditionFailed(thrown)) return false;
    throw thrown;
  }
}

/** Gives an instant as DynamoDB's time to live wants it: whole seconds. */
export function ttlSeconds(time: number): number {
  return Math.ceil(time / 1_000);
}
