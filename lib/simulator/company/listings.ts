/** Accounts, devices and software in the vendors’ own shapes, as listings of the demo’s company have them. */
import { isoTime, type EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import type { Random } from '../random.ts';
import type { Employee } from './people.ts';

/** Okta: an account. */
export function oktaUser(person: Employee): RawRecord {
  const [firstName = '', lastName = ''] = person.name.split(' ');
  return {
    id: `00u${person.laptop.serialNumber}`,
    status: 'ACTIVE',
    created: `${person.hired}T09:00:00.000Z`,
    activated: `${person.hired}T09:00:00.000Z`,
    statusChanged: `${person.hired}T09:00:00.000Z`,
    lastLogin: null,
    lastUpdated: `${person.hired}T09:00:00.000Z`,
    passwordChanged: `${person.hired}T09:00:00.000Z`,
    type: { id: 'otyexample' },
    profile: {
      firstName,
      lastName,
      login: person.address,
      email: person.address,
      displayName: person.name,
      department: person.department,
      manager: person.manager,
      city: person.city.name,
      state: person.city.state,
      countryCode: person.city.countryCode,
      mobilePhone: null,
      secondEmail: null,
    },
    credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
  };
}

/** Intune: a managed device. */
export function managedDevice(person: Employee, at: EpochMs): RawRecord {
  return {
    id: person.laptop.id,
    userId: person.laptop.id,
    deviceName: person.laptop.name,
    managedDeviceOwnerType: 'company',
    enrolledDateTime: `${person.hired}T09:00:00Z`,
    lastSyncDateTime: isoTime(at),
    operatingSystem: 'Windows',
    complianceState: 'compliant',
    jailBroken: 'Unknown',
    managementAgent: 'mdm',
    osVersion: '10.0.26100.6584',
    azureADDeviceId: person.laptop.id,
    userPrincipalName: person.address,
    emailAddress: person.address,
    model: 'Latitude 5450',
    manufacturer: 'Dell Inc.',
    serialNumber: person.laptop.serialNumber,
    isEncrypted: true,
  };
}

/** Intune: an application and the devices it was found on. */
export function detectedApp(
  app: { name: string; version: string; publisher: string },
  people: readonly Employee[],
  at: EpochMs,
  random: Random,
): RawRecord {
  return {
    id: random.hex(64),
    displayName: app.name,
    version: app.version,
    sizeInByte: 0,
    deviceCount: people.length,
    publisher: app.publisher,
    platform: 'windows',
    managedDevices: people.map((person) => managedDevice(person, at)),
  };
}
