/** Remembers how an array's records begin, to know one again after damage. */

export interface Anchors {
  /** First keys with their quotes: one vendor's records begin alike, and what is nested in them begins otherwise. */
  readonly keys: string[];
  learnt: number;
  /** Whether something nested in a record begins like a record, so that the keys prove nothing. */
  nestedAlike: boolean;
  /** From this size on a record may have swallowed those after it. */
  suspectBytes: number;
}

/** Records of one file seldom differ more in size; those that do and are whole cost one more look. */
const SUSPECT_TIMES_LARGEST = 8;

const LEARNT_RECORDS = 8;
const KEYS = 8;
const KEY_BYTES = 64;

/** Knows nothing yet. */
export const createAnchors = (): Anchors => ({
  keys: [],
  learnt: 0,
  nestedAlike: false,
  suspectBytes: Infinity,
});

/** Learns from the first records of an array; more would cost time and tell little. */
export function learn(anchors: Anchors, bytes: Buffer, start: number, end: number): void {
  if (anchors.learnt >= LEARNT_RECORDS) return;
  anchors.learnt++;
  const suspectBytes = SUSPECT_TIMES_LARGEST * (end - start);
  if (anchors.learnt === 1 || suspectBytes > anchors.suspectBytes) anchors.suspectBytes = suspectBytes;
  const key = firstKey(bytes, start, end);
  if (key === undefined || anchors.keys.length === KEYS) return;
  if (!anchors.keys.includes(key)) anchors.keys.push(key);
  // Within the record alone: a search that ran on to where the key comes next would make many small arrays slow.
  const record = bytes.subarray(start, end);
  const own = record.indexOf(key, 0, 'latin1');
  for (
    let at = record.indexOf(key, own + 1, 'latin1');
    at !== -1;
    at = record.indexOf(key, at + 1, 'latin1')
  ) {
    if (opensObject(record, at)) anchors.nestedAlike = true;
  }
}

function opensObject(bytes: Buffer, key: number): boolean {
  let at = key - 1;
  while (at >= 0 && bytes[at]! <= 0x20) at--;
  return bytes[at] === 0x7b;
}

/** Says whether an object's content begins with one of the keys, or with any key when none is known. */
export function beginsAlike(keys: readonly string[], bytes: Buffer, from: number): boolean {
  let at = from;
  while (at < bytes.length && bytes[at]! <= 0x20) at++;
  if (bytes[at] !== 0x22) return false;
  return keys.length === 0 || keys.some((key) => bytes.toString('latin1', at, at + key.length) === key);
}

function firstKey(bytes: Buffer, start: number, end: number): string | undefined {
  let at = start + 1;
  while (at < end && bytes[at]! <= 0x20) at++;
  if (bytes[at] !== 0x22) return undefined;
  const close = bytes.toString('latin1', at, Math.min(end, at + KEY_BYTES)).indexOf('"', 1);
  return close === -1 ? undefined : bytes.toString('latin1', at, at + close + 1);
}
