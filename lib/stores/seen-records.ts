/**
 * Remembers which records of a feed were read, because windows overlap: what is listed again costs no second event and no
 * second line in the archive.
 *
 * Each page that had something new leaves one item with eight bytes a record, under the time it was read, so that 120
 * records cost a write unit and what is remembered is never written again. A run reads back as far as its first page can
 * repeat, and further only when an event is older than that, as a daily sweep's are; 500 records cost a read unit.
 *
 * A record shares its 64 bits with one of 100,000 others with a probability of 5 in 10¹⁵: at 100,000 new records a day,
 * one is taken for read in five million years.
 */
import { createHash } from 'node:crypto';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../core/time.ts';
import { feedPartition, type FeedKey } from './ledger-keys.ts';
import { ttlSeconds, type Table } from './table.ts';

/** What a record is known by. */
export interface Identified {
  readonly key: string;
  /** When it happened, as far as that is known: it was not read before. */
  readonly time?: EpochMs;
}

export interface SeenRecords {
  /** Gives those that were not read before, each once, in their order. */
  readonly unseen: <R extends Identified>(records: readonly R[]) => Promise<readonly R[]>;
  /** Remembers records that are safe now. */
  readonly remember: (records: readonly Identified[]) => Promise<void>;
}

const HASH_BYTES = 8;
/** 128 KB; an item holds 400. */
const HASHES_AN_ITEM = 16_000;
/** Longer than any sweep reaches back. After a longer silence, an overlap is read twice. */
const KEEP_MS = 3 * DAY_MS;
/** As far as a vendor's clock may be ahead of ours. */
const SKEW_MS = 15 * MINUTE_MS;

/**
 * Opens what is remembered of a feed. Nothing is read before the first page that has records.
 *
 * @param run - whose token is unique, so that no two runs write the same item
 * @param from - since when the run's first page may repeat what was read
 */
export function openSeenRecords(
  table: Table,
  run: { readonly feed: FeedKey; readonly token: string },
  from: EpochMs,
  now: () => EpochMs,
): SeenRecords {
  const pk = feedPartition(run.feed);
  const known = new Set<bigint>();
  let readFrom = Infinity;
  let items = 0;

  async function readBack(wanted: EpochMs): Promise<void> {
    const since = Math.max(wanted, now() - KEEP_MS);
    if (since >= readFrom) return;
    for await (const hashes of query(table, pk, sortOf(since), sortOf(readFrom))) {
      for (let at = 0; at < hashes.length; at += HASH_BYTES) known.add(hashes.readBigUInt64BE(at));
    }
    readFrom = since;
  }

  return {
    async unseen(records) {
      if (records.length === 0) return [];
      await readBack(from - SKEW_MS);
      const few = notKnown(records, known);
      // Whatever happened at an instant was read after it.
      const oldest = few.reduce((time, record) => Math.min(time, record.time ?? Infinity), Infinity);
      await readBack(oldest - SKEW_MS);
      return notKnown(few, known);
    },
    async remember(records) {
      const hashes = records.map(({ key }) => hashOf(key));
      for (let start = 0; start < hashes.length; start += HASHES_AN_ITEM) {
        const some = hashes.slice(start, start + HASHES_AN_ITEM);
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: {
              pk,
              sk: `${sortOf(now())}#${run.token}#${items++}`,
              hashes: packedHashes(some),
              expiresAt: ttlSeconds(now() + KEEP_MS),
            },
          }),
        );
      }
      for (const hash of hashes) known.add(hash);
    },
  };
}

function notKnown<R extends Identified>(records: readonly R[], known: ReadonlySet<bigint>): readonly R[] {
  const met = new Set<bigint>();
  return records.filter(({ key }) => {
    const hash = hashOf(key);
    if (known.has(hash) || met.has(hash)) return false;
    met.add(hash);
    return true;
  });
}

function hashOf(key: string): bigint {
  return createHash('sha256').update(key).digest().readBigUInt64BE();
}

function packedHashes(hashes: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(hashes.length * HASH_BYTES);
  for (const [index, hash] of hashes.entries()) bytes.writeBigUInt64BE(hash, index * HASH_BYTES);
  return bytes;
}

/** @example sortOf(0) // => 'seen#000000000000000' */
function sortOf(time: EpochMs): string {
  return `seen#${String(Math.min(999_999_999_999_999, Math.max(0, Math.floor(time)))).padStart(15, '0')}`;
}

async function* query(table: Table, pk: string, from: string, to: string): AsyncGenerator<Buffer> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
        ProjectionExpression: 'hashes',
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) yield Buffer.from(item['hashes'] as Uint8Array);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}
