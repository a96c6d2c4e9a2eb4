/** The application `chrome`: extensions put into managed browsers, of which remote control is one kind. */
import type { Device, SoftwareInventoryInfo, SoftwarePackage, SourceEvent } from '../../core/events/index.ts';
import type { RawRecord } from '../source.ts';
import type { Writable } from '../writable.ts';
import { activityFeed, eventBase, personAt, type Activity } from './activity.ts';
import { idParameter, textParameter } from './parameters.ts';

export const chrome = activityFeed('chrome', ['chrome'], (name) =>
  name === 'BROWSER_EXTENSION_INSTALL' ? readExtension : undefined,
);

function readExtension(event: RawRecord, activity: Activity, part: number): readonly SourceEvent[] {
  const bundleId = idParameter(event, 'APP_ID');
  const name = textParameter(event, 'APP_NAME') ?? bundleId;
  if (name === undefined || textParameter(event, 'EXTENSION_ACTION')?.startsWith('UNINSTALL') === true)
    return [];
  const device = readDevice(event);
  const actor =
    personAt(textParameter(event, 'PROFILE_USER_NAME')) ??
    personAt(textParameter(event, 'DEVICE_USER')) ??
    activity.actor;
  if (device === undefined && actor === undefined) return [];
  const installed = eventBase(activity, part, actor) as Writable<SoftwareInventoryInfo>;
  installed.kind = 'software-inventory-info';
  if (device !== undefined) installed.device = device;
  const extension: Writable<SoftwarePackage> = { name };
  if (bundleId !== undefined) extension.bundleId = bundleId;
  const version = textParameter(event, 'EXTENSION_VERSION');
  if (version !== undefined) extension.version = version;
  installed.package = extension;
  return [installed];
}

function readDevice(event: RawRecord): Device | undefined {
  const uid =
    idParameter(event, 'DIRECTORY_DEVICE_ID') ??
    idParameter(event, 'VIRTUAL_DEVICE_ID') ??
    idParameter(event, 'DEVICE_ID');
  const name = textParameter(event, 'DEVICE_NAME');
  if (uid === undefined && name === undefined) return undefined;
  const device: Writable<Device> = {};
  if (uid !== undefined) device.uid = uid;
  if (name !== undefined) device.name = name;
  const os = textParameter(event, 'DEVICE_PLATFORM');
  if (os !== undefined) device.os = os;
  return device;
}
