/**
 * States that do not fit in one item: a service that handles tens of thousands of objects a day is remembered object by
 * object. Their bytes lie beside the state in parts named by what they hold and for which version, written before the
 * state that points to them; so whoever reads a state finds its parts, whoever else is writing. The version is in the
 * name because a later state may hold the very same again, while the parts of the first are being taken away.
 */
import { BatchGetCommand, DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createHash } from 'node:crypto';
import { RingerError } from '../core/errors.ts';
import { STATE_PART_PREFIX } from './ledger-keys.ts';
import type { Table } from './table.ts';

/** Below DynamoDB's 400 KB for an item, with room for its keys and the other attributes. */
const PART_BYTES = 350 * 1024;
const READ_TRIES = 6;

/** Where the bytes of a large state are. */
export interface Parts {
  readonly hash: string;
  readonly count: number;
}

/** Lays large bytes down in parts; gives `undefined` for bytes that fit in the state's own item. */
export async function writeParts(
  table: Table,
  pk: string,
  bytes: Uint8Array,
  version: number,
  expiresAt: number,
): Promise<Parts | undefined> {
  if (bytes.length <= PART_BYTES) return undefined;
  const hash = createHash('sha256').update(`${version}\n`).update(bytes).digest('hex').slice(0, 32);
  const parts = { hash, count: Math.ceil(bytes.length / PART_BYTES) };
  for (const [index, sk] of sortsOf(parts).entries()) {
    const part = bytes.subarray(index * PART_BYTES, (index + 1) * PART_BYTES);
    await table.client.send(
      new PutCommand({ TableName: table.name, Item: { pk, sk, bytes: part, expiresAt } }),
    );
  }
  return parts;
}

/** @throws STORE_FAILED, retryable, when a part is missing: another run has just replaced the state */
export async function readParts(table: Table, pk: string, parts: Parts): Promise<Uint8Array> {
  const found = new Map<unknown, Uint8Array>();
  let keys: Record<string, unknown>[] = sortsOf(parts).map((sk) => ({ pk, sk }));
  for (let attempt = 0; attempt < READ_TRIES && keys.length > 0; attempt++) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[table.name] ?? []) found.set(item['sk'], item['bytes'] as Uint8Array);
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  const all = sortsOf(parts).map((sk) => found.get(sk));
  if (all.some((part) => part === undefined))
    throw new RingerError('STORE_FAILED', 'a state was replaced while it was read', { retryable: true });
  return Buffer.concat(all as Uint8Array[]);
}

/** Takes parts away that no state points to any longer. */
export async function deleteParts(table: Table, pk: string, parts: Parts): Promise<void> {
  for (const sk of sortsOf(parts)) {
    await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
  }
}

function sortsOf({ hash, count }: Parts): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${STATE_PART_PREFIX}${hash}#${index}`);
}
