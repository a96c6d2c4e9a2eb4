/** The id of a record, whatever state it came in. */
import { derivedId } from '../derived-id.ts';
import { idAt } from '../fields.ts';
import type { RawRecord } from '../source.ts';

/** Gives the vendor's id at a key, or one derived from the record's content, so that a copy of it still collapses. */
export function recordId(record: RawRecord, key: string): string {
  return idAt(record, key) ?? derivedId(record);
}
