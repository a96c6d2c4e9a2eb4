/**
 * Every way to ask the alerts table:
 *
 * | what | asked of | partition | sort |
 * |---|---|---|---|
 * | an alert by its id | the table | the id | `alert` |
 * | its history, oldest first | the table | the id | from `history#…` to `history#…` |
 * | what a subject has, newest first | `by-subject` | `person:ada.novak@example.com` | time |
 * | a day's alerts of one severity | `by-day` | `2026-03-09#high` | time |
 * | those of one status, oldest first | `by-status` | `open` | time |
 * | those of one detection | `by-detection` | `impossible-travel` | time |
 * | the ids that begin with a few letters | `by-status`, all four | as above | |
 *
 * An index gives ids, and lags behind the table by moments; what is given out is read from the table and asked again
 * whether it still is what was wanted.
 */
import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ALERT_INDEXES, ALERT_TIME, type AlertIndex } from '../config/alert-indexes.ts';
import type { Alert } from '../core/alerts/alert.ts';
import { SEVERITIES, type Severity } from '../core/alerts/severity.ts';
import { RingerError } from '../core/errors.ts';
import { compareText } from '../core/events/event.ts';
import { subjectKey } from '../core/people/subject.ts';
import { DAY_MS, dayOf, isoTime, startOfDay, type EpochMs } from '../core/time.ts';
import { ALERT_SORT } from '../config/names.ts';
import { STATUSES } from './alert-life.ts';
import { keyText } from './item-limits.ts';
import { storedAlert, type StoredAlert } from './alerts.ts';
import type { Table } from './table.ts';

/** What to look for; what is absent does not matter. */
export interface AlertQuery {
  readonly statuses?: readonly Alert['status'][] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  /** The alert's time, inclusive. */
  readonly since?: EpochMs | undefined;
  /** The alert's time, exclusive. */
  readonly until?: EpochMs | undefined;
  /** Keys of subjects: `person:ada.novak@example.com`. */
  readonly subjects?: readonly string[] | undefined;
  readonly detection?: string | undefined;
}

export type Order = 'oldest first' | 'newest first';

/** One partition of one index. */
interface Asked {
  readonly index: AlertIndex;
  readonly value: string;
}

/** More days than that are not asked one by one. */
const DAYS_ASKED = 92;
const BATCH = 100;
const BATCH_TRIES = 8;

/** Finds alerts, ordered by time, then id. */
export async function* findAlerts(
  table: Table,
  query: AlertQuery,
  order: Order = 'oldest first',
): AsyncGenerator<StoredAlert> {
  const times = new Map<string, string>();
  for (const asked of whatToAsk(query)) {
    for await (const { id, time } of keysOf(table, asked, query)) times.set(id, time);
  }
  const sign = order === 'oldest first' ? 1 : -1;
  const ids = [...times]
    .sort(([a, at], [b, bt]) => sign * (compareText(at, bt) || compareText(a, b)))
    .map(([id]) => id);
  for (let start = 0; start < ids.length; start += BATCH) {
    const some = ids.slice(start, start + BATCH);
    const found = await readAll(table, some);
    for (const id of some) {
      const stored = found.get(id);
      if (stored !== undefined && isWanted(stored.alert, query)) yield stored;
    }
  }
}

/** Finds the ids that begin with a text, but no more than `most`. */
export async function findAlertIds(
  table: Table,
  prefix: string,
  most: number = 10,
): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const value of STATUSES) {
    for await (const { id } of keysOf(table, { index: 'status', value }, {}, prefix)) {
      ids.add(id);
      if (ids.size >= most) return [...ids];
    }
  }
  return [...ids];
}

/** Chooses the index that leaves least to be read. */
function whatToAsk(query: AlertQuery): readonly Asked[] {
  const { subjects, detection, statuses = STATUSES, severities = SEVERITIES, since, until } = query;
  if (subjects !== undefined) return subjects.map((key) => ({ index: 'subject', value: keyText(key) }));
  if (detection !== undefined) return [{ index: 'detection', value: detection }];
  const days = since === undefined || until === undefined ? Infinity : (until - since) / DAY_MS;
  if (query.severities === undefined || since === undefined || until === undefined || days > DAYS_ASKED)
    return statuses.map((value) => ({ index: 'status', value }));
  const asked: Asked[] = [];
  for (let day = startOfDay(since); day < until; day += DAY_MS) {
    for (const severity of severities) asked.push({ index: 'day', value: `${dayOf(day)}#${severity}` });
  }
  return asked;
}

/** The first and the last instant that ISO 8601 writes with four digits for the year. */
const EVER = { since: 0, until: Date.UTC(9999, 11, 31) };

async function* keysOf(
  table: Table,
  { index, value }: Asked,
  { since = EVER.since, until = EVER.until }: Pick<AlertQuery, 'since' | 'until'>,
  prefix?: string,
): AsyncGenerator<{ readonly id: string; readonly time: string }> {
  const { name, attribute } = ALERT_INDEXES[index];
  if (until <= since) return;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: name,
        KeyConditionExpression: '#value = :value AND #time BETWEEN :since AND :until',
        ExpressionAttributeNames: { '#value': attribute, '#time': ALERT_TIME },
        ExpressionAttributeValues: {
          ':value': value,
          ':since': isoTime(since),
          ':until': isoTime(until - 1),
          ...(prefix === undefined ? {} : { ':prefix': prefix }),
        },
        ...(prefix === undefined ? {} : { FilterExpression: 'begins_with(pk, :prefix)' }),
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) yield { id: item['pk'] as string, time: item[ALERT_TIME] as string };
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

async function readAll(table: Table, ids: readonly string[]): Promise<ReadonlyMap<string, StoredAlert>> {
  const found = new Map<string, StoredAlert>();
  let keys: Record<string, unknown>[] = ids.map((pk) => ({ pk, sk: ALERT_SORT }));
  for (let attempt = 0; keys.length > 0; attempt++) {
    if (attempt === BATCH_TRIES)
      throw new RingerError('STORE_FAILED', `${table.name} did not give ${keys.length} alerts`, {
        retryable: true,
      });
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt));
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[table.name] ?? []) found.set(item['pk'] as string, storedAlert(item));
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return found;
}

function isWanted(
  alert: Alert,
  { statuses, severities, since, until, subjects, detection }: AlertQuery,
): boolean {
  const time = Date.parse(alert.time);
  return (
    (statuses?.includes(alert.status) ?? true) &&
    (severities?.includes(alert.severity) ?? true) &&
    (since === undefined || time >= since) &&
    (until === undefined || time < until) &&
    (subjects?.includes(subjectKey(alert.subject)) ?? true) &&
    (detection === undefined || alert.detection === detection)
  );
}
