/** Keeps the bytes of a record that goes on in the next chunk, up to the limit of one record. */

export interface Carry {
  readonly length: number;
  readonly limitBytes: number;
  /** The bytes kept, valid until the next `append` or `clear`. */
  view(): Buffer;
  /** Adds a part; answers false, and keeps nothing, when the record would then exceed the limit. */
  append(bytes: Buffer, start: number, end: number): boolean;
  clear(): void;
}

const FIRST_BYTES = 64 * 1024;

/** Makes an empty carry for records of at most so many bytes. */
export function createCarry(limitBytes: number): Carry {
  let kept = Buffer.alloc(0);
  let length = 0;
  return {
    get length() {
      return length;
    },
    limitBytes,
    view: () => kept.subarray(0, length),
    append(bytes, start, end) {
      const needed = length + end - start;
      if (needed > limitBytes) {
        length = 0;
        return false;
      }
      if (needed > kept.length) {
        const larger = Buffer.allocUnsafeSlow(
          Math.max(FIRST_BYTES, needed, Math.min(2 * kept.length, limitBytes)),
        );
        kept.copy(larger, 0, 0, length);
        kept = larger;
      }
      bytes.copy(kept, length, start, end);
      length = needed;
      return true;
    },
    clear() {
      length = 0;
    },
  };
}
