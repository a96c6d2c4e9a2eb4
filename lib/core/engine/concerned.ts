/** Whom an event concerns, and what those concerned tell others. */
import type { Device, Event, Sighting, SightedClaim, SightingOf } from '../events/index.ts';
import { stableId } from '../hash.ts';
import { deviceSubject } from '../people/device.ts';
import type { Directory } from '../people/directory.ts';
import type { Person } from '../people/person.ts';
import { ORGANIZATION, subjectKey, type SubjectRef } from '../people/subject.ts';
import { householdOf } from '../places/address.ts';
import { isOwnEgress } from '../places/network.ts';
import { dayOf, startOfDay, type EpochMs } from '../time.ts';

/**
 * Finds whom an event concerns: its person, else account, else device; whose account it is, for a change to one.
 *
 * Software listed without a device concerns the organization. `undefined` when the record names nobody.
 */
export function subjectOf(
  event: Event,
  directory: Directory,
  serviceAccounts: ReadonlySet<string>,
): SubjectRef | undefined {
  switch (event.kind) {
    case 'sighting':
    case 'conclusion':
    case 'tick':
      return event.to;
    case 'account-change':
    case 'detection-finding':
      return directory.subjectOf(event.user, event.source, serviceAccounts);
    case 'software-inventory-info':
    case 'device-inventory-info':
    case 'peripheral-inventory-info':
      return (
        (event.actor === undefined
          ? undefined
          : directory.subjectOf(event.actor, event.source, serviceAccounts)) ??
        deviceOf(event) ??
        (event.kind === 'software-inventory-info' ? ORGANIZATION : undefined)
      );
    default:
      return event.actor === undefined
        ? undefined
        : directory.subjectOf(event.actor, event.source, serviceAccounts);
  }
}

/**
 * Names whom an event concerns as its record does: events of one key have one subject, whoever that turns out to be.
 */
export function concernedKey(event: Event): string {
  const who =
    event.kind === 'account-change' || event.kind === 'detection-finding' ? event.user : event.actor;
  const device = isInventory(event) ? `${event.device?.serialNumber ?? ''}\n${event.device?.uid ?? ''}` : '';
  if (who === undefined) return `${event.source}\n${device}`;
  return `${event.source}\n${who.type}\n${who.address ?? ''}\n${who.accountUid ?? ''}\n${who.sessionName ?? ''}\n${who.name ?? ''}\n${device}`;
}

/** Gives the device of an inventory event as a subject. */
export function deviceOf(event: Event): SubjectRef | undefined {
  return event.device === undefined ? undefined : deviceSubject(event.device satisfies Device, event.source);
}

/**
 * Says what an event lets its subject tell another: a successful sign-in tells its address, an inventory row tells the
 * organization that the device exists.
 */
export function toldBy(
  event: Event,
  subject: SubjectRef,
  watchesAddresses: boolean,
  person?: Person,
): Pick<Sighting, 'to' | 'of' | 'what'> | undefined {
  if (isInventory(event)) {
    const device = deviceOf(event);
    return device === undefined ? undefined : { to: ORGANIZATION, of: device, what: { type: 'device' } };
  }
  if (!watchesAddresses || event.kind !== 'authentication' || event.status !== 'success') return undefined;
  if (subject.kind !== 'person' || event.srcEndpoint === undefined) return undefined;
  // An exit that the policy names is known to be shared; nothing is to be learnt from who is there.
  if (isOwnEgress(event.srcEndpoint.network)) return undefined;
  const household = householdOf(event.srcEndpoint.ip);
  if (household === undefined) return undefined;
  const { time, source, feed, uid } = event;
  const { network, place } = event.srcEndpoint;
  const what: SightingOf = {
    type: 'sign-in',
    // First, and its time first: of copies that different runs tell, the one that sorts first counts, the earliest.
    evidence: { time, source, feed, uid },
    ...(network === undefined ? {} : { network }),
    ...(place === undefined ? {} : { place }),
    ...(person === undefined ? {} : { claim: claimOf(person) }),
    ...(event.device?.managed === true ? { managedDevice: true } : {}),
  };
  return { to: { kind: 'address', id: household }, of: subject, what };
}

function claimOf({ workPlace, hiredTime, onRoster }: Person): SightedClaim {
  return {
    ...(workPlace === undefined ? {} : { place: workPlace }),
    ...(hiredTime === undefined ? {} : { hiredTime }),
    onRoster,
  };
}

/** Gives what an event tells others, as far as it needs no history: nothing, or that a device exists. */
export function sightingsOf(event: Event, subject: SubjectRef): readonly Sighting[] {
  const told = toldBy(event, subject, false);
  return told === undefined ? [] : [sighting(told.to, told.of, told.what, event.time)];
}

/** Makes a sighting whose id and time depend only on who, where, what and the day. */
export function sighting(to: SubjectRef, of: SubjectRef, what: SightingOf, time: EpochMs): Sighting {
  const detail =
    what.type === 'software'
      ? [what.detection, what.object, what.device]
      : what.type === 'noted'
        ? [what.detection, what.object]
        : [];
  return {
    kind: 'sighting',
    time: startOfDay(time),
    source: 'ringer',
    feed: 'sightings',
    uid: stableId(subjectKey(to), subjectKey(of), what.type, ...detail, dayOf(time)),
    to,
    of,
    what,
  };
}

function isInventory(event: Event): boolean {
  return (
    event.kind === 'software-inventory-info' ||
    event.kind === 'device-inventory-info' ||
    event.kind === 'peripheral-inventory-info'
  );
}

/** Gives when what a sighting tells of first happened on its day, as far as it says. */
export function begunAt({ what, time }: Sighting): EpochMs {
  return what.type === 'sign-in' || what.type === 'noted' ? (what.evidence?.time ?? time) : time;
}
