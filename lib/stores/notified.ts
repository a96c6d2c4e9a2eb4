/**
 * What people have been told of each alert, channel by channel, and how much a channel has been sent lately.
 *
 * | what | table | partition | sort |
 * |---|---|---|---|
 * | the severity each channel was told | alerts | the alert's id | `notified` |
 * | how many messages a channel got in a window | ledger | `channel#<id>` | `sent#<window>#<severity>` |
 *
 * What was told is an item of its own beside the alert: recording it wakes nobody who follows the alerts' stream, and
 * costs the write of a small item instead of the whole alert and its indexes.
 */
import { BatchGetCommand, GetCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../core/alerts/alert.ts';
import { isApproved, type Published } from '../core/alerts/publish.ts';
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
import { RingerError } from '../core/errors.ts';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import { ALERT_SORT } from '../config/names.ts';
import { ifAllowed, ttlSeconds, type Table } from './table.ts';

export const NOTIFIED_SORT = 'notified';

/** The most urgent severity each channel was told of an alert, by the channel's id. */
export type ToldOf = ReadonlyMap<string, Severity>;

/** An alert nobody has closed, as a list needs it. */
export interface StandingAlert {
  readonly id: string;
  readonly severity: Severity;
  readonly status: Alert['status'];
  /** ISO 8601. */
  readonly time: string;
  readonly approved: boolean;
}

const PREFIX = 'told:';
const BATCH_GET_MOST = 100;
const BATCH_GET_TRIES = 8;

/** Reads what each channel was told of an alert. */
export async function findTold(table: Table, id: string): Promise<ToldOf> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: notifiedKey(id), ConsistentRead: true }),
  );
  return toldIn(Item);
}

/**
 * Records that a channel was told of an alert; what is recorded never sinks.
 *
 * @returns false when it had been told of as much or worse
 */
export async function recordTold(
  table: Table,
  id: string,
  channel: string,
  severity: Severity,
  now: EpochMs,
): Promise<boolean> {
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: notifiedKey(id),
        UpdateExpression: 'SET #channel = :rank, notifiedAt = :now',
        ConditionExpression: 'attribute_not_exists(#channel) OR #channel < :rank',
        ExpressionAttributeNames: { '#channel': PREFIX + channel },
        ExpressionAttributeValues: { ':rank': severityRank(severity), ':now': now },
      }),
    ),
  );
}

/**
 * Lists alerts that are open or acknowledged.
 *
 * It reads the whole table, a few megabytes at a thousand people, once an hour: 0.5 read units for each 4 KB.
 */
export async function* standingAlerts(table: Table): AsyncGenerator<readonly StandingAlert[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.client.send(
      new ScanCommand({
        TableName: table.name,
        // What the engine has not written is no alert: one item that somebody put there must not stop the sweep.
        FilterExpression:
          'sk = :alert AND attribute_exists(seen) AND #status IN (:open, :acknowledged) AND attribute_not_exists(withdrawn)',
        ProjectionExpression: 'pk, #status, seen.severity, seen.#time, seen.approved',
        ExpressionAttributeNames: { '#status': 'status', '#time': 'time' },
        ExpressionAttributeValues: { ':alert': ALERT_SORT, ':open': 'open', ':acknowledged': 'acknowledged' },
        ExclusiveStartKey: from,
      }),
    );
    yield Items.map((item) => {
      const seen = item['seen'] as Pick<Alert, 'severity' | 'time'> & Partial<Published>;
      return {
        id: item['pk'] as string,
        severity: seen.severity,
        status: item['status'] as Alert['status'],
        time: seen.time,
        approved: isApproved(seen),
      };
    });
    from = LastEvaluatedKey;
  } while (from !== undefined);
}

/**
 * Finds alerts of which a channel may not have been told: their severity exceeds what is recorded, or nothing is. Who
 * sends reads both again first.
 */
export async function* alertsToNotify(
  table: Table,
  channels: readonly { readonly id: string; readonly minimum: Severity }[],
): AsyncGenerator<string> {
  for await (const page of standingAlerts(table)) {
    const wanted = page.filter(
      ({ severity, approved }) =>
        !approved && channels.some(({ minimum }) => severityRank(severity) >= severityRank(minimum)),
    );
    for (let start = 0; start < wanted.length; start += BATCH_GET_MOST) {
      const some = wanted.slice(start, start + BATCH_GET_MOST);
      const told = await findToldOfAll(
        table,
        some.map(({ id }) => id),
      );
      for (const { id, severity } of some) {
        const rank = severityRank(severity);
        const isDue = channels.some((channel) => {
          const before = told.get(id)?.get(channel.id);
          return (
            rank >= severityRank(channel.minimum) && (before === undefined || severityRank(before) < rank)
          );
        });
        if (isDue) yield id;
      }
    }
  }
}

/**
 * Takes one of the messages that a channel may get at a severity in a window. Each severity has its own, so that many
 * small alerts cannot hold a critical one back.
 *
 * @returns false when the window has had its number
 */
export async function takeTurn(
  ledger: Table,
  channel: string,
  severity: Severity,
  now: EpochMs,
  window: { readonly ms: number; readonly most: number },
): Promise<boolean> {
  const start = Math.floor(now / window.ms) * window.ms;
  return ifAllowed(
    ledger.client.send(
      new UpdateCommand({
        TableName: ledger.name,
        Key: { pk: `channel#${channel}`, sk: `sent#${String(start).padStart(15, '0')}#${severity}` },
        UpdateExpression: 'ADD #sent :one SET expiresAt = :expires',
        ConditionExpression: 'attribute_not_exists(#sent) OR #sent < :most',
        ExpressionAttributeNames: { '#sent': 'sent' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':most': window.most,
          ':expires': ttlSeconds(start + DAY_MS),
        },
      }),
    ),
  );
}

async function findToldOfAll(table: Table, ids: readonly string[]): Promise<ReadonlyMap<string, ToldOf>> {
  const told = new Map<string, ToldOf>();
  let keys: Record<string, unknown>[] = ids.map(notifiedKey);
  for (let attempt = 0; keys.length > 0; attempt++) {
    if (attempt === BATCH_GET_TRIES) {
      throw new RingerError('STORE_FAILED', `${table.name} did not give ${keys.length} items`, {
        retryable: true,
      });
    }
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: keys } } }),
    );
    for (const item of Responses?.[table.name] ?? []) told.set(item['pk'] as string, toldIn(item));
    keys = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return told;
}

function toldIn(item: Readonly<Record<string, unknown>> | undefined): ToldOf {
  const told = new Map<string, Severity>();
  for (const [name, rank] of Object.entries(item ?? {})) {
    const severity = name.startsWith(PREFIX) ? SEVERITIES[rank as number] : undefined;
    if (severity !== undefined) told.set(name.slice(PREFIX.length), severity);
  }
  return told;
}

function notifiedKey(id: string): Record<string, string> {
  return { pk: id, sk: NOTIFIED_SORT };
}
