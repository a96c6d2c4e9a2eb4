import type { EventBase } from './event.ts';

/** Software found on a device. OCSF Software Inventory Info (5020), `package`. */
export interface SoftwareInventoryInfo extends EventBase {
  readonly kind: 'software-inventory-info';
  readonly package: SoftwarePackage;
  /** How many devices have it, when the vendor gives a number but not the devices. */
  readonly deviceCount?: number;
}

export interface SoftwarePackage {
  /** The name the inventory shows. */
  readonly name: string;
  readonly version?: string;
  /** Publisher or signer, as the inventory shows it. */
  readonly vendor?: string;
  /** macOS bundle id, Android package name or Chrome extension id. */
  readonly bundleId?: string;
  /** File name of the executable, lower case, when the inventory has one. */
  readonly executable?: string;
  /** The vendor's id of the application. */
  readonly uid?: string;
}

/** A device as an inventory lists it. OCSF Device Inventory Info (5001). */
export interface DeviceInventoryInfo extends EventBase {
  readonly kind: 'device-inventory-info';
  readonly state: DeviceState;
}

export interface DeviceState {
  readonly enrolledTime?: number;
  readonly lastSeenTime?: number;
  readonly ownership?: 'company' | 'personal';
  readonly encrypted?: boolean;
  readonly jailbroken?: boolean;
  readonly screenLock?: boolean;
  readonly model?: string;
  readonly manufacturer?: string;
  /** `removed` when a complete listing no longer has it. */
  readonly status?: 'active' | 'suspended' | 'deactivated' | 'removed';
}

/** Something plugged into a device: a USB device, a monitor. OCSF Peripheral Device Query (5014), `peripheral_device`. */
export interface PeripheralInventoryInfo extends EventBase {
  readonly kind: 'peripheral-inventory-info';
  readonly peripheral: Peripheral;
}

export interface Peripheral {
  /** USB: four hexadecimal digits, lower case. Monitor: the three letters of its maker in EDID, lower case. */
  readonly vendorId?: string;
  /** Four hexadecimal digits, lower case. */
  readonly productId?: string;
  /** What it calls itself, or what the system calls it. */
  readonly name?: string;
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  /** The system's class of it: `Keyboard`, `Monitor`. */
  readonly kind?: string;
}

/** An account as a directory lists it. OCSF User Inventory Info (5003). */
export interface UserInventoryInfo extends EventBase {
  readonly kind: 'user-inventory-info';
  readonly user: DirectoryUser;
}

export interface DirectoryUser {
  /** The address the directory calls primary, lower case. */
  readonly address: string;
  /** Every other e-mail, UPN, login or alias of the same account, lower case. */
  readonly aliases?: readonly string[];
  readonly accountUid?: string;
  readonly name?: string;
  readonly department?: string;
  readonly manager?: string;
  readonly employment?: string;
  readonly hiredTime?: number;
  readonly endsTime?: number;
  readonly active?: boolean;
  readonly privileged?: boolean;
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly timeZone?: string;
}
