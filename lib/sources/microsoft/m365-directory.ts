/** Entra's own audit operations as Microsoft 365's audit log repeats them. */
import type { Actor } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { asText, idAt, numberAt, objectsAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import { gatherChanges, LONGEST_VALUE, namedValue } from './audit-properties.ts';
import type { DirectoryTarget, Property } from './directory-change.ts';
import { eventsOfChange } from './directory-events.ts';
import type { DirectoryMeaning } from './directory-operations.ts';
import { succeeded } from './m365-record.ts';
import type { M365Base } from './m365-record.ts';
import { isGuid, personOf } from './principals.ts';

const CHANGE_KEYS = { name: 'Name', before: 'OldValue', after: 'NewValue' } as const;

/** How an identity's id begins that says what it is of. */
const KINDS: ReadonlyMap<string, DirectoryTarget['is']> = new Map<string, DirectoryTarget['is']>([
  ['User', 'user'],
  ['ServicePrincipal', 'service'],
  ['Application', 'service'],
  ['Device', 'device'],
  ['Role', 'role'],
]);

/** Types of the identities that together name one target. */
const NAME = 1;
const USER_PRINCIPAL_NAME = 5;

/** Gives the events of a directory operation whose meaning is known. */
export function readDirectoryChange(
  record: RawRecord,
  operation: string,
  base: M365Base,
  meaning: DirectoryMeaning,
): ReturnType<typeof eventsOfChange> {
  const properties = new Map<string, Property>();
  gatherChanges(properties, objectsAt(record, 'ModifiedProperties'), CHANGE_KEYS);
  const details = detailsIn(namedValue(record, 'ExtendedProperties', 'additionalDetails', LONGEST_VALUE));
  const userAgent = details.get('User-Agent');
  return eventsOfChange(
    {
      ...base,
      operation,
      success: succeeded(record),
      ...(userAgent !== undefined && { userAgent }),
      targets: targetsOf(record),
      properties,
      details,
    },
    meaning,
  );
}

/** One target is spread over several identities: `User_<id>`, the bare id, the word `User`, a name, an address. */
function targetsOf(record: RawRecord): readonly DirectoryTarget[] {
  let is: DirectoryTarget['is'] | undefined;
  let uid: string | undefined;
  let name: string | undefined;
  let address: string | undefined;
  for (const identity of objectsAt(record, 'Target')) {
    const id = idAt(identity, 'ID');
    if (id === undefined) continue;
    const type = numberAt(identity, 'Type');
    const tagged = /^(User|ServicePrincipal|Application|Device|Role)_(.+)$/.exec(id);
    if (tagged !== null) {
      is ??= KINDS.get(tagged[1] ?? '');
      uid ??= tagged[2];
    } else if (type === USER_PRINCIPAL_NAME) address ??= id;
    else if (type === NAME) name ??= id;
    else if (isGuid(id)) uid ??= id;
  }
  const objectId = idAt(record, 'ObjectId');
  if (is === undefined && emailOf(address ?? objectId) !== undefined) is = 'user';
  if (is === undefined && uid === undefined) return [];
  const user: Actor | undefined =
    is === 'user' ? personOf({ userName: address ?? objectId, uid, name }) : undefined;
  return [
    {
      is: is ?? 'other',
      ...(uid !== undefined && { uid }),
      ...(name !== undefined && { name }),
      ...(user !== undefined && { user }),
    },
  ];
}

/** `additionalDetails` is an object written as text. */
function detailsIn(text: string | undefined): ReadonlyMap<string, string> {
  const details = new Map<string, string>();
  if (text === undefined || !text.startsWith('{')) return details;
  try {
    for (const [key, value] of Object.entries(JSON.parse(text) as object)) {
      const detail = asText(value);
      if (detail !== undefined) details.set(key, detail);
    }
  } catch {
    // A cut or damaged text adds nothing.
  }
  return details;
}
