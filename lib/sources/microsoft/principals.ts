/** Who Microsoft's records speak of: people by their sign-in name, guests by their home address too, programs by id. */
import type { Actor } from '../../core/events/index.ts';
import { emailOf, loginOf } from '../addresses.ts';
import type { Writable } from '../writable.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const GUEST = '#ext#@';

/** What a record gives of a principal, each as it was read; what is absent or says nothing is left out. */
interface PrincipalFields {
  readonly userName?: string | undefined;
  readonly mail?: string | undefined;
  readonly uid?: string | undefined;
  readonly name?: string | undefined;
}

/** Tells whether a text is a GUID, as Entra's object and application ids are. */
export function isGuid(text: string): boolean {
  return text.length === 36 && GUID.test(text);
}

/**
 * Gives a text as a user principal name, address or login: lower case, or `undefined` when it cannot be one.
 *
 * Object ids stand in Entra's name fields when the person could not be found; they are not names. Nor are
 * those of Windows accounts, which have a backslash.
 *
 * @example userNameOf('Jane.Doe@Example.com') // => 'jane.doe@example.com'
 * @example userNameOf('SHAREPOINT\\system') // => undefined
 */
export function userNameOf(text: string | undefined): string | undefined {
  return text === undefined || isGuid(text) || text.includes('\\') ? undefined : loginOf(text);
}

/**
 * Gives the home address inside a guest's user principal name, lower case.
 *
 * @example guestHome('jdoe_partner.example.org#EXT#@tenant.onmicrosoft.com') // => 'jdoe@partner.example.org'
 */
export function guestHome(userName: string): string | undefined {
  const text = userName.toLowerCase();
  const end = text.indexOf(GUEST);
  if (end < 0) return undefined;
  const at = text.lastIndexOf('_', end - 1);
  return at > 0 && text.includes('.', at) && at < end - 1
    ? `${text.slice(0, at)}@${text.slice(at + 1, end)}`
    : undefined;
}

/** Gives the person a record names, or `undefined` when nothing in it could name anybody. */
export function personOf(fields: PrincipalFields): Actor | undefined {
  const userName = userNameOf(fields.userName);
  const mail = emailOf(fields.mail);
  const address = userName ?? mail;
  const uid =
    fields.uid ?? (fields.userName !== undefined && isGuid(fields.userName) ? fields.userName : undefined);
  if (address === undefined && uid === undefined) return undefined;
  const actor: Writable<Actor> = { type: 'user' };
  if (address !== undefined) actor.address = address;
  const others = otherAddresses(address, userName === undefined ? undefined : guestHome(userName), mail);
  if (others !== undefined) actor.otherAddresses = others;
  if (uid !== undefined) actor.accountUid = uid;
  if (fields.name !== undefined) actor.name = fields.name;
  return actor;
}

/** Gives the program a record names, or `undefined` when it gives no id. */
export function programOf(uid: string | undefined, name?: string): Actor | undefined {
  if (uid === undefined) return undefined;
  return name === undefined
    ? { type: 'service', accountUid: uid }
    : { type: 'service', accountUid: uid, name };
}

function otherAddresses(
  address: string | undefined,
  home: string | undefined,
  mail: string | undefined,
): readonly string[] | undefined {
  const second = mail === address || mail === home ? undefined : mail;
  if (home === undefined) return second === undefined ? undefined : [second];
  return second === undefined ? [home] : [home, second];
}
