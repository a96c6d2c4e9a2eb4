/** Opens what an API returns: pages that wrap records, at any of the keys the vendors use. */
import { VENDORS } from '../sources/index.ts';
import { asObject } from '../sources/fields.ts';
import type { RawRecord } from '../sources/source.ts';

const ENVELOPES = ['Records', 'value', 'items', 'Events', 'users', 'Entities', 'Entries'] as const;

/**
 * Gives the records of a page, or `undefined` when it is not one.
 *
 * Graph wraps a single resource as `{ "value": {…} }`: that is a page of one.
 */
export function recordsOf(page: RawRecord): readonly unknown[] | undefined {
  for (const vendor of VENDORS) {
    const inside = vendor.unwrap?.(page);
    if (inside !== undefined) return inside;
  }
  for (const key of ENVELOPES) {
    const value = Object.hasOwn(page, key) ? page[key] : undefined;
    if (Array.isArray(value)) return value as readonly unknown[];
    if (key === 'value') {
      const single = asObject(value);
      if (single !== undefined) return [single];
    }
  }
  return undefined;
}
