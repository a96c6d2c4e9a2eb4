/** Okta's directory: users and devices as their listings have them. */
import { isoTime, type EpochMs } from '../../../core/time.ts';
import type { RawRecord } from '../../../sources/source.ts';
import type { Laptop, Phone, Staff } from '../staff.ts';
import { isLaptop } from './agents.ts';

/** An account, as of a time. */
export function oktaUser(who: Staff, at: EpochMs, status = 'ACTIVE'): RawRecord {
  const hired = isoTime(who.hired);
  const [firstName = '', lastName = ''] = who.name.split(' ');
  return {
    id: who.oktaId,
    status,
    created: hired,
    activated: hired,
    statusChanged: hired,
    lastLogin: null,
    lastUpdated: isoTime(at),
    passwordChanged: hired,
    type: { id: 'otyexample' },
    profile: {
      login: who.address,
      email: who.address,
      secondEmail: null,
      mobilePhone: null,
      firstName,
      lastName,
      displayName: who.name,
      department: who.department,
      manager: who.manager,
      userType: who.employment,
      city: who.claimed.name,
      state: who.claimed.region,
      countryCode: who.claimed.countryCode,
    },
    credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
  };
}

/** A device and everybody whose account is on it. */
export function oktaDevice(device: Laptop | Phone, users: readonly Staff[], at: EpochMs): RawRecord {
  const laptop = isLaptop(device);
  return {
    id: device.oktaId,
    status: 'ACTIVE',
    created: isoTime(laptop ? device.enrolled : at),
    lastUpdated: isoTime(at),
    profile: {
      displayName: device.name,
      platform: device.os.toUpperCase(),
      manufacturer: laptop ? manufacturerOf(device) : null,
      model: laptop ? device.model : device.name,
      osVersion: null,
      serialNumber: laptop ? device.serialNumber : null,
      registered: true,
      secureHardwarePresent: true,
      diskEncryptionType: laptop ? 'ALL_INTERNAL_VOLUMES' : 'FULL',
      integrityJailbreak: laptop ? null : false,
    },
    resourceType: 'UDDevice',
    resourceDisplayName: { value: device.name, sensitive: false },
    resourceAlternateId: null,
    resourceId: device.oktaId,
    _links: {},
    _embedded: {
      users: users.map(({ oktaId, address }) => ({
        created: isoTime(at),
        managementStatus: laptop ? 'MANAGED' : 'NOT_MANAGED',
        screenLockType: 'BIOMETRIC',
        user: { id: oktaId, profile: { login: address, email: address } },
      })),
    },
  };
}

export function manufacturerOf(laptop: Laptop): string {
  return laptop.os === 'macOS' ? 'Apple' : 'Dell Inc.';
}
