/** Inventory rows of invented devices. */
import type { SoftwareInventoryInfo, SoftwarePackage } from '../../lib/core/events/index.ts';
import { NOON } from './people-and-places.ts';

export interface InstalledOptions {
  readonly at?: number;
  readonly source?: SoftwareInventoryInfo['source'];
  /** The serial number, `SN-0001`; `null` where the inventory does not name the device. */
  readonly device?: string | null;
  readonly deviceName?: string;
  readonly os?: string;
  /** `null` where the inventory names nobody. */
  readonly address?: string | null;
  readonly uid?: string;
  readonly deviceCount?: number;
}

/** A row that says that a person's device has something. */
export function installed(
  shown: string | SoftwarePackage,
  options: InstalledOptions = {},
): SoftwareInventoryInfo {
  const software = typeof shown === 'string' ? { name: shown } : shown;
  const {
    at = NOON,
    source = 'intune',
    device = 'SN-0001',
    deviceName,
    os,
    address = 'sam.doe@example.com',
  } = options;
  return {
    kind: 'software-inventory-info',
    time: at,
    source,
    feed: 'detectedApps',
    uid: options.uid ?? `${software.name} ${device ?? ''}`,
    package: software,
    ...(address === null ? {} : { actor: { type: 'user', address } }),
    ...(device === null
      ? {}
      : {
          device: {
            uid: `id-${device}`,
            serialNumber: device,
            name: deviceName ?? `LT-${device}`,
            ...(os === undefined ? {} : { os }),
          },
        }),
    ...(options.deviceCount === undefined ? {} : { deviceCount: options.deviceCount }),
  };
}

/** A company's devices, one each for as many people; the first ones have the software, all have a browser. */
export function fleetWith(
  shown: string | SoftwarePackage,
  having: number,
  of: number,
  at = NOON,
): SoftwareInventoryInfo[] {
  return Array.from({ length: of }, (_, index) => {
    const who = { at, device: `SN-${1_000 + index}`, address: `person${index}@example.com` };
    return [installed('Google Chrome', who), ...(index < having ? [installed(shown, who)] : [])];
  }).flat();
}
