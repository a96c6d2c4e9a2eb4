/**
 * The alerts table. The engine owns what was seen, people own status and notes, notify owns what was sent; each writes
 * its own attributes only, so that none overwrites another.
 *
 * An alert is the item `pk` = its id, `sk` = `alert`; its history will be items beside it.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Alert } from '../core/alerts/alert.ts';
import { SEVERITIES, severityRank, type Severity } from '../core/alerts/severity.ts';
import { stableId } from '../core/hash.ts';
import { subjectKey } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { ifAllowed, type Table } from './table.ts';

export const ALERT_SORT = 'alert';

export interface StoredAlert {
  readonly alert: Alert;
  /** The most urgent severity anybody was told of. */
  readonly notified: Severity | undefined;
}

/** Gives a text that changes whenever anything an alert says does. */
export function fingerprintOf(alert: Alert): string {
  return stableId(JSON.stringify(alert));
}

/**
 * Writes what the engine says now.
 *
 * @param revision - rises with the subject's state: what an older state says is not written over what a newer one said
 * @returns false when the alert says so already, or a newer revision stands
 */
export async function putAlert(table: Table, alert: Alert, revision: number): Promise<boolean> {
  const { status, ...seen } = alert;
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, alert.id),
        UpdateExpression:
          'SET seen = :seen, fingerprint = :fingerprint, revision = :revision, #subject = :subject, #day = :day, ' +
          'severity = :severity, detection = :detection, #status = if_not_exists(#status, :status) REMOVE withdrawn',
        ConditionExpression:
          'attribute_not_exists(pk) OR ' +
          '(revision <= :revision AND (fingerprint <> :fingerprint OR attribute_exists(withdrawn)))',
        ExpressionAttributeNames: { '#subject': 'subject', '#day': 'day', '#status': 'status' },
        ExpressionAttributeValues: {
          ':seen': seen,
          ':fingerprint': fingerprintOf(alert),
          ':revision': revision,
          ':subject': subjectKey(alert.subject),
          ':day': alert.time.slice(0, 10),
          ':severity': alert.severity,
          ':detection': alert.detection,
          ':status': status,
        },
      }),
    ),
  );
}

/** Says that an alert no longer stands: later evidence explained it. What people wrote on it stays. */
export async function withdrawAlert(table: Table, id: string, revision: number): Promise<boolean> {
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, id),
        UpdateExpression: 'SET withdrawn = :true, revision = :revision',
        ConditionExpression:
          'attribute_exists(pk) AND revision <= :revision AND attribute_not_exists(withdrawn)',
        ExpressionAttributeValues: { ':true': true, ':revision': revision },
      }),
    ),
  );
}

/** Reads one alert as it is now. */
export async function findAlert(table: Table, id: string): Promise<StoredAlert | undefined> {
  const { Item } = await table.client.send(new GetCommand({ ...at(table, id), ConsistentRead: true }));
  if (Item === undefined) return undefined;
  const seen = Item['seen'] as Omit<Alert, 'status'>;
  const status = Item['status'] as Alert['status'];
  const withdrawn = Item['withdrawn'] === true && status !== 'closed';
  const rank = Item['notifiedRank'] as number | undefined;
  return {
    alert: { ...seen, status: withdrawn ? 'withdrawn' : status },
    notified: rank === undefined ? undefined : SEVERITIES[rank],
  };
}

/** Records the severity people have been told of; it never sinks. */
export async function recordNotified(
  table: Table,
  id: string,
  severity: Severity,
  time: EpochMs,
): Promise<boolean> {
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        ...at(table, id),
        UpdateExpression: 'SET notifiedRank = :rank, notifiedAt = :at',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(notifiedRank) OR notifiedRank < :rank)',
        ExpressionAttributeValues: { ':rank': severityRank(severity), ':at': time },
      }),
    ),
  );
}

function at(table: Table, id: string): { TableName: string; Key: Record<string, string> } {
  return { TableName: table.name, Key: { pk: id, sk: ALERT_SORT } };
}
