/** Software that Intune found: one row a program and version, perhaps with the devices that have it. */
import type { SoftwareInventoryInfo, SoftwarePackage } from '../../core/events/index.ts';
import { expected } from '../damage.ts';
import { has, idAt, numberAt, objectsAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { timeAt } from '../times.ts';
import { managedDeviceOf, userOfDevice } from './managed-devices.ts';

const SOURCE = 'intune';
const FEED = 'detectedApps';

export const detectedApps: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (record['@odata.type'] === '#microsoft.graph.detectedApp') return true;
  if (!has(record, 'deviceCount') && !Array.isArray(record['managedDevices'])) return false;
  return has(record, 'displayName') || has(record, 'sizeInByte');
}

function normalize(record: RawRecord, reading: Reading): Normalized {
  const name = textAt(record, 'displayName');
  if (name === undefined) {
    const given = record['displayName'];
    // A program without a name can match nothing.
    return given === undefined || given === null || typeof given === 'string'
      ? IRRELEVANT
      : expected('displayName', 'a text', given);
  }
  const uid = recordId(record, 'id');
  const software = packageOf(record, name);
  const devices = objectsAt(record, 'managedDevices').filter(isNamed);
  if (devices.length > 0)
    return events(devices.map((device, part) => onDevice(device, part, uid, software, reading)));
  const deviceCount = numberAt(record, 'deviceCount');
  return events([
    {
      kind: 'software-inventory-info',
      time: reading.observedTime,
      source: SOURCE,
      feed: FEED,
      uid,
      package: software,
      ...(deviceCount !== undefined && deviceCount >= 0 && { deviceCount }),
    },
  ]);
}

/** A device without any name of its own could be anybody's. */
function isNamed(device: RawRecord): boolean {
  return has(device, 'id') || has(device, 'serialNumber') || has(device, 'deviceName');
}

function onDevice(
  device: RawRecord,
  part: number,
  uid: string,
  software: SoftwarePackage,
  reading: Reading,
): SoftwareInventoryInfo {
  const actor = userOfDevice(device);
  return {
    kind: 'software-inventory-info',
    time: timeAt(device, 'lastSyncDateTime') ?? reading.observedTime,
    source: SOURCE,
    feed: FEED,
    uid,
    ...(part > 0 && { part }),
    ...(actor !== undefined && { actor }),
    device: managedDeviceOf(device),
    package: software,
  };
}

/** Reads the program of a row. */
export function packageOf(record: RawRecord, name: string): SoftwarePackage {
  const version = textAt(record, 'version');
  const vendor = textAt(record, 'publisher');
  const uid = idAt(record, 'id');
  return {
    name,
    ...(version !== undefined && { version }),
    ...(vendor !== undefined && { vendor }),
    ...(uid !== undefined && { uid }),
  };
}
