/** Finds where the next record probably starts after damage, when brackets can no longer be counted. */

const ANCHOR_BYTES = 64;

/** Bytes that must be at hand after a bracket before it can be judged. */
export const LOOK_AHEAD_BYTES = 128;
/** Bytes that should be at hand before it. */
export const LOOK_BEHIND_BYTES = 64;

/** A place to go on from: in the array that was being read, or at the top of a new line. */
export interface Resumption {
  readonly at: number;
  readonly onNewLine: boolean;
}

/**
 * Finds the next place from which reading can go on.
 *
 * An element is `{` after a comma, its first key being the anchor where one is given, since one vendor's records begin
 * alike while the objects nested in them begin otherwise. A new document is a bracket in the first column of a line
 * that does not go on with the line before.
 *
 * @param from - first index to judge; bytes before it are looked at
 * @param to - index to stop before; bytes after it are looked at
 * @param anchor - the first key of the array's earlier elements, with its quotes
 */
export function findResumption(
  bytes: Buffer,
  from: number,
  to: number,
  anchor: string | undefined,
): Resumption | undefined {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== 0x7b && byte !== 0x5b) continue;
    let before = at - 1;
    while (before >= 0 && bytes[before]! <= 0x20) before--;
    const previous = bytes[before];
    if (previous === 0x2c) {
      if (byte === 0x7b && beginsWithKey(bytes, at + 1, anchor)) return { at, onNewLine: false };
    } else if (bytes[at - 1] === 0x0a && previous !== 0x3a && previous !== 0x5b) {
      return { at, onNewLine: true };
    }
  }
  return undefined;
}

/** Gives the first key of an object with its quotes, unless it is long or the object is empty. */
export function firstKey(bytes: Buffer, start: number, end: number): string | undefined {
  let at = start + 1;
  while (at < end && bytes[at]! <= 0x20) at++;
  if (bytes[at] !== 0x22) return undefined;
  const close = bytes.toString('latin1', at, Math.min(end, at + ANCHOR_BYTES)).indexOf('"', 1);
  return close === -1 ? undefined : bytes.toString('latin1', at, at + close + 1);
}

function beginsWithKey(bytes: Buffer, from: number, anchor: string | undefined): boolean {
  let at = from;
  while (at < bytes.length && bytes[at]! <= 0x20) at++;
  if (anchor === undefined) return bytes[at] === 0x22;
  return bytes.toString('latin1', at, at + anchor.length) === anchor;
}
