/** Intune's managed devices: whose computer it is, and in what state. */
import type { Actor, Device, DeviceState } from '../../core/events/index.ts';
import { serialNumberOf } from '../../core/people/device.ts';
import { booleanAt, has, idAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { systemText } from '../systems.ts';
import { timeAt } from '../times.ts';
import { personOf } from './principals.ts';

const SOURCE = 'intune';
const FEED = 'managedDevices';

const MARKS: readonly string[] = [
  'deviceName',
  'complianceState',
  'managementAgent',
  'lastSyncDateTime',
  'enrolledDateTime',
  'managedDeviceOwnerType',
  'azureADDeviceId',
  'deviceEnrollmentType',
];

export const managedDevices: Feed = { source: SOURCE, id: FEED, recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  const type = record['@odata.type'];
  if (type === '#microsoft.graph.managedDevice' || type === '#microsoft.graph.windowsManagedDevice')
    return true;
  let marks = 0;
  for (const mark of MARKS) if (has(record, mark) && ++marks === 2) return true;
  return false;
}

function normalize(record: RawRecord, reading: Reading): Normalized {
  const actor = userOfDevice(record);
  return events([
    {
      kind: 'device-inventory-info',
      time: timeAt(record, 'lastSyncDateTime') ?? reading.observedTime,
      source: SOURCE,
      feed: FEED,
      uid: recordId(record, 'id'),
      ...(actor !== undefined && { actor }),
      device: managedDeviceOf(record),
      state: stateOf(record),
    },
  ]);
}

/** Gives the person a device is assigned to; a shared or unassigned device has none. */
export function userOfDevice(record: RawRecord): Actor | undefined {
  return personOf({
    userName: textAt(record, 'userPrincipalName'),
    mail: textAt(record, 'emailAddress'),
    uid: idAt(record, 'userId'),
    name: textAt(record, 'userDisplayName'),
  });
}

/** Reads a managed device, also where only a few of its fields were asked for. */
export function managedDeviceOf(record: RawRecord): Device {
  const uid = idAt(record, 'id');
  const serialNumber = serialNumberOf(textAt(record, 'serialNumber'));
  const name = textAt(record, 'deviceName');
  const os = systemText(textAt(record, 'operatingSystem'), textAt(record, 'osVersion'));
  const compliance = textAt(record, 'complianceState');
  return {
    ...(uid !== undefined && { uid }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(name !== undefined && { name }),
    ...(os !== undefined && { os }),
    managed: true,
    // Within a grace period, on error or in conflict Intune has not decided.
    ...(compliance === 'compliant' && { compliant: true }),
    ...(compliance === 'noncompliant' && { compliant: false }),
  };
}

function stateOf(record: RawRecord): DeviceState {
  const enrolledTime = timeAt(record, 'enrolledDateTime');
  const lastSeenTime = timeAt(record, 'lastSyncDateTime');
  const owner = textAt(record, 'managedDeviceOwnerType') ?? textAt(record, 'ownerType');
  const encrypted = booleanAt(record, 'isEncrypted');
  const jailbroken = booleanAt(record, 'jailBroken');
  const model = textAt(record, 'model');
  const manufacturer = textAt(record, 'manufacturer');
  return {
    ...(enrolledTime !== undefined && { enrolledTime }),
    ...(lastSeenTime !== undefined && { lastSeenTime }),
    ...((owner === 'company' || owner === 'personal') && { ownership: owner }),
    ...(encrypted !== undefined && { encrypted }),
    ...(jailbroken !== undefined && { jailbroken }),
    ...(model !== undefined && { model }),
    ...(manufacturer !== undefined && { manufacturer }),
  };
}
