/** Intune: managed devices, and the software found on them. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Laptop, Staff } from '../staff.ts';
import { manufacturerOf } from './okta-listings.ts';

export interface DeviceCondition {
  readonly complianceState?: 'compliant' | 'noncompliant' | 'inGracePeriod';
  readonly isEncrypted?: boolean;
  readonly ownerType?: 'company' | 'personal';
}

/** A device as of its last check-in. */
export function managedDevice(
  who: Staff,
  synced: EpochMs,
  { complianceState = 'compliant', isEncrypted = true, ownerType = 'company' }: DeviceCondition = {},
  laptop: Laptop = who.laptop,
): RawRecord {
  const isMac = laptop.os === 'macOS';
  return {
    id: laptop.intuneId,
    userId: who.entraId,
    deviceName: laptop.name,
    managedDeviceOwnerType: ownerType,
    enrolledDateTime: isoTime(laptop.enrolled),
    lastSyncDateTime: isoTime(synced),
    operatingSystem: laptop.os,
    complianceState,
    jailBroken: 'Unknown',
    managementAgent: 'mdm',
    osVersion: isMac ? '15.6.1' : '10.0.26100.6584',
    azureADRegistered: true,
    deviceEnrollmentType: isMac ? 'appleBulkWithUser' : 'windowsAzureADJoin',
    deviceRegistrationState: 'registered',
    emailAddress: who.address,
    userPrincipalName: who.address,
    userDisplayName: who.name,
    azureADDeviceId: laptop.entraId,
    isEncrypted,
    model: laptop.model,
    manufacturer: manufacturerOf(laptop),
    serialNumber: laptop.serialNumber,
    partnerReportedThreatState: 'unknown',
  };
}

/** A program as inventories show it. */
export interface Software {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
}

/**
 * A program, and the devices it was found on. Intune tells which only when asked for one program; without `devices` the
 * row has their number alone.
 */
export function detectedApp(
  { name, version, publisher }: Software,
  found: { readonly devices: readonly RawRecord[] } | { readonly deviceCount: number },
): RawRecord {
  return {
    id: idOf(`${name} ${version}`),
    displayName: name,
    version,
    sizeInByte: 0,
    deviceCount: 'devices' in found ? found.devices.length : found.deviceCount,
    publisher,
    platform: 'windows',
    ...('devices' in found && { managedDevices: found.devices }),
  };
}

/** The same program keeps its id from listing to listing. */
function idOf(text: string): string {
  return Buffer.from(text).toString('hex').padEnd(64, '0').slice(0, 64);
}
