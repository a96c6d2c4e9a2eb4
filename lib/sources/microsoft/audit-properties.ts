/** The lists of names and values that audit records are full of. */
import { asObject, asText } from '../fields.ts';
import type { RawRecord } from '../source.ts';
import type { Property } from './directory-change.ts';

/** The longest value that is taken apart: a list of phones or of permissions fits, and nothing legitimate is longer. */
export const LONGEST_VALUE = 65_536;

/** How a list spells its keys: Graph in camel case, Microsoft 365 in Pascal case. */
export interface ChangeKeys {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Adds the changed properties in a list to those already gathered; the first of a name counts. */
export function gatherChanges(
  into: Map<string, Property>,
  list: readonly RawRecord[],
  keys: ChangeKeys,
): void {
  for (const entry of list) {
    const name = asText(entry[keys.name]);
    if (name === undefined || into.has(name)) continue;
    into.set(name, { before: valueText(entry[keys.before]), after: valueText(entry[keys.after]) });
  }
}

/** Gives the value that a list of `{Name, Value}` has under a name, or `undefined` when it has none that is a text; cut to `limit` characters, or 256. */
export function namedValue(
  record: RawRecord,
  list: string,
  name: string,
  limit?: number,
): string | undefined {
  const entries = record[list];
  if (!Array.isArray(entries)) return undefined;
  for (const entry of entries as readonly unknown[]) {
    const pair = asObject(entry);
    if (pair?.['Name'] !== name) continue;
    const value = asText(pair['Value'], limit);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Gives the value a property has after a change, or had before it, as a short text; `undefined` when it is empty. */
export function shortValue(property: Property | undefined): string | undefined {
  return asText(property?.after) ?? asText(property?.before);
}

/** Values are JSON inside text; a text inside them keeps its own quotes. */
function valueText(value: unknown): string {
  if (typeof value !== 'string' || value.length > LONGEST_VALUE) return '';
  const text = value.trim();
  if (!text.startsWith('"') || !text.endsWith('"')) return text;
  try {
    const inner = JSON.parse(text) as unknown;
    return typeof inner === 'string' ? inner.trim() : text;
  } catch {
    return text;
  }
}
