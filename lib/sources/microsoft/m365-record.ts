/** What every Microsoft 365 audit record has, whatever its operation: when, who, from where. */
import type { Actor, Endpoint, SourceEvent } from '../../core/events/index.ts';
import type { EpochMs } from '../../core/time.ts';
import { emailOf } from '../addresses.ts';
import { endpointOf } from '../endpoints.ts';
import { idAt, numberAt, objectsAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import type { RawRecord } from '../source.ts';
import { parseTime } from '../times.ts';
import type { Writable } from '../writable.ts';
import { isGuid, personOf, programOf } from './principals.ts';

export const M365_SOURCE = 'm365';
export const M365_FEED = 'audit';

/** What every event of a record starts with. `time` is 0 when the record's own could not be read. */
export interface M365Base {
  readonly time: EpochMs;
  readonly source: typeof M365_SOURCE;
  readonly feed: typeof M365_FEED;
  readonly uid: string;
  readonly actor: Actor;
  readonly srcEndpoint?: Endpoint;
}

/** Turns the records of one family of operations into events: none when the record is of no use after all. */
export type M365Reader = (record: RawRecord, operation: string, base: M365Base) => readonly SourceEvent[];

/**
 * Reads the base, or gives `undefined` when the record names nobody.
 *
 * @param whole - the record itself, or the row of an export around it, which repeats the record's id
 */
export function m365Base(record: RawRecord, operation: string, whole: RawRecord): M365Base | undefined {
  const actor = actorOf(record, operation);
  if (actor === undefined) return undefined;
  const base: Writable<M365Base> = {
    time: parseTime(creationTime(record)) ?? 0,
    source: M365_SOURCE,
    feed: M365_FEED,
    uid: idAt(record, 'Id') ?? recordId(whole, 'RecordId'),
    actor,
  };
  const srcEndpoint =
    endpointOf(textAt(record, 'ActorIpAddress')) ??
    endpointOf(textAt(record, 'ClientIP')) ??
    endpointOf(textAt(record, 'ClientIPAddress'));
  if (srcEndpoint !== undefined) base.srcEndpoint = srcEndpoint;
  return base;
}

/** The time is UTC and does not say so; saying it for the record spares a slower way of reading. */
function creationTime(record: RawRecord): unknown {
  const written = record['CreationTime'];
  return typeof written === 'string' && written.length === 19 && written[16] === ':'
    ? `${written}Z`
    : written;
}

/** Tells whether an operation came to its end; a record that does not say did. */
export function succeeded(record: RawRecord): boolean {
  const result = textAt(record, 'ResultStatus')?.toLowerCase();
  return (
    result === undefined || result.startsWith('succe') || result === 'true' || result === 'partiallysucceeded'
  );
}

/** `UserType`: Microsoft's own operators, the system, applications, service principals, policies. Others are people. */
const PROGRAM_TYPES: ReadonlySet<number> = new Set([3, 4, 5, 6, 7, 8]);
const PROGRAM_TYPE_NAMES: ReadonlySet<string> = new Set([
  'DcAdmin',
  'System',
  'Application',
  'ServicePrincipal',
  'CustomPolicy',
  'SystemPolicy',
]);
/** The type of the identity that a sign-in gives for the person's object id. */
const PERSON = 0;
const PROGRAM_NAMES = /^(?:app@sharepoint$|sharepoint\\|nt authority\\|serviceprincipal_)/i;

function actorOf(record: RawRecord, operation: string): Actor | undefined {
  const userId = textAt(record, 'UserId');
  const userKey = idAt(record, 'UserKey');
  if (isProgram(record, operation, userId)) {
    const bare = userId?.replace(/^ServicePrincipal_/i, '') ?? userKey;
    const address = emailOf(bare);
    return address === undefined ? programOf(bare) : { type: 'service', address };
  }
  return personOf({ userName: personName(userId), uid: objectIdOf(record, userId, userKey) });
}

function isProgram(record: RawRecord, operation: string, userId: string | undefined): boolean {
  const type = record['UserType'];
  const number = numberAt(record, 'UserType');
  if (
    number !== undefined
      ? PROGRAM_TYPES.has(number)
      : typeof type === 'string' && PROGRAM_TYPE_NAMES.has(type)
  )
    return true;
  if (userId === undefined) return false;
  // A sign-in whose name could not be found has the person's object id instead; elsewhere a bare id is an application's.
  return isGuid(userId) ? !operation.startsWith('UserLog') : PROGRAM_NAMES.test(userId);
}

/** SharePoint writes claims (`i:0#.f|membership|jane@example.com`) and guests (`urn:spo:guest#jane@example.net`). */
function personName(userId: string | undefined): string | undefined {
  if (userId === undefined || userId.toLowerCase() === 'anonymous' || userId.startsWith('urn:spo:anon'))
    return undefined;
  if (userId.startsWith('urn:spo:guest#')) return userId.slice('urn:spo:guest#'.length);
  return userId.startsWith('i:0') ? userId.slice(userId.lastIndexOf('|') + 1) : userId;
}

function objectIdOf(
  record: RawRecord,
  userId: string | undefined,
  userKey: string | undefined,
): string | undefined {
  if (userKey !== undefined && isGuid(userKey)) return userKey;
  if (userId !== undefined && isGuid(userId)) return userId;
  return actorId(record);
}

/** Among the actor's identities are those of the application they used; only these two ways name the person. */
function actorId(record: RawRecord): string | undefined {
  for (const actor of objectsAt(record, 'Actor')) {
    const id = idAt(actor, 'ID');
    if (id === undefined) continue;
    const isPersons = id.startsWith('User_') || numberAt(actor, 'Type') === PERSON;
    const bare = id.replace('User_', '');
    if (isPersons && isGuid(bare)) return bare;
  }
  return undefined;
}
