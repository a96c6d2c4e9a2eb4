/** Values as DynamoDB keeps them cheapest: compressed JSON, because it bills by the kilobyte. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RingerError } from '../core/errors.ts';

/** As much as a message of the queue may hold: its events can be one item, and repetitive ones shrink to a thousandth. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** @throws INVARIANT for what could not be read again: what stands there already is worth more */
export function packed(value: unknown): Uint8Array {
  const json = Buffer.from(JSON.stringify(value));
  if (json.length <= LARGEST_BYTES) return deflateRawSync(json);
  throw new RingerError('INVARIANT', `${json.length} bytes are more than an item is unpacked to`);
}

/** Reads what `packed` wrote. */
export function unpacked(bytes: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(bytes, { maxOutputLength: LARGEST_BYTES }).toString('utf8'));
}
