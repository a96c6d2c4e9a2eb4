/**
 * The Systems Manager inventory: an instance of a GetInventory page, an entry of a ListInventoryEntries page with what
 * the page says of it, or a line of a Resource Data Sync. All three give the same events for the same inventory.
 */
import type { SourceEvent } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { expected } from '../damage.ts';
import { asObject, has, idAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { parseTime } from '../times.ts';
import { deviceEvent, deviceOf, softwareEvent } from './inventory-events.ts';

export const APPLICATION = 'AWS:Application';
export const INSTANCE = 'AWS:InstanceInformation';

const INSTANCE_ID = /^m?i-[0-9a-z]+$/;
const INVENTORY_TYPE = /^(?:AWS|Custom):/;

export const inventory: Feed = {
  source: 'ssm',
  id: 'inventory',
  recognizes: (record) => isEntity(record) || isEntry(record) || isLine(record),
  normalize: (record, reading) =>
    isEntity(record)
      ? normalizeEntity(record, reading)
      : isEntry(record)
        ? normalizeEntry(record, reading)
        : normalizeLine(record, reading),
};

/** Tells an instance of a GetInventory page: its id, and its inventory by type. */
export function isEntity(record: RawRecord): boolean {
  if (!has(record, 'Data')) return false;
  const data = objectAt(record, 'Data');
  const types = data === undefined ? [] : Object.keys(data);
  return types.length > 0
    ? types.some((type) => INVENTORY_TYPE.test(type))
    : INSTANCE_ID.test(textAt(record, 'Id') ?? '');
}

function isEntry(record: RawRecord): boolean {
  return has(record, 'Entry') && has(record, 'TypeName') && has(record, 'InstanceId');
}

function isLine(record: RawRecord): boolean {
  if (has(record, 'captureTime')) return has(record, 'resourceId') || has(record, 'schemaVersion');
  return has(record, 'schemaVersion') && INSTANCE_ID.test(textAt(record, 'resourceId') ?? '');
}

function normalizeEntity(record: RawRecord, reading: Reading): Normalized {
  const data = objectAt(record, 'Data');
  const [application, instance] = [objectAt(data, APPLICATION), objectAt(data, INSTANCE)];
  if (application === undefined && instance === undefined) return IRRELEVANT;
  const uid = idAt(record, 'Id');
  if (uid === undefined) return expected('Id', 'an instance id', record['Id']);

  const [information] = objectsAt(instance, 'Content');
  const device = deviceOf(uid, information);
  let found: readonly SourceEvent[] = [];
  for (const [type, item] of [
    [INSTANCE, instance],
    [APPLICATION, application],
  ] as const) {
    if (item === undefined) continue;
    if (!Array.isArray(item['Content'])) return expected(`Data.${type}.Content`, 'a list', item['Content']);
    const time = captured(item['CaptureTime'], reading);
    if (time === undefined) return expected(`Data.${type}.CaptureTime`, 'a time', item['CaptureTime']);
    if (type === INSTANCE && information !== undefined) found = [deviceEvent(device, time, information)];
    if (type === APPLICATION) {
      const software = objectsAt(item, 'Content').flatMap((row) => softwareEvent(device, time, row) ?? []);
      found = [...found, ...software];
    }
  }
  return events(found);
}

function normalizeEntry(record: RawRecord, reading: Reading): Normalized {
  const type = record['TypeName'];
  if (typeof type !== 'string') return expected('TypeName', 'a text', type);
  if (type !== APPLICATION && type !== INSTANCE) return IRRELEVANT;
  const row = asObject(record['Entry']);
  if (row === undefined) return expected('Entry', 'an object', record['Entry']);
  return normalizeRow(
    type,
    row,
    'InstanceId',
    record['InstanceId'],
    'CaptureTime',
    record['CaptureTime'],
    reading,
  );
}

function normalizeLine(line: RawRecord, reading: Reading): Normalized {
  const type = typeOf(line);
  if (type === undefined) return IRRELEVANT;
  return normalizeRow(
    type,
    line,
    'resourceId',
    line['resourceId'],
    'captureTime',
    line['captureTime'],
    reading,
  );
}

function normalizeRow(
  type: string,
  row: RawRecord,
  idKey: string,
  id: unknown,
  timeKey: string,
  captureTime: unknown,
  reading: Reading,
): Normalized {
  const uid = idAt({ id }, 'id');
  if (uid === undefined) return expected(idKey, 'an instance id', id);
  const time = captured(captureTime, reading);
  if (time === undefined) return expected(timeKey, 'a time', captureTime);
  if (type === INSTANCE) return events([deviceEvent(deviceOf(uid, row), time, row)]);
  const software = softwareEvent(deviceOf(uid, undefined), time, row);
  return software === undefined ? expected('Name', 'a text', row['Name']) : events([software]);
}

/** A line does not say its type; the path of its file did. Network cards and services have a `Name` too. */
function typeOf(line: RawRecord): string | undefined {
  if (has(line, 'ComputerName') || has(line, 'PlatformType')) return INSTANCE;
  return has(line, 'Version') || has(line, 'Publisher') || has(line, 'ApplicationType')
    ? APPLICATION
    : undefined;
}

/** A row without a time of its own is of the time it was read. */
function captured(captureTime: unknown, reading: Reading): EpochMs | undefined {
  return captureTime === undefined || captureTime === null || captureTime === ''
    ? reading.observedTime
    : parseTime(captureTime);
}
