/**
 * Reads fields of records nobody has checked. Whatever is missing, of another type, empty or a vendor's word for
 * nothing is `undefined`; long text is cut, so that no record can fill a table or a screen.
 */
import type { RawRecord } from './source.ts';

/** Longest text kept of a field people read; ids get four times as much. */
const TEXT_LIMIT = 256;

/**
 * What vendors write where there is nothing. Compared lower-case. They do so for ids as well (`"id": "unknown"`), and one
 * id for all who have none would make them one; names that customers choose freely are read by `exactTextAt`.
 */
const NOTHING: ReadonlySet<string> = new Set([
  'null',
  'undefined',
  'unknown',
  'none',
  'n/a',
  'not available',
  '-',
  '(null)',
  '00000000-0000-0000-0000-000000000000',
]);

/** Longest of those words, and the characters they begin with: nearly every text is told from them by its first. */
const NOTHING_LENGTH = 36;
const BEGINS_NOTHING = new Uint8Array(128);
for (const first of 'nNuU-(0') BEGINS_NOTHING[first.charCodeAt(0)] = 1;

/** Gives the object at a key, or `undefined` when there is none. */
export function objectAt(record: RawRecord | undefined, key: string): RawRecord | undefined {
  return asObject(valueAt(record, key));
}

/** Gives a value as an object; arrays are not objects here. */
export function asObject(value: unknown): RawRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as RawRecord)
    : undefined;
}

/** Gives the objects in the array at a key; anything else in it is passed over. */
export function objectsAt(record: RawRecord | undefined, key: string): readonly RawRecord[] {
  const value = valueAt(record, key);
  return Array.isArray(value) ? value.map(asObject).filter((entry) => entry !== undefined) : [];
}

/** Gives the texts in the array at a key, or the single text there. */
export function textsAt(record: RawRecord | undefined, key: string): readonly string[] {
  const value = valueAt(record, key);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((entry) => asText(entry)).filter((entry) => entry !== undefined);
}

/** Gives the text at a key, cut to 256 characters. Numbers are not texts. */
export function textAt(record: RawRecord | undefined, key: string): string | undefined {
  return asText(valueAt(record, key));
}

/** Gives an id at a key: a text or a whole number, cut to 1,024 characters. */
export function idAt(record: RawRecord | undefined, key: string): string | undefined {
  const value = valueAt(record, key);
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? String(value)
    : asText(value, 4 * TEXT_LIMIT);
}

/** Gives the finite number at a key; numbers written as text count. */
export function numberAt(record: RawRecord | undefined, key: string): number | undefined {
  const value = valueAt(record, key);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Gives the boolean at a key; `"true"` and `"false"` in any case count. */
export function booleanAt(record: RawRecord | undefined, key: string): boolean | undefined {
  const value = valueAt(record, key);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Gives a value as trimmed text, or `undefined` when it is not text or says nothing. */
export function asText(value: unknown, limit: number = TEXT_LIMIT): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (saysNothing(text)) return undefined;
  return text.length > limit ? text.slice(0, limit) : text;
}

/**
 * Gives the text at a key as it is, or the first of a list there: for names that may well be `none`, `-` or end in a
 * space, such as those of objects in a bucket. Only the empty text is none.
 */
export function exactTextAt(record: RawRecord | undefined, key: string): string | undefined {
  const value = valueAt(record, key);
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function saysNothing(text: string): boolean {
  if (text === '') return true;
  if (text.length > NOTHING_LENGTH || BEGINS_NOTHING[text.charCodeAt(0)] !== 1) return false;
  return NOTHING.has(text.toLowerCase());
}

/** Tells whether a key is there with a value of its own, inherited ones aside. */
export function has(record: RawRecord, key: string): boolean {
  return Object.hasOwn(record, key);
}

/** Gives whatever stands at a key of the record's own. */
export function valueAt(record: RawRecord | undefined, key: string): unknown {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
