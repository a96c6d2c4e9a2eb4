/** Names records, also those that came without their vendor's id, so that a second copy is still the same record. */
import { stableId } from '../core/hash.ts';
import { idAt } from './fields.ts';
import type { RawRecord } from './source.ts';

/** Gives the vendor's id at a key, or one derived from all that the record says. */
export function recordId(record: RawRecord, key: string): string {
  return idAt(record, key) ?? derivedId(record);
}

/**
 * Derives an id from everything a record says, whatever the order of its keys.
 *
 * @example derivedId({ a: 1, b: 2 }) === derivedId({ b: 2, a: 1 }) // => true
 */
export function derivedId(record: RawRecord): string {
  return `derived:${stableId(canonical(record))}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
