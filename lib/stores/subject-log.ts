/**
 * The logs of subjects: the events of each one that are not sealed yet, and those that were for some days after.
 *
 * The events of one hour that arrive together are one item. Compressed together they take a quarter of the room, and a
 * service that reads a thousand objects costs a dozen writes instead of a thousand. The same events arriving again are
 * the same item; an event that arrives again in other company is stored twice, and reading drops the repetition.
 */
import { BatchWriteCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { inOrder } from '../core/engine.ts';
import { RingerError } from '../core/errors.ts';
import type { Event } from '../core/events/index.ts';
import type { SubjectRef } from '../core/people/subject.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from '../core/time.ts';
import {
  eventMark,
  logSort,
  logSortFrom,
  startOfHour,
  STATE_SORT,
  subjectPartition,
  timeInLogSort,
} from './ledger-keys.ts';
import { packed, unpacked } from './packed.ts';
import { ttlSeconds, type Table } from './table.ts';

/** Longer than a dead letter lies in its queue: sent back, its events are to be known again. */
const EVENT_KEEP_MS = 15 * DAY_MS;
/** How long a run may be at events after it stored them: as long as its function may run, and what two clocks differ by. */
const AT_WORK_MS = 3 * MINUTE_MS;
/** Of a crowded log's beginning: enough that one answer has the oldest event, unless many are sealed. */
const FIRST_ITEMS = 50;
/** Below DynamoDB's 400 KB for an item, with room for its keys. */
const LARGEST_ITEM_BYTES = 350 * 1024;
const BATCH_TRIES = 6;

type Item = Readonly<Record<string, unknown>>;

/**
 * Writes events to a subject's log. Writing the same again changes nothing, so a message may be repeated whole.
 *
 * @throws STORE_FAILED when the table keeps refusing for lack of capacity
 */
export async function appendEvents(
  table: Table,
  subject: SubjectRef,
  events: readonly Event[],
  now: EpochMs,
): Promise<void> {
  const pk = subjectPartition(subject);
  const expiresAt = ttlSeconds(now + EVENT_KEEP_MS);
  const items = byHour(inOrder(events))
    .flatMap(fitting)
    .map((part) => ({ pk, sk: logSort(part.events), events: part.bytes, expiresAt }));
  for (let start = 0; start < items.length; start += 25) {
    await writeBatch(table, items.slice(start, start + 25));
  }
}

/** Finds which of some events the log has already, sealed or not: their marks. */
export async function findKnown(
  table: Table,
  subject: SubjectRef,
  events: readonly Event[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (const hour of new Set(events.map(({ time }) => startOfHour(time)))) {
    const range = { from: logSortFrom(hour), to: logSortFrom(hour + HOUR_MS) };
    for await (const items of pagesOf(table, subject, range)) {
      for (const event of items.flatMap(eventsIn)) known.add(eventMark(event));
    }
  }
  return known;
}

/** Events of a log. */
export interface LogPart {
  /** In order, each once. */
  readonly events: readonly Event[];
  /** Of what may be sealed, events that were stored in the last minutes: whoever did so may be at them still. */
  readonly fresh: readonly Event[];
}

/**
 * Reads a log from an instant on, in order and without repetitions, part by part. Only what overlaps is held in memory,
 * so that an hour may have any number of events.
 *
 * @param from - events before it are left out
 */
export async function* readLog(
  table: Table,
  subject: SubjectRef,
  from: EpochMs,
  now: EpochMs,
): AsyncGenerator<LogPart> {
  let held: readonly Event[] = [];
  for await (const items of pagesOf(table, subject, { from: logSortFrom(from), to: STATE_SORT })) {
    const last = items.findLast(({ sk }) => sk !== STATE_SORT);
    if (last === undefined) continue;
    const all = [...held, ...openEvents(items, from)];
    // Nothing on the next page is before the last item's key.
    const done = timeInLogSort(last['sk'] as string);
    const events = inOrder(all.filter((event) => event.time < done));
    held = all.filter((event) => event.time >= done);
    yield { events, fresh: freshIn(items, from, now) };
  }
  yield { events: inOrder(held), fresh: [] };
}

/** Finds the fresh events of a time. */
export async function findFresh(
  table: Table,
  subject: SubjectRef,
  from: EpochMs,
  to: EpochMs,
  now: EpochMs,
): Promise<readonly Event[]> {
  const fresh: Event[] = [];
  for await (const items of pagesOf(table, subject, {
    from: logSortFrom(from),
    to: logSortFrom(to + HOUR_MS),
  })) {
    fresh.push(...freshIn(items, from, now).filter(({ time }) => time < to));
  }
  return inOrder(fresh);
}

/** Finds events among items that are old enough to be sealed and were stored in the last minutes. */
export function freshIn(items: readonly Item[], from: EpochMs, now: EpochMs): readonly Event[] {
  const recent = items.filter(
    (item) =>
      item['sk'] !== STATE_SORT &&
      storedTimeOf(item) >= now - AT_WORK_MS &&
      timeInLogSort(item['sk'] as string) < now - DAY_MS,
  );
  return openEvents(recent, from);
}

/** The oldest event that is open, and when it was stored, give or take a second. */
export interface Oldest {
  readonly time: EpochMs;
  readonly storedTime: EpochMs;
}

/** Finds the oldest event of an instant or later. */
export async function findOldest(
  table: Table,
  subject: SubjectRef,
  from: EpochMs,
): Promise<Oldest | undefined> {
  const range = { from: logSortFrom(from), to: STATE_SORT, limit: FIRST_ITEMS };
  for await (const items of pagesOf(table, subject, range)) {
    const oldest = oldestIn(items, from);
    if (oldest !== undefined) return oldest;
  }
  return undefined;
}

/** Finds it among items that were read. */
export function oldestIn(items: readonly Item[], from: EpochMs): Oldest | undefined {
  let oldest: Oldest | undefined;
  for (const item of items) {
    const [first] = openEvents([item], from);
    if (first === undefined || first.time >= (oldest?.time ?? Infinity)) continue;
    oldest = { time: first.time, storedTime: storedTimeOf(item) };
  }
  return oldest;
}

function storedTimeOf(item: Item): EpochMs {
  return Number(item['expiresAt']) * 1_000 - EVENT_KEEP_MS;
}

/** Gives the events of items that are of an instant or later. */
export function openEvents(items: readonly Item[], from: EpochMs): readonly Event[] {
  return items
    .filter(({ sk }) => sk !== STATE_SORT)
    .flatMap(eventsIn)
    .filter((event) => event.time >= from);
}

/** Items were one event each before; the log of a deployment that is updated has both. */
function eventsIn(item: Item): readonly Event[] {
  const { events, event } = item;
  return event === undefined
    ? (unpacked(events as Uint8Array) as readonly Event[])
    : [unpacked(event as Uint8Array) as Event];
}

async function* pagesOf(
  table: Table,
  subject: SubjectRef,
  { from, to, limit }: { readonly from: string; readonly to: string; readonly limit?: number },
): AsyncGenerator<readonly Item[]> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': subjectPartition(subject), ':from': from, ':to': to },
        ConsistentRead: true,
        Limit: limit,
        ExclusiveStartKey,
      }),
    );
    yield page.Items ?? [];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

type Hour = readonly [Event, ...Event[]];

function byHour(ordered: readonly Event[]): readonly Hour[] {
  const hours: [Event, ...Event[]][] = [];
  for (const event of ordered) {
    const last = hours.at(-1);
    if (last !== undefined && startOfHour(last[0].time) === startOfHour(event.time)) last.push(event);
    else hours.push([event]);
  }
  return hours;
}

function fitting(events: Hour): readonly { readonly events: Hour; readonly bytes: Uint8Array }[] {
  const bytes = packed(events);
  if (bytes.length <= LARGEST_ITEM_BYTES || events.length === 1) return [{ events, bytes }];
  const middle = Math.ceil(events.length / 2);
  return [events.slice(0, middle), events.slice(middle)].flatMap((half) => fitting(half as [Event]));
}

async function writeBatch(table: Table, items: readonly Item[]): Promise<void> {
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
    `${table.name} refused ${requests.length} writes for lack of capacity`,
    { retryable: true },
  );
}
