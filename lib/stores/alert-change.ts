/** Reads an alert's item, decides, and writes it only if nobody else wrote in between. */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ALERT_INDEXES, ALERT_TIME } from '../config/alert-indexes.ts';
import { ALERT_SORT } from '../config/names.ts';
import { RingerError } from '../core/errors.ts';
import { subjectKey } from '../core/people/subject.ts';
import { layDown } from './alert-history.ts';
import { shownStatus, type AlertRecord } from './alert-life.ts';
import { fitting, keyText } from './item-limits.ts';
import { ifAllowed, type Table } from './table.ts';

/** Enough for everybody who writes to one alert at once to go first. */
const TRIES = 20;

/**
 * Changes an alert.
 *
 * @param decide - given the alert as it is; `undefined` leaves it so. Asked again when somebody else was there first
 * @throws STORE_FAILED, retryable, when others kept getting in first
 */
export async function changeAlert(
  table: Table,
  id: string,
  decide: (before: AlertRecord | undefined) => AlertRecord | undefined,
): Promise<AlertRecord | undefined> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const item = await findAlertItem(table, id);
    const before = item as AlertRecord | undefined;
    const after = decide(before);
    if (after === undefined) return undefined;
    if (before !== undefined && before.newest.sequence < after.newest.sequence)
      await layDown(table, id, before.newest);
    if (await write(table, id, before, after)) return after;
  }
  throw new RingerError('STORE_FAILED', `others changed alert ${id} again and again`, { retryable: true });
}

/** Reads the item of an alert: its record, and what else is written on it. */
export async function findAlertItem(
  table: Table,
  id: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: { pk: id, sk: ALERT_SORT }, ConsistentRead: true }),
  );
  return Item;
}

/** Sets our attributes alone; what others keep on the item stays. */
function write(
  table: Table,
  id: string,
  before: AlertRecord | undefined,
  after: AlertRecord,
): Promise<boolean> {
  const attributes = Object.entries(attributesOf(after));
  const set = attributes.filter(([, value]) => value !== undefined);
  const remove = attributes.filter(([, value]) => value === undefined);
  const names = Object.fromEntries(attributes.map(([name]) => [`#${name}`, name]));
  const values = Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]));
  return ifAllowed(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: { pk: id, sk: ALERT_SORT },
        UpdateExpression:
          `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}` +
          (remove.length === 0 ? '' : ` REMOVE ${remove.map(([name]) => `#${name}`).join(', ')}`),
        ConditionExpression: before === undefined ? 'attribute_not_exists(pk)' : '#version = :before',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: before === undefined ? values : { ...values, ':before': before.version },
      }),
    ),
  );
}

/** The record, and the attributes the indexes are made of. */
function attributesOf(record: AlertRecord): Record<string, unknown> {
  const { seen, fingerprint, revision, withdrawn, status, judged, version, newest } = record;
  return {
    ...{ seen: fitting(seen), fingerprint, revision, withdrawn, status, judged, version, newest },
    severity: seen.severity,
    [ALERT_TIME]: seen.time,
    [ALERT_INDEXES.subject.attribute]: keyText(subjectKey(seen.subject)),
    [ALERT_INDEXES.day.attribute]: `${seen.time.slice(0, 10)}#${seen.severity}`,
    [ALERT_INDEXES.status.attribute]: shownStatus(record),
    [ALERT_INDEXES.detection.attribute]: seen.detection,
  };
}
