/** The events of the Systems Manager inventory. */
import type {
  Device,
  DeviceInventoryInfo,
  Peripheral,
  PeripheralInventoryInfo,
  SoftwareInventoryInfo,
} from '../../core/events/index.ts';
import { hash32 } from '../../core/hash.ts';
import type { EpochMs } from '../../core/time.ts';
import { idAt, textAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { systemText } from '../systems.ts';

/** Reads what an inventory says of the instance itself; its id is `i-…`, or `mi-…` for one outside EC2. */
export function deviceOf(uid: string, information: RawRecord | undefined): Device {
  const name = textAt(information, 'ComputerName');
  const platform = textAt(information, 'PlatformName') ?? textAt(information, 'PlatformType');
  const os = systemText(platform, textAt(information, 'PlatformVersion'));
  return {
    uid,
    ...(name === undefined ? {} : { name }),
    ...(os === undefined ? {} : { os }),
  };
}

/** Makes the event of an instance that is there. */
export function deviceEvent(device: Device, time: EpochMs, information: RawRecord): DeviceInventoryInfo {
  const status = textAt(information, 'InstanceStatus');
  return {
    kind: 'device-inventory-info',
    time,
    source: 'ssm',
    feed: 'inventory',
    uid: device.uid ?? '',
    device,
    state:
      status === 'Active' ? { status: 'active' } : status === 'Terminated' ? { status: 'deactivated' } : {},
  };
}

/** Makes the event of an application found; `undefined` for a row without a name, which nothing could be looked up by. */
export function softwareEvent(
  device: Device,
  time: EpochMs,
  row: RawRecord,
): SoftwareInventoryInfo | undefined {
  const name = textAt(row, 'Name');
  if (name === undefined) return undefined;
  const [version, vendor, uid] = [textAt(row, 'Version'), textAt(row, 'Publisher'), idAt(row, 'PackageId')];
  return {
    kind: 'software-inventory-info',
    time,
    source: 'ssm',
    feed: 'inventory',
    uid: device.uid ?? '',
    // Inventories give applications no id and lines no place in their list; the name and version tell them apart.
    part: hash32(`${name}\n${version ?? ''}`),
    device,
    package: {
      name,
      ...(version === undefined ? {} : { version }),
      ...(vendor === undefined ? {} : { vendor }),
      ...(uid === undefined ? {} : { uid }),
    },
  };
}

/** Makes the event of something plugged in; what it says of itself tells it from others on the same instance. */
export function peripheralEvent(
  device: Device,
  time: EpochMs,
  peripheral: Peripheral,
): PeripheralInventoryInfo {
  return {
    kind: 'peripheral-inventory-info',
    time,
    source: 'ssm',
    feed: 'inventory',
    uid: device.uid ?? '',
    part: hash32(JSON.stringify(peripheral)),
    device,
    peripheral,
  };
}
