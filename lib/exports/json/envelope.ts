/** Knows the vendors' pages that are too large to hold: `{"Records":[…]}`, `{"value":[…]}`, `{"items":[…]}`, `{"Events":[…]}`. */

const KEY_AT_THE_END = /(?:^|[{,\s])"(?:Records|value|items|Events)"\s*:\s*$/;

/** Enough for the key and the white space of any printer. */
export const LOOK_BACK_BYTES = 64;

/** Says whether bytes that end just before a `[` end with the key of a page's records. */
export function endsWithEnvelopeKey(bytes: Buffer): boolean {
  return KEY_AT_THE_END.test(bytes.toString('latin1', Math.max(0, bytes.length - LOOK_BACK_BYTES)));
}
