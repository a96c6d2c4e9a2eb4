/** What every event of Okta's System Log has: when, who, from where, on which device, and whether it came off. */
import type { Actor, Device, EventBase } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { emailOf, loginOf } from '../addresses.ts';
import { asObject, booleanAt, idAt, objectAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import type { RawRecord } from '../source.ts';
import { systemText } from '../systems.ts';
import type { Writable } from '../writable.ts';
import { readEndpoint } from './endpoint.ts';

export const SYSTEM_LOG = 'system-log';

/** One event of the System Log, read as far as all kinds of event need it. */
export interface LogEvent {
  readonly record: RawRecord;
  readonly type: string;
  readonly time: EpochMs;
  readonly uid: string;
  readonly actor: Actor | undefined;
  /** Absent when Okta neither let it through nor stopped it: skipped, challenged, abandoned, rate-limited. */
  readonly status: 'success' | 'failure' | undefined;
  readonly reason: string | undefined;
  readonly debugData: RawRecord | undefined;
}

/** Reads the fields that decide; the endpoint and device are read when an event is made, see `eventBase`. */
export function readLogEvent(record: RawRecord, type: string, time: EpochMs): LogEvent {
  const outcome = objectAt(record, 'outcome');
  return {
    record,
    type,
    time,
    uid: recordId(record, 'uuid'),
    actor: readPrincipal(objectAt(record, 'actor')),
    status: statusOf(outcome?.['result'], record),
    reason: textAt(outcome, 'reason'),
    debugData: objectAt(objectAt(record, 'debugContext'), 'debugData'),
  };
}

/**
 * Gives what an event of ours takes over from the log event, a fresh object each time.
 *
 * @param actor - who did it, when that is not the log's own actor
 */
export function eventBase(log: LogEvent, actor: Actor | undefined = log.actor): Writable<EventBase> {
  const base: Writable<EventBase> = { time: log.time, source: 'okta', feed: SYSTEM_LOG, uid: log.uid };
  if (actor !== undefined) base.actor = actor;
  const srcEndpoint = readEndpoint(log.record, log.debugData);
  if (srcEndpoint !== undefined) base.srcEndpoint = srcEndpoint;
  const device = readDevice(objectAt(log.record, 'device'));
  if (device !== undefined) base.device = device;
  return base;
}

/**
 * Reads an actor or target. Okta writes `unknown` where it does not know the login; then the display name serves, if
 * it is an address. Everything but `User` is a program: `SystemPrincipal`, `PublicClientApp`, `Agent` and so on.
 *
 * @returns `undefined` when it names nobody; an IP address is nobody
 */
function readPrincipal(entity: RawRecord | undefined): Actor | undefined {
  if (entity === undefined) return undefined;
  const kind = entity['type'];
  if (kind === 'IP address') return undefined;
  const name = textAt(entity, 'displayName');
  const login = textAt(entity, 'alternateId');
  // A login of Okta need not be an e-mail address, but only a person's alternate id is sure to be a login.
  const address = (kind === 'User' ? loginOf(login) : emailOf(login)) ?? emailOf(name);
  const accountUid = idAt(entity, 'id');
  if (address === undefined && accountUid === undefined) return undefined;
  const actor: Writable<Actor> = { type: kind === 'User' || typeof kind !== 'string' ? 'user' : 'service' };
  if (address !== undefined) actor.address = address;
  if (accountUid !== undefined) actor.accountUid = accountUid;
  if (name !== undefined) actor.name = name;
  return actor;
}

/** Finds the first target whose type fits. */
export function findTarget(record: RawRecord, isType: (type: string) => boolean): RawRecord | undefined {
  const targets = record['target'];
  if (!Array.isArray(targets)) return undefined;
  for (const each of targets) {
    const target = asObject(each);
    const type = target?.['type'];
    if (typeof type === 'string' && isType(type)) return target;
  }
  return undefined;
}

/** Finds the person something was done to. */
export function findTargetUser(record: RawRecord): Actor | undefined {
  return readPrincipal(findTarget(record, isUser));
}

function isUser(type: string): boolean {
  return type === 'User';
}

function statusOf(result: unknown, record: RawRecord): LogEvent['status'] {
  switch (result) {
    case 'SUCCESS':
    case 'ALLOW':
      return 'success';
    case 'FAILURE':
    case 'DENY':
      return 'failure';
    case undefined:
    case null:
      // Trimmed exports lack the outcome; the older name of the event ends in `_success` or `_failed`.
      return textAt(record, 'legacyEventType')?.includes('fail') === true ? 'failure' : 'success';
    default:
      return undefined;
  }
}

function readDevice(device: RawRecord | undefined): Device | undefined {
  if (device === undefined) return undefined;
  const uid = idAt(device, 'id');
  const name = textAt(device, 'name');
  if (uid === undefined && name === undefined) return undefined;
  const read: Writable<Device> = {};
  if (uid !== undefined) read.uid = uid;
  if (name !== undefined) read.name = name;
  const os = systemText(textAt(device, 'os_platform'), textAt(device, 'os_version'));
  if (os !== undefined) read.os = os;
  const managed = booleanAt(device, 'managed');
  if (managed !== undefined) read.managed = managed;
  return read;
}
