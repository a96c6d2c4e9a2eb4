/** Okta's directory: `GET /api/v1/users`. */
import type { DirectoryUser, UserInventoryInfo } from '../../core/events/index.ts';
import { countryCode } from '../../config/countries.ts';
import { emailOf, loginOf } from '../addresses.ts';
import { expected } from '../damage.ts';
import { has, idAt, objectAt, textAt } from '../fields.ts';
import { recordId } from '../record-id.ts';
import { events, type Feed, type Normalized, type RawRecord, type Reading } from '../source.ts';
import { timeAt } from '../times.ts';
import type { Writable } from '../writable.ts';

/** Accounts that somebody can sign in to, now or after a new password. */
const ACTIVE: ReadonlySet<string> = new Set(['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT']);
/** Accounts that were closed; those not yet opened, staged and provisioned, are neither. */
const INACTIVE: ReadonlySet<string> = new Set(['SUSPENDED', 'DEPROVISIONED']);

export const users: Feed = { source: 'okta', id: 'users', recognizes, normalize };

/** Devices, groups and applications have an id, a status and a profile as well. */
function recognizes(record: RawRecord): boolean {
  if (!has(record, 'status') || !has(record, 'profile')) return false;
  const profile = objectAt(record, 'profile');
  if (profile !== undefined)
    return has(profile, 'login') || (has(profile, 'email') && !has(profile, 'platform'));
  return has(record, 'credentials') || has(record, 'lastLogin') || has(record, 'passwordChanged');
}

function normalize(record: RawRecord, reading: Reading): Normalized {
  const profile = objectAt(record, 'profile');
  if (profile === undefined) return expected('profile', 'an object', record['profile']);
  const login = loginOf(textAt(profile, 'login'));
  const address = emailOf(textAt(profile, 'email')) ?? login;
  if (address === undefined) return expected('profile.login', 'a login', profile['login']);
  const event: UserInventoryInfo = {
    kind: 'user-inventory-info',
    time: timeAt(record, 'lastUpdated') ?? reading.observedTime,
    source: 'okta',
    feed: 'users',
    uid: recordId(record, 'id'),
    user: readUser(record, profile, address, login),
  };
  return events([event]);
}

/**
 * The second e-mail is left out: it is private, and one that two accounts share must not make them one person, since
 * that is what handlers of several impostors do.
 */
function readUser(
  record: RawRecord,
  profile: RawRecord,
  address: string,
  login: string | undefined,
): DirectoryUser {
  const user: Writable<DirectoryUser> = { address };
  if (login !== undefined && login !== address) user.aliases = [login];
  const accountUid = idAt(record, 'id');
  if (accountUid !== undefined) user.accountUid = accountUid;
  const name =
    textAt(profile, 'displayName') ?? fullName(textAt(profile, 'firstName'), textAt(profile, 'lastName'));
  if (name !== undefined) user.name = name;
  const department = textAt(profile, 'department');
  if (department !== undefined) user.department = department;
  const manager = textAt(profile, 'manager') ?? textAt(profile, 'managerId');
  if (manager !== undefined) user.manager = manager;
  const employment = textAt(profile, 'userType');
  if (employment !== undefined) user.employment = employment;
  const status = textAt(record, 'status');
  if (status !== undefined && ACTIVE.has(status)) user.active = true;
  if (status !== undefined && INACTIVE.has(status)) user.active = false;
  const country = countryCode(textAt(profile, 'countryCode'));
  if (country !== undefined) user.country = country;
  const region = textAt(profile, 'state');
  if (region !== undefined) user.region = region;
  const city = textAt(profile, 'city');
  if (city !== undefined) user.city = city;
  const timeZone = textAt(profile, 'timezone');
  if (timeZone !== undefined) user.timeZone = timeZone;
  return user;
}

function fullName(first: string | undefined, last: string | undefined): string | undefined {
  return first === undefined || last === undefined ? (first ?? last) : `${first} ${last}`;
}
