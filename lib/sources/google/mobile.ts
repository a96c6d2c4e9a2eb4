/** The application `mobile`: devices with a company account, phones and computers, and applications put on them. */
import type {
  Actor,
  Device,
  DeviceInventoryInfo,
  DeviceState,
  SoftwareInventoryInfo,
  SourceEvent,
} from '../../core/events/index.ts';
import { serialNumberOf } from '../../core/people/device.ts';
import type { RawRecord } from '../source.ts';
import { parseTime } from '../times.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, personAt, type Activity, type Reader } from './activity.ts';
import { idParameter, numberParameter, textParameter } from './parameters.ts';

const DEVICE_EVENTS: ReadonlySet<string> = new Set([
  'DEVICE_REGISTER_UNREGISTER_EVENT',
  'DEVICE_SYNC_EVENT',
  'DEVICE_COMPLIANCE_CHANGED_EVENT',
  'DEVICE_COMPROMISED_EVENT',
  'DEVICE_OWNERSHIP_CHANGE_EVENT',
  'OS_UPDATED_EVENT',
]);

export const mobile = activityFeed('mobile', ['mobile', 'device'], (name): Reader | undefined =>
  DEVICE_EVENTS.has(name) ? readDeviceEvent : name === 'APPLICATION_EVENT' ? readApplicationEvent : undefined,
);

function readDeviceEvent(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const device = readDevice(event);
  if (device === undefined) return [];
  const seen = eventBase(activity, part, owner(event, activity)) as Writable<DeviceInventoryInfo>;
  seen.kind = 'device-inventory-info';
  seen.device = device;
  seen.state = readState(event);
  return [seen];
}

/** An application that was removed is no longer a finding; the inventory's next listing says so. */
function readApplicationEvent(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const device = readDevice(event);
  const id = idParameter(event, 'APPLICATION_ID');
  if (device === undefined || id === undefined) return [];
  if (textParameter(event, 'APPLICATION_STATE') === 'UNINSTALLED') return [];
  const installed = eventBase(activity, part, owner(event, activity)) as Writable<SoftwareInventoryInfo>;
  installed.kind = 'software-inventory-info';
  installed.device = device;
  const version = textParameter(event, 'NEW_VALUE');
  installed.package =
    version === undefined ? { name: id, bundleId: id } : { name: id, bundleId: id, version };
  return [installed];
}

/** The account on the device; who acted may be an administrator or Google's own sync. */
function owner(event: RawRecord, activity: Activity): Actor | undefined {
  const user = personAt(textParameter(event, 'USER_EMAIL'));
  return user === undefined || user.address === activity.actor?.address ? activity.actor : user;
}

function readDevice(event: RawRecord): Device | undefined {
  const uid = idParameter(event, 'DEVICE_ID');
  const serialNumber = serialNumberOf(textParameter(event, 'SERIAL_NUMBER'));
  if (uid === undefined && serialNumber === undefined) return undefined;
  const device: Writable<Device> = {};
  if (uid !== undefined) device.uid = uid;
  if (serialNumber !== undefined) device.serialNumber = serialNumber;
  const os = textParameter(event, 'OS_VERSION') ?? textParameter(event, 'DEVICE_TYPE');
  if (os !== undefined) device.os = os;
  const compliance = textParameter(event, 'DEVICE_COMPLIANCE');
  if (compliance !== undefined) device.compliant = compliance === 'COMPLIANT';
  return device;
}

function readState(event: RawRecord): DeviceState {
  const state: Writable<DeviceState> = {};
  const model = textParameter(event, 'DEVICE_MODEL');
  if (model !== undefined) state.model = model;
  const lastSeenTime = parseTime(numberParameter(event, 'LAST_SYNC_AUDIT_DATE'));
  if (lastSeenTime !== undefined) state.lastSeenTime = lastSeenTime;
  const ownership = textParameter(event, 'DEVICE_OWNERSHIP');
  if (ownership === 'COMPANY_OWNED') state.ownership = 'company';
  if (ownership === 'USER_OWNED') state.ownership = 'personal';
  const compromised = textParameter(event, 'DEVICE_COMPROMISED_STATE');
  if (compromised !== undefined) state.jailbroken = compromised === 'COMPROMISED';
  const account = textParameter(event, 'ACCOUNT_STATE');
  if (account === 'REGISTERED') state.status = 'active';
  if (account === 'UNREGISTERED') state.status = 'removed';
  return state;
}
