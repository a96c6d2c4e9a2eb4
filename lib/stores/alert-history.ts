/**
 * The history of an alert: who changed what, when and why; the engine and people alike. Entries are only ever added.
 *
 * The newest entry is part of the alert's own item and so is written together with the change it tells of; the next
 * change first lays it down as an item beside the alert. So no change is without its entry, and no transaction is needed.
 */
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../core/alerts/alert.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { ifAllowed, type Table } from './table.ts';

export interface HistoryEntry {
  /** 1 is the first; none is ever missing. */
  readonly sequence: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly time: string;
  readonly by: 'engine' | 'person';
  /** `ringer` for the engine; a person's ARN, or their name on the machine. */
  readonly who: string;
  readonly what: HistoryChange;
  /** The person's reason, or what the engine saw. */
  readonly why?: string;
  /** The alert after the change. */
  readonly status: Alert['status'];
  readonly severity: Severity;
  readonly count: number;
}

export type HistoryChange =
  | 'raised'
  | 'grew'
  | 'severity changed'
  | 'withdrawn'
  | 'stands again'
  | 'acknowledged'
  | 'closed'
  | 'reopened'
  | 'noted';

const PREFIX = 'history#';

/** @example historySort(7) // => 'history#0000000007' */
export function historySort(sequence: number): string {
  return PREFIX + String(sequence).padStart(10, '0');
}

/** Lays an entry down beside its alert. Doing so again changes nothing. */
export async function layDown(table: Table, id: string, entry: HistoryEntry): Promise<void> {
  await ifAllowed(
    table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { pk: id, sk: historySort(entry.sequence), entry },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    ),
  );
}

/**
 * Reads what is laid down beside an alert, oldest first, and adds the newest entry.
 *
 * @param newest - of the alert, read before: everything older is then laid down already
 */
export async function historyUpTo(
  table: Table,
  id: string,
  newest: HistoryEntry,
): Promise<readonly HistoryEntry[]> {
  if (newest.sequence === 1) return [newest];
  const entries: HistoryEntry[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: 'pk = :id AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: {
          ':id': id,
          ':first': historySort(1),
          ':last': historySort(newest.sequence - 1),
        },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) entries.push(item['entry'] as HistoryEntry);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return [...entries, newest];
}
