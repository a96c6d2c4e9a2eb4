/** Subjects in the ledger: the log of each one's events, and the state they are sealed into. */
import { BatchGetCommand, BatchWriteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SubjectState } from '../core/engine/state.ts';
import { RingerError } from '../core/errors.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { DAY_MS, HOUR_MS, type EpochMs } from '../core/time.ts';
import { eventSort, eventSortFrom, STATE_SORT, subjectPartition } from './ledger-keys.ts';
import { packed, unpacked } from './packed.ts';
import { ifAllowed, ttlSeconds, type Table } from './table.ts';

/** Longer than any event stays open, plus the days a queue may hold it back. */
const EVENT_KEEP_MS = 10 * DAY_MS;
const STATE_KEEP_MS = 400 * DAY_MS;

/** How far back the first query of a read goes; what is sealed reaches up to there for all but the newest subjects. */
const USUALLY_OPEN_MS = 48 * HOUR_MS;

/** What is kept of a subject beside its events. */
export interface Kept {
  readonly state: SubjectState;
  /** What was last written of each alert that stands: its fingerprint, by alert id. */
  readonly written: Readonly<Record<string, string>>;
  /** Sort keys of late events folded already: the engine itself cannot tell them from new ones. */
  readonly late: readonly string[];
}

export interface StoredSubject {
  /** `undefined` for a subject of which nothing was sealed or raised yet. */
  readonly kept: Kept | undefined;
  /** 0 before the first save; rises with every save. */
  readonly version: number;
  /** Events that are not sealed. */
  readonly events: readonly Event[];
  /** When the first of them was stored, give or take a second. */
  readonly firstStored: EpochMs | undefined;
}

/**
 * Writes events to a subject's log. Writing one again changes nothing, so a batch may be repeated whole.
 *
 * @throws STORE_FAILED when the table keeps refusing for lack of capacity
 */
export async function appendEvents(
  table: Table,
  subject: SubjectRef,
  events: readonly Event[],
  now: EpochMs,
): Promise<void> {
  const items = new Map<string, Record<string, unknown>>();
  for (const event of events) {
    const sk = eventSort(event);
    const expiresAt = ttlSeconds(now + EVENT_KEEP_MS);
    items.set(sk, { pk: subjectPartition(subject), sk, event: packed(event), expiresAt });
  }
  const rest = [...items.values()];
  for (let start = 0; start < rest.length; start += 25) {
    await writeBatch(table, rest.slice(start, start + 25));
  }
}

/** Finds which of some events the log has already, sealed or not: their sort keys. */
export async function findKnown(
  table: Table,
  subject: SubjectRef,
  events: readonly Event[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const keys = [...new Set(events.map(eventSort))].map((sk) => ({ pk: subjectPartition(subject), sk }));
  for (let start = 0; start < keys.length;) {
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({
        RequestItems: {
          [table.name]: {
            Keys: keys.slice(start, start + 100),
            ProjectionExpression: 'sk',
            ConsistentRead: true,
          },
        },
      }),
    );
    for (const item of Responses?.[table.name] ?? []) known.add(item['sk'] as string);
    if ((UnprocessedKeys?.[table.name]?.Keys ?? []).length === 0) start += 100;
  }
  return known;
}

const BATCH_TRIES = 6;

async function writeBatch(table: Table, items: readonly Record<string, unknown>[]): Promise<void> {
  let requests: Record<string, unknown>[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; attempt < BATCH_TRIES; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    const { UnprocessedItems } = await table.client.send(
      new BatchWriteCommand({ RequestItems: { [table.name]: requests } }),
    );
    requests = UnprocessedItems?.[table.name] ?? [];
    if (requests.length === 0) return;
  }
  throw new RingerError(
    'STORE_FAILED',
    `${table.name} refused ${requests.length} events for lack of capacity`,
    {
      retryable: true,
    },
  );
}

/** Reads a subject: what is kept of it, and every event since it was sealed. Sees every write made before the call. */
export async function readSubject(table: Table, subject: SubjectRef, now: EpochMs): Promise<StoredSubject> {
  const since = eventSortFrom(now - USUALLY_OPEN_MS);
  const recent = await query(table, subject, since, STATE_SORT);
  const stateItem = recent.find((item) => item['sk'] === STATE_SORT);
  const kept = stateItem === undefined ? undefined : (unpacked(stateItem['kept'] as Uint8Array) as Kept);
  const from = eventSortFrom(kept?.state.sealedUntil ?? 0);
  // New, or not seen for a while: the rest of what is open lies further back.
  const earlier = from < since ? await query(table, subject, from, since) : [];
  const items = [...earlier, ...recent].filter(({ sk }) => sk !== STATE_SORT && (sk as string) >= from);
  const stored = items.map((item) => (item['expiresAt'] as number) * 1_000 - EVENT_KEEP_MS);
  return {
    kept,
    version: (stateItem?.['version'] as number | undefined) ?? 0,
    events: items.map((item) => unpacked(item['event'] as Uint8Array) as Event),
    firstStored: stored.length === 0 ? undefined : Math.min(...stored),
  };
}

async function query(
  table: Table,
  subject: SubjectRef,
  from: string,
  to: string,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': subjectPartition(subject), ':from': from, ':to': to },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}

/**
 * Gives the version that follows one: the clock's, so that a subject whose state expired goes on where it was.
 *
 * @example nextVersion(0, 1_700_000_000_000) // => 1700000000000
 */
export function nextVersion(version: number, now: EpochMs): number {
  return Math.max(version + 1, now);
}

/**
 * Saves what is kept of a subject.
 *
 * @param from - the version it was read at
 * @returns false when somebody else has saved since: read again
 */
export async function saveSubject(
  table: Table,
  subject: SubjectRef,
  kept: Kept,
  from: number,
  now: EpochMs,
): Promise<boolean> {
  return ifAllowed(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          pk: subjectPartition(subject),
          sk: STATE_SORT,
          kept: packed(kept),
          version: nextVersion(from, now),
          expiresAt: ttlSeconds(now + STATE_KEEP_MS),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :from',
        ExpressionAttributeValues: { ':from': from },
      }),
    ),
  );
}
