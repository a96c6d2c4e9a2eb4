/** Subjects in the ledger: what each is sealed into, and as much of its log as one request gives. */
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inOrder } from '../core/engine.ts';
import { readState, type SubjectState } from '../core/engine/state.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { DAY_MS, HOUR_MS, type EpochMs } from '../core/time.ts';
import { deleteParts, readParts, writeParts, type Parts } from './large-state.ts';
import { logSortFrom, STATE_SORT, subjectPartition } from './ledger-keys.ts';
import { packed, unpacked } from './packed.ts';
import { freshIn, oldestIn, openEvents, type LogPart, type Oldest } from './subject-log.ts';
import { ifAllowed, ttlSeconds, type Table } from './table.ts';

const STATE_KEEP_MS = 400 * DAY_MS;
/** How far back the first query of a read goes; what is sealed reaches up to there for all but the newest subjects. */
const USUALLY_OPEN_MS = 48 * HOUR_MS;

/** More events than folding anew with every message is worth: a tenth of a second, and nobody has so many who is one person. */
const CROWD = 5_000;

/** What is kept of a subject beside its events. */
export interface Kept {
  readonly state: SubjectState;
  /** What was last written of each alert that stands: its fingerprint, by alert id. */
  readonly written: Readonly<Record<string, string>>;
  /** Marks of events that were sealed while somebody was at them, and of late ones: whoever it was must not fold them again. */
  readonly late: readonly string[];
  /** What others were last told of it: the beginnings of conclusions' ids that hold, and of those that do not. */
  readonly said?: Said | undefined;
  /** When a detection asked to be woken. */
  readonly wakeAt?: EpochMs | undefined;
}

export interface Said {
  readonly holding: readonly string[];
  readonly not: readonly string[];
}

/** A subject as it is stored. Its `events` are those that are not sealed: all of them, or of a crowded one the newest. */
export interface StoredSubject extends LogPart {
  /** `undefined` for a subject of which nothing was sealed or raised yet. */
  readonly kept: Kept | undefined;
  /** 0 before the first save; rises with every save. */
  readonly version: number;
  /** Where the bytes of `kept` lie when they are many. */
  readonly parts: Parts | undefined;
  /** Absent too for a crowded subject: `findOldest` finds it. */
  readonly oldest: Oldest | undefined;
  /** There are very many events, or more than one request gives; `readLog` gives all of them. */
  readonly isCrowded: boolean;
}

/** What one save and the next must agree on. */
export type Saved = Pick<StoredSubject, 'version' | 'parts'>;

/** Reads a subject: what is kept of it, and its newest events. Sees every write made before the call. */
export async function readSubject(table: Table, subject: SubjectRef, now: EpochMs): Promise<StoredSubject> {
  const pk = subjectPartition(subject);
  const since = logSortFrom(now - USUALLY_OPEN_MS);
  const recent = await newest(table, pk, since, STATE_SORT);
  const [first] = recent.items;
  const item = first?.['sk'] === STATE_SORT ? first : undefined;
  const parts = item?.['parts'] as Parts | undefined;
  const bytes = parts === undefined ? item?.['kept'] : await readParts(table, pk, parts);
  const kept = bytes === undefined ? undefined : readKept(unpacked(bytes as Uint8Array));
  const sealedUntil = kept?.state.sealedUntil ?? 0;
  // New, or not seen for a while: the rest of what is open lies further back.
  const from = logSortFrom(sealedUntil);
  const isFurtherBack = from < since && !recent.hasMore;
  const earlier = isFurtherBack ? await newest(table, pk, from, since) : { items: [], hasMore: false };
  const items = [...recent.items, ...earlier.items];
  const events = inOrder(openEvents(items, sealedUntil));
  const isCrowded = recent.hasMore || earlier.hasMore || events.length > CROWD;
  return {
    kept,
    version: (item?.['version'] as number | undefined) ?? 0,
    parts,
    events,
    fresh: freshIn(items, sealedUntil, now),
    oldest: isCrowded ? undefined : oldestIn(items, sealedUntil),
    isCrowded,
  };
}

/** Gives the items of a range from its end, as many as one request gives. */
async function newest(
  table: Table,
  pk: string,
  from: string,
  to: string,
): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly hasMore: boolean }> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
      ConsistentRead: true,
      ScanIndexForward: false,
    }),
  );
  return { items: Items, hasMore: LastEvaluatedKey !== undefined };
}

function readKept(written: unknown): Kept {
  const kept = written as Kept;
  return { ...kept, state: readState(kept.state) };
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
 * @param from - as it was read or saved last
 * @returns `undefined` when somebody else has saved since: read again
 */
export async function saveSubject(
  table: Table,
  subject: SubjectRef,
  kept: Kept,
  from: Saved,
  now: EpochMs,
): Promise<Saved | undefined> {
  const pk = subjectPartition(subject);
  const expiresAt = ttlSeconds(now + STATE_KEEP_MS);
  const bytes = packed(kept);
  const version = nextVersion(from.version, now);
  const parts = await writeParts(table, pk, bytes, version, expiresAt);
  const saved = await ifAllowed(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: {
          pk,
          sk: STATE_SORT,
          ...(parts === undefined ? { kept: bytes } : { parts }),
          version,
          expiresAt,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :from',
        ExpressionAttributeValues: { ':from': from.version },
      }),
    ),
  );
  // After a save that was refused the parts stay until they expire: another run may have written the very same.
  if (!saved) return undefined;
  if (from.parts !== undefined) await deleteParts(table, pk, from.parts);
  return { version, parts };
}
