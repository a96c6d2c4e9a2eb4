/** The people of the company and what they work with. */
import type { EpochMs } from '../../core/time.ts';
import type { City } from './geography.ts';

/** Somebody as the vendors know them. */
export interface Account {
  /** Primary address, lower case. */
  readonly address: string;
  readonly name: string;
  /** `00u…`. */
  readonly oktaId: string;
  /** Object id. */
  readonly entraId: string;
  /** `profileId`: digits. */
  readonly googleId: string;
}

export interface Staff extends Account {
  readonly department: string;
  readonly employment: 'employee' | 'contractor';
  /** Address. */
  readonly manager: string;
  /** First instant of the day in UTC. */
  readonly hired: EpochMs;
  /** Last instant of the last day in UTC. */
  readonly ends?: EpochMs;
  /** Where the people file says that they work. */
  readonly claimed: City;
  /** Where they live. */
  readonly city: City;
  readonly privileged: boolean;
  readonly laptop: Laptop;
  readonly phone: Phone;
}

/** A company computer. */
export interface Laptop {
  readonly name: string;
  readonly serialNumber: string;
  readonly os: 'Windows' | 'macOS';
  readonly model: string;
  readonly enrolled: EpochMs;
  /** `guo…`. */
  readonly oktaId: string;
  /** Intune's id of the device. */
  readonly intuneId: string;
  /** Entra's: `deviceDetail.deviceId`, Intune's `azureADDeviceId`. */
  readonly entraId: string;
}

/** A phone with the authenticators on it. */
export interface Phone {
  readonly name: string;
  readonly os: 'ANDROID' | 'IOS';
  /** `guo…`. */
  readonly oktaId: string;
  /** Microsoft Authenticator's `DeviceToken`, the same for every account it serves. */
  readonly pushToken: string;
}
