/**
 * Who is to be looked at again without a new event, and when: a detection asked for it, or what is open is to be sealed.
 * Time is cut into slots of five minutes; a slot is a partition, so that whoever is due is found without reading others.
 */
import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import { DAY_MS, MINUTE_MS, type EpochMs } from '../core/time.ts';
import { keyText } from './item-limits.ts';
import { WAKE_APPROVALS, WAKE_DONE, wakePartition } from './ledger-keys.ts';
import { ifAllowed, ttlSeconds, type Table } from './table.ts';

const SLOT_MS = 5 * MINUTE_MS;
/** How long nobody may have woken anybody before somebody is forgotten. */
const KEEP_MS = 14 * DAY_MS;

/**
 * Books a subject for an instant, or for the next slot when that is past. Booking twice is booking once.
 *
 * @returns the slot it was booked for
 */
export async function bookWake(
  ledger: Table,
  subject: SubjectRef,
  time: EpochMs,
  now: EpochMs,
): Promise<EpochMs> {
  const slot = wakeSlot(time, now);
  const { kind, id } = subject;
  const expiresAt = ttlSeconds(slot + KEEP_MS);
  await ledger.client.send(
    new PutCommand({
      TableName: ledger.name,
      Item: { pk: wakePartition(slot), sk: keyText(subjectKey(subject)), subject: { kind, id }, expiresAt },
    }),
  );
  return slot;
}

/** Gives the slot of an instant: never one that may be being woken already. */
export function wakeSlot(time: EpochMs, now: EpochMs): EpochMs {
  return Math.max(slotOf(time), slotOf(now) + SLOT_MS);
}

/** Gives who is due in the slots that are over, slot by slot. */
export async function* dueSubjects(
  ledger: Table,
  now: EpochMs,
): AsyncGenerator<{ readonly slot: EpochMs; readonly subjects: readonly SubjectRef[] }> {
  const { Item } = await ledger.client.send(
    new GetCommand({ TableName: ledger.name, Key: WAKE_DONE, ConsistentRead: true }),
  );
  const done = (Item?.['slot'] as EpochMs | undefined) ?? slotOf(now) - 2 * SLOT_MS;
  const oldest = slotOf(now - KEEP_MS);
  for (let slot = Math.max(done + SLOT_MS, oldest); slot < slotOf(now); slot += SLOT_MS) {
    yield { slot, subjects: await bookedIn(ledger, slot) };
  }
}

/** Records that everybody due in a slot and before was woken; it never goes back. */
export async function recordWoken(ledger: Table, slot: EpochMs): Promise<void> {
  await ifAllowed(
    ledger.client.send(
      new UpdateCommand({
        TableName: ledger.name,
        Key: WAKE_DONE,
        UpdateExpression: 'SET slot = :slot',
        ConditionExpression: 'attribute_not_exists(slot) OR slot < :slot',
        ExpressionAttributeValues: { ':slot': slot },
      }),
    ),
  );
}

/** By which approvals alerts were last weighed. */
export interface Weighed {
  readonly revision: number;
  /** They are to be once more: some process may have known older approvals then. */
  readonly isToRepeat: boolean;
}

export async function findWeighed(ledger: Table): Promise<Weighed> {
  const { Item } = await ledger.client.send(
    new GetCommand({ TableName: ledger.name, Key: WAKE_APPROVALS, ConsistentRead: true }),
  );
  return {
    revision: (Item?.['revision'] as number | undefined) ?? 0,
    isToRepeat: Item?.['isToRepeat'] === true,
  };
}

export async function recordWeighed(ledger: Table, weighed: Weighed): Promise<void> {
  await ledger.client.send(
    new PutCommand({ TableName: ledger.name, Item: { ...WAKE_APPROVALS, ...weighed } }),
  );
}

async function bookedIn(ledger: Table, slot: EpochMs): Promise<readonly SubjectRef[]> {
  const subjects: SubjectRef[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await ledger.client.send(
      new QueryCommand({
        TableName: ledger.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': wakePartition(slot) },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) subjects.push(item['subject'] as SubjectRef);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return subjects;
}

function slotOf(time: EpochMs): EpochMs {
  return Math.floor(time / SLOT_MS) * SLOT_MS;
}
