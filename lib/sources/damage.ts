/** Says what is wrong with a record in words that are safe to print: never an address, never a body. */
import { canonicalAddress } from '../core/places/address.ts';
import { rejected, type Normalized } from './source.ts';

/** Longest piece of a bad value that is shown. */
const SHOWN_LIMIT = 40;

/**
 * Rejects a record for one field.
 *
 * @param field - the vendor's path to it, `events[0].name`
 * @param wanted - what should have been there, with its article
 * @example expected('published', 'a time', 'soon') // => rejected: 'published: expected a time, got "soon"'
 */
export function expected(field: string, wanted: string, value: unknown): Normalized {
  return rejected(`${field}: expected ${wanted}, got ${shown(value)}`);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return typeof value;
  // An address in the wrong field is still somebody's, and a body holds more of them.
  if (/[@{[]/.test(value) || canonicalAddress(value) !== undefined) return 'a text';
  return JSON.stringify(value.length > SHOWN_LIMIT ? `${value.slice(0, SHOWN_LIMIT - 1)}…` : value);
}
