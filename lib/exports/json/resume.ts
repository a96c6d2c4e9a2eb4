/** Finds where the next record probably starts after damage, when brackets can no longer be counted. */

import { beginsAlike } from './anchors.ts';

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
 * An element is `{` after a comma, and a first key: one of those given, if any are. A new document is a bracket in the first column of a line
 * that does not go on with the line before.
 *
 * @param from - first index to judge; bytes before it are looked at
 * @param to - index to stop before; bytes after it are looked at
 * @param keys - the first keys of the array's earlier elements, with their quotes
 */
export function findResumption(
  bytes: Buffer,
  from: number,
  to: number,
  keys: readonly string[],
): Resumption | undefined {
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte !== 0x7b && byte !== 0x5b) continue;
    let before = at - 1;
    while (before >= 0 && bytes[before]! <= 0x20) before--;
    const previous = bytes[before];
    if (previous === 0x2c) {
      if (byte === 0x7b && beginsAlike(keys, bytes, at + 1)) return { at, onNewLine: false };
    } else if (bytes[at - 1] === 0x0a && previous !== 0x3a && previous !== 0x5b) {
      return { at, onNewLine: true };
    }
  }
  return undefined;
}
