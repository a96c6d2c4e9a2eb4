/**
 * The Systems Manager inventory: an instance of a GetInventory page, an entry of a ListInventoryEntries page with what
 * the page says of it, or a line of a Resource Data Sync. All three give the same events for the same inventory. Of custom
 * types, rows that show a peripheral are read and all others passed over.
 */
import type { Device, Peripheral, SourceEvent } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { expected } from '../damage.ts';
import { asObject, has, idAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { parseTime } from '../times.ts';
import { deviceEvent, deviceOf, peripheralEvent, softwareEvent } from './inventory-events.ts';
import { readPeripheral } from './inventory-peripherals.ts';

export const APPLICATION = 'AWS:Application';
export const INSTANCE = 'AWS:InstanceInformation';

const RELEVANT = [APPLICATION, INSTANCE] as const;

const INSTANCE_ID = /^m?i-[0-9a-z]+$/;
const INVENTORY_TYPE = /^(?:AWS|Custom):/;
const CUSTOM_TYPE = /^Custom:/;

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
  const uid = idAt(record, 'Id');
  const [information] = objectsAt(instance, 'Content');
  const device = deviceOf(uid ?? '', information);
  let found: readonly SourceEvent[] = peripheralsOf(data, device, reading);
  if (application === undefined && instance === undefined && found.length === 0) return IRRELEVANT;
  if (uid === undefined) return expected('Id', 'an instance id', record['Id']);

  for (const [type, item] of [
    [INSTANCE, instance],
    [APPLICATION, application],
  ] as const) {
    if (item === undefined) continue;
    if (!Array.isArray(item['Content'])) return expected(`Data.${type}.Content`, 'a list', item['Content']);
    const time = captured(item['CaptureTime'], reading);
    if (time === undefined) return expected(`Data.${type}.CaptureTime`, 'a time', item['CaptureTime']);
    if (type === INSTANCE && information !== undefined)
      found = [deviceEvent(device, time, information), ...found];
    if (type === APPLICATION) {
      const software = objectsAt(item, 'Content').flatMap((row) => softwareEvent(device, time, row) ?? []);
      found = [...found, ...software];
    }
  }
  return events(found);
}

/** A damaged item of a custom type is nobody's loss: only some of them are read at all. */
function peripheralsOf(
  data: RawRecord | undefined,
  device: Device,
  reading: Reading,
): readonly SourceEvent[] {
  const types = data === undefined ? [] : Object.keys(data).filter((type) => CUSTOM_TYPE.test(type));
  return types.flatMap((type) => {
    const item = objectAt(data, type);
    const time = captured(item?.['CaptureTime'], reading);
    if (time === undefined) return [];
    return objectsAt(item, 'Content').flatMap((row) => {
      const peripheral = readPeripheral(row, type);
      return peripheral === undefined ? [] : [peripheralEvent(device, time, peripheral)];
    });
  });
}

function normalizeEntry(record: RawRecord, reading: Reading): Normalized {
  const type = record['TypeName'];
  if (typeof type !== 'string') return expected('TypeName', 'a text', type);
  const row = asObject(record['Entry']);
  const what = CUSTOM_TYPE.test(type)
    ? row && readPeripheral(row, type)
    : RELEVANT.find((own) => own === type);
  if (what === undefined) return IRRELEVANT;
  if (row === undefined) return expected('Entry', 'an object', record['Entry']);
  return normalizeRow(
    what,
    row,
    'InstanceId',
    record['InstanceId'],
    'CaptureTime',
    record['CaptureTime'],
    reading,
  );
}

function normalizeLine(line: RawRecord, reading: Reading): Normalized {
  const what = readPeripheral(line) ?? typeOf(line);
  if (what === undefined) return IRRELEVANT;
  return normalizeRow(
    what,
    line,
    'resourceId',
    line['resourceId'],
    'captureTime',
    line['captureTime'],
    reading,
  );
}

/** @param what - the row's type, or the peripheral that a row of a custom type shows */
function normalizeRow(
  what: (typeof RELEVANT)[number] | Peripheral,
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
  if (what === INSTANCE) return events([deviceEvent(deviceOf(uid, row), time, row)]);
  const device = deviceOf(uid, undefined);
  if (typeof what === 'object') return events([peripheralEvent(device, time, what)]);
  const software = softwareEvent(device, time, row);
  return software === undefined ? expected('Name', 'a text', row['Name']) : events([software]);
}

/** A line does not say its type; the path of its file did. Network cards and services have a `Name` too. */
function typeOf(line: RawRecord): (typeof RELEVANT)[number] | undefined {
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
