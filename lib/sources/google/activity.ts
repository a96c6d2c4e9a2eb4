/** One record of Google's Reports API, `activities.list`: who, when and from where, and a list of things done. */
import type { Actor, Device, Endpoint, EventBase, SourceEvent } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { emailOf } from '../addresses.ts';
import { expected } from '../damage.ts';
import { asnOf, endpointOf, placeOf } from '../endpoints.ts';
import { asObject, booleanAt, has, idAt, objectAt, textAt } from '../fields.ts';
import { derivedId } from '../record-id.ts';
import { events, IRRELEVANT, type Feed, type Normalized, type RawRecord } from '../source.ts';
import { parseTime } from '../times.ts';
import type { Writable } from '../writable.ts';

/** What every event of one record shares. */
export interface Activity {
  readonly record: RawRecord;
  readonly feed: string;
  readonly time: EpochMs;
  readonly uid: string;
  readonly actor: Actor | undefined;
  /** How many events the record has: a second event of ours for one of theirs is numbered after all of them. */
  readonly count: number;
}

/** Makes our events of one of a record's events; `part` is its place in the list. */
export type Reader = (event: RawRecord, activity: Activity, part: number) => readonly SourceEvent[];

/** Most events of one record that are read; Google groups what one action did. */
const EVENTS_LIMIT = 1_000;

/** Google's number for "somebody who is not signed in". */
const NOBODY_ID = '105250506097979753968';

/**
 * Makes the feed of one application.
 *
 * @param find - the reader of an event by its name; events without one are irrelevant
 */
export function activityFeed(
  id: string,
  applications: readonly string[],
  find: (name: string) => Reader | undefined,
): Feed {
  return {
    source: 'google',
    id,
    recognizes: (record) => isActivity(record) && applications.includes(applicationOf(record) ?? ''),
    normalize: (record) => normalize(record, id, find),
  };
}

/** Makes the feed that takes the activities of all other applications, which no detection can use. */
export function otherActivities(read: readonly string[]): Feed {
  return {
    source: 'google',
    id: 'activities',
    recognizes: (record) => isActivity(record) && !read.includes(applicationOf(record) ?? ''),
    normalize: (record) =>
      applicationOf(record) === undefined
        ? expected('id.applicationName', 'a text', objectAt(record, 'id')?.['applicationName'])
        : IRRELEVANT,
  };
}

/** Exports that put one event's name and parameters beside the id are another layout. */
function isActivity(record: RawRecord): boolean {
  if (record['kind'] === 'admin#reports#activity') return has(record, 'events') || !has(record, 'parameters');
  return has(record, 'events') && applicationOf(record) !== undefined;
}

function applicationOf(record: RawRecord): string | undefined {
  return textAt(objectAt(record, 'id'), 'applicationName');
}

function normalize(record: RawRecord, feed: string, find: (name: string) => Reader | undefined): Normalized {
  const list = eventsIn(record);
  if (list === undefined) return expected('events', 'a list', record['events']);
  const readers = readersOf(list, find);
  if (readers === undefined) return nothingToRead(list);

  const id = objectAt(record, 'id');
  const time = parseTime(id?.['time']);
  const activity: Activity = {
    record,
    feed,
    time: time ?? 0,
    uid: idAt(id, 'uniqueQualifier') ?? derivedId(record),
    actor: readActor(objectAt(record, 'actor')),
    count: list.length,
  };
  const made: SourceEvent[] = [];
  for (const [part, read] of readers) made.push(...read(list[part] as RawRecord, activity, part));
  if (made.length > 0 && time === undefined) return expected('id.time', 'a time', id?.['time']);
  return events(made);
}

/** Collectors that write one line an event put the event itself in place of the list, or under `event`. */
function eventsIn(record: RawRecord): readonly unknown[] | undefined {
  const list: unknown = record['events'];
  if (Array.isArray(list)) return list as readonly unknown[];
  const single = objectAt(record, 'events') ?? objectAt(record, 'event');
  return single === undefined ? undefined : [single];
}

/** Pairs the events that can be used with their readers; `undefined` when there are none. */
function readersOf(
  list: readonly unknown[],
  find: (name: string) => Reader | undefined,
): readonly (readonly [part: number, read: Reader])[] | undefined {
  let readers: [number, Reader][] | undefined;
  const end = Math.min(list.length, EVENTS_LIMIT);
  for (let part = 0; part < end; part++) {
    const event = asObject(list[part]);
    const read = event === undefined ? undefined : find(nameOf(event));
    if (read !== undefined) (readers ??= []).push([part, read]);
  }
  return readers;
}

/** Gives the name of an event, empty when it has none. */
export function nameOf(event: RawRecord): string {
  return textAt(event, 'name') ?? '';
}

/** An event without a name could have been anything. */
function nothingToRead(list: readonly unknown[]): Normalized {
  const nameless = list.findIndex((each) => textAt(asObject(each), 'name') === undefined);
  return nameless < 0
    ? IRRELEVANT
    : expected(`events[${nameless}].name`, 'a text', asObject(list[nameless])?.['name']);
}

/** Gives what an event of ours takes over from its record, a fresh object each time. */
export function eventBase(
  activity: Activity,
  part: number,
  actor: Actor | undefined = activity.actor,
): Writable<EventBase> {
  const base: Writable<EventBase> = {
    time: activity.time,
    source: 'google',
    feed: activity.feed,
    uid: activity.uid,
  };
  if (part > 0) base.part = part;
  if (actor !== undefined) base.actor = actor;
  const srcEndpoint = readEndpoint(activity.record);
  if (srcEndpoint !== undefined) base.srcEndpoint = srcEndpoint;
  const device = readDevice(objectAt(activity.record, 'userDeviceInfo'));
  if (device !== undefined) base.device = device;
  return base;
}

/**
 * Reads who acted. A key, a service account, and an application that acts with the organization's delegation in
 * somebody's name are programs.
 */
function readActor(actor: RawRecord | undefined): Actor | undefined {
  if (actor === undefined) return undefined;
  if (textAt(actor, 'callerType') === 'KEY') {
    const key = textAt(actor, 'key');
    return key === undefined ? undefined : { type: 'service', accountUid: key };
  }
  const person = personAt(textAt(actor, 'email'));
  const profileId = idAt(actor, 'profileId');
  const accountUid = profileId === NOBODY_ID ? undefined : profileId;
  if (person === undefined && accountUid === undefined) return undefined;
  const delegated = booleanAt(objectAt(actor, 'applicationInfo'), 'impersonation') === true;
  const read: Writable<Actor> = { type: delegated ? 'service' : (person?.type ?? 'user') };
  if (person?.address !== undefined) read.address = person.address;
  if (accountUid !== undefined) read.accountUid = accountUid;
  return read;
}

/** Reads an account from its address alone. */
export function personAt(text: string | undefined): Actor | undefined {
  const address = emailOf(text);
  if (address === undefined) return undefined;
  return { type: address.endsWith('gserviceaccount.com') ? 'service' : 'user', address };
}

function readEndpoint(record: RawRecord): Endpoint | undefined {
  const endpoint = endpointOf(textAt(record, 'ipAddress'));
  const network = objectAt(record, 'networkInfo');
  if (endpoint === undefined || network === undefined) return endpoint;
  const place = placeOf({
    country: textAt(network, 'regionCode'),
    region: textAt(network, 'subdivisionCode'),
  });
  if (place !== undefined) endpoint.vendorPlace = place;
  const asns = network['ipAsn'];
  const asn = asnOf(Number(Array.isArray(asns) ? asns[0] : asns));
  if (asn !== undefined) endpoint.asn = asn;
  return endpoint;
}

function readDevice(device: RawRecord | undefined): Device | undefined {
  const uid = idAt(device, 'deviceId');
  if (uid === undefined) return undefined;
  const os = textAt(device, 'deviceOsVersion') ?? textAt(device, 'deviceType');
  return os === undefined ? { uid } : { uid, os };
}
