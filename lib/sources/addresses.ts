/** Reads addresses and logins as records write them: lower case, or `undefined` when a text cannot be one. */
import { isEmail } from '../core/people/address-groups.ts';

/** RFC 5321: 64 characters, an @ and 255 more. */
const LONGEST_ADDRESS = 320;

/**
 * Reads an e-mail address or user principal name.
 *
 * @example emailOf('Jane.Doe@Example.com') // => 'jane.doe@example.com'
 * @example emailOf('jdoe') // => undefined
 */
export function emailOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_ADDRESS || !isEmail(text)) return undefined;
  return text.toLowerCase();
}

/**
 * Reads a login where the field is sure to hold one: it need not be an address, but has no spaces.
 *
 * @example loginOf('JDoe') // => 'jdoe'
 * @example loginOf('Jane Doe') // => undefined
 */
export function loginOf(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_ADDRESS || /\s/.test(text)) return undefined;
  return text.toLowerCase();
}

/** Gives what follows the @ of an address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** What stands between addresses: `"Jane" [SMTP:jane@example.net];bob@example.org`. */
const BETWEEN = /[\s"'<>()[\]{},;:=\\]+/;

/**
 * Finds the addresses in a text, each once.
 *
 * @example addressesIn('"Jane" [SMTP:Jane@example.net];bob@example.org') // => ['jane@example.net', 'bob@example.org']
 */
export function addressesIn(text: string): readonly string[] {
  const found = text.split(BETWEEN).map(emailOf);
  return [...new Set(found.filter((address) => address !== undefined))];
}
