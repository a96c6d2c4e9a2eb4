/** Values as DynamoDB keeps them cheapest: compressed JSON, because it bills by the kilobyte. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** An item holds 400 KB; JSON of ours shrinks to no less than a hundredth. */
const LARGEST_BYTES = 40 * 1024 * 1024;

export function packed(value: unknown): Uint8Array {
  return deflateRawSync(JSON.stringify(value));
}

/** Reads what `packed` wrote. */
export function unpacked(bytes: Uint8Array): unknown {
  return JSON.parse(inflateRawSync(bytes, { maxOutputLength: LARGEST_BYTES }).toString('utf8'));
}
