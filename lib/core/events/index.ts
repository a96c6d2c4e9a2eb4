/** Every kind of event, and the union. */
import type { Authentication } from './authentication.ts';
import type { AccountChange, ApiActivity, OauthConsent, VendorFinding } from './changes.ts';
import type { FileHostingActivity } from './file-hosting-activity.ts';
import type { Conclusion, Sighting, Tick } from './internal.ts';
import type {
  DeviceInventoryInfo,
  PeripheralInventoryInfo,
  SoftwareInventoryInfo,
  UserInventoryInfo,
} from './inventory.ts';

export type * from './authentication.ts';
export type * from './changes.ts';
export type * from './file-hosting-activity.ts';
export type * from './internal.ts';
export type * from './inventory.ts';
export * from './event.ts';

/** What a source can report. */
export type SourceEvent =
  | Authentication
  | FileHostingActivity
  | SoftwareInventoryInfo
  | DeviceInventoryInfo
  | PeripheralInventoryInfo
  | UserInventoryInfo
  | AccountChange
  | OauthConsent
  | ApiActivity
  | VendorFinding;

/** What an engine can be given. */
export type Event = SourceEvent | Sighting | Conclusion | Tick;

export type EventKind = Event['kind'];
export type EventOf<K extends EventKind> = Extract<Event, { kind: K }>;

/** OCSF 1.8 class of each kind; `0` marks Ringer's own. */
export const OCSF_CLASS_UID: Readonly<Record<EventKind, number>> = {
  authentication: 3002,
  'file-hosting-activity': 6006,
  'software-inventory-info': 5020,
  'device-inventory-info': 5001,
  'peripheral-inventory-info': 5014,
  'user-inventory-info': 5003,
  'account-change': 3001,
  'oauth-consent': 6003,
  'api-activity': 6003,
  'detection-finding': 2004,
  sighting: 0,
  conclusion: 0,
  tick: 0,
};
