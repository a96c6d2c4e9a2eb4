/** Okta's devices: `GET /api/v1/devices?expand=user`. */
import type { Actor, Device, DeviceInventoryInfo, DeviceState } from '../../core/events/index.ts';
import { serialNumberOf } from '../../core/people/device.ts';
import { emailOf, loginOf } from '../addresses.ts';
import { expected } from '../damage.ts';
import { booleanAt, has, idAt, objectAt, objectsAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { systemText } from '../systems.ts';
import { timeAt } from '../times.ts';
import type { Writable } from '../writable.ts';

/** Okta lets one device serve a few accounts; more are not read. */
const USERS_LIMIT = 50;

const STATUS: ReadonlyMap<string, DeviceState['status']> = new Map<string, DeviceState['status']>([
  ['ACTIVE', 'active'],
  ['SUSPENDED', 'suspended'],
  ['DEACTIVATED', 'deactivated'],
]);

export const devices: Feed = { source: 'okta', id: 'devices', recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (!has(record, 'status') || !has(record, 'profile')) return false;
  const profile = objectAt(record, 'profile');
  if (profile !== undefined && (has(profile, 'login') || has(profile, 'email'))) return false;
  if (has(record, 'resourceType') || has(record, 'resourceDisplayName')) return true;
  return (
    profile !== undefined &&
    has(profile, 'platform') &&
    (has(profile, 'registered') || has(profile, 'displayName'))
  );
}

/** Gives one event for each account on the device, or one of the device alone. */
function normalize(record: RawRecord, reading: Reading): Normalized {
  const profile = objectAt(record, 'profile');
  if (profile === undefined) return expected('profile', 'an object', record['profile']);
  const users = objectsAt(objectAt(record, '_embedded'), 'users').slice(0, USERS_LIMIT);
  if (users.length === 0) return events([device(record, profile, reading, undefined, 0)]);
  return events(users.map((user, part) => device(record, profile, reading, user, part)));
}

function device(
  record: RawRecord,
  profile: RawRecord,
  reading: Reading,
  user: RawRecord | undefined,
  part: number,
): DeviceInventoryInfo {
  const event: Writable<DeviceInventoryInfo> = {
    kind: 'device-inventory-info',
    time: timeAt(record, 'lastUpdated') ?? reading.observedTime,
    source: 'okta',
    feed: 'devices',
    uid: recordId(record, 'id'),
    device: readDevice(record, profile, user),
    state: readState(record, profile, user),
  };
  if (part > 0) event.part = part;
  const actor = readOwner(objectAt(user, 'user'));
  if (actor !== undefined) event.actor = actor;
  return event;
}

function readOwner(user: RawRecord | undefined): Actor | undefined {
  const profile = objectAt(user, 'profile');
  const login = loginOf(textAt(profile, 'login'));
  const email = emailOf(textAt(profile, 'email'));
  const address = email ?? login;
  const accountUid = idAt(user, 'id');
  if (address === undefined && accountUid === undefined) return undefined;
  const actor: Writable<Actor> = { type: 'user' };
  if (address !== undefined) actor.address = address;
  if (login !== undefined && login !== address) actor.otherAddresses = [login];
  if (accountUid !== undefined) actor.accountUid = accountUid;
  return actor;
}

function readDevice(record: RawRecord, profile: RawRecord, user: RawRecord | undefined): Device {
  const read: Writable<Device> = {};
  const uid = idAt(record, 'id');
  if (uid !== undefined) read.uid = uid;
  const serialNumber = serialNumberOf(textAt(profile, 'serialNumber'));
  if (serialNumber !== undefined) read.serialNumber = serialNumber;
  const name = textAt(profile, 'displayName');
  if (name !== undefined) read.name = name;
  const os = systemText(textAt(profile, 'platform'), textAt(profile, 'osVersion'));
  if (os !== undefined) read.os = os;
  const management = textAt(user, 'managementStatus');
  const managed = management === undefined ? booleanAt(profile, 'managed') : management === 'MANAGED';
  if (managed !== undefined) read.managed = managed;
  return read;
}

function readState(record: RawRecord, profile: RawRecord, user: RawRecord | undefined): DeviceState {
  const state: Writable<DeviceState> = {};
  const enrolledTime = timeAt(record, 'created');
  if (enrolledTime !== undefined) state.enrolledTime = enrolledTime;
  const encryption = textAt(profile, 'diskEncryptionType');
  if (encryption !== undefined) state.encrypted = true;
  // `NONE` is a value here, not a word for "not given".
  if (profile['diskEncryptionType'] === 'NONE') state.encrypted = false;
  const jailbroken = booleanAt(profile, 'integrityJailbreak');
  if (jailbroken !== undefined) state.jailbroken = jailbroken;
  if (textAt(user, 'screenLockType') !== undefined) state.screenLock = true;
  if (user?.['screenLockType'] === 'NONE') state.screenLock = false;
  const model = textAt(profile, 'model');
  if (model !== undefined) state.model = model;
  const manufacturer = textAt(profile, 'manufacturer');
  if (manufacturer !== undefined) state.manufacturer = manufacturer;
  const status = STATUS.get(textAt(record, 'status') ?? '');
  if (status !== undefined) state.status = status;
  return state;
}
