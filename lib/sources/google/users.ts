/** Google's directory: `users.list` of the Directory API. */
import { countryCode } from '../../config/countries.ts';
import type { DirectoryUser, UserInventoryInfo } from '../../core/events/index.ts';
import { emailOf } from '../addresses.ts';
import { expected } from '../damage.ts';
import { booleanAt, has, idAt, objectAt, objectsAt, textAt, textsAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import type { Writable } from '../writable.ts';

/** Google allows thirty aliases. */
const ALIASES_LIMIT = 64;

export const users: Feed = { source: 'google', id: 'users', recognizes, normalize };

function recognizes(record: RawRecord): boolean {
  if (has(record, 'kind')) return record['kind'] === 'admin#directory#user';
  return (
    has(record, 'primaryEmail') &&
    (has(record, 'orgUnitPath') || has(record, 'isAdmin') || has(record, 'suspended'))
  );
}

function normalize(record: RawRecord, reading: Reading): Normalized {
  const address = emailOf(textAt(record, 'primaryEmail'));
  if (address === undefined) return expected('primaryEmail', 'an address', record['primaryEmail']);
  const event: UserInventoryInfo = {
    kind: 'user-inventory-info',
    // A user has no time of change, only of creation and of the last sign-in.
    time: reading.observedTime,
    source: 'google',
    feed: 'users',
    uid: recordId(record, 'id'),
    user: readUser(record, address),
  };
  return events([event]);
}

/** Recovery and private addresses are left out: what two accounts share there must not make them one person. */
function readUser(record: RawRecord, address: string): DirectoryUser {
  const user: Writable<DirectoryUser> = { address };
  const aliases = readAliases(record, address);
  if (aliases.length > 0) user.aliases = aliases;
  const accountUid = idAt(record, 'id');
  if (accountUid !== undefined) user.accountUid = accountUid;
  const name = textAt(objectAt(record, 'name'), 'fullName');
  if (name !== undefined) user.name = name;
  readWork(user, record);
  const closed = either(booleanAt(record, 'suspended'), booleanAt(record, 'archived'));
  if (closed !== undefined) user.active = !closed;
  if (textAt(record, 'deletionTime') !== undefined) user.active = false;
  const privileged = either(booleanAt(record, 'isAdmin'), booleanAt(record, 'isDelegatedAdmin'));
  if (privileged !== undefined) user.privileged = privileged;
  return user;
}

function readAliases(record: RawRecord, address: string): readonly string[] {
  const aliases = new Set<string>();
  for (const text of [...textsAt(record, 'aliases'), ...textsAt(record, 'nonEditableAliases')].slice(
    0,
    ALIASES_LIMIT,
  )) {
    const alias = emailOf(text);
    if (alias !== undefined && alias !== address) aliases.add(alias);
  }
  return [...aliases];
}

function readWork(user: Writable<DirectoryUser>, record: RawRecord): void {
  const work = primaryOf(objectsAt(record, 'organizations'));
  const department = textAt(work, 'department');
  if (department !== undefined) user.department = department;
  // The console's "type of employee" is kept as the organization's description.
  const employment = textAt(work, 'description');
  if (employment !== undefined) user.employment = employment;
  const manager = objectsAt(record, 'relations').find((relation) => textAt(relation, 'type') === 'manager');
  const managerAddress = emailOf(textAt(manager, 'value'));
  if (managerAddress !== undefined) user.manager = managerAddress;
  const place = objectsAt(record, 'addresses').find((each) => textAt(each, 'type') === 'work');
  const country = countryCode(textAt(place, 'countryCode') ?? textAt(place, 'country'));
  if (country !== undefined) user.country = country;
  const region = textAt(place, 'region');
  if (region !== undefined) user.region = region;
  const city = textAt(place, 'locality');
  if (city !== undefined) user.city = city;
}

function primaryOf(list: readonly RawRecord[]): RawRecord | undefined {
  return list.find((each) => booleanAt(each, 'primary') === true) ?? list[0];
}

/** Gives whether one of two is so; `undefined` when neither is known. */
function either(a: boolean | undefined, b: boolean | undefined): boolean | undefined {
  return a === undefined && b === undefined ? undefined : a === true || b === true;
}
