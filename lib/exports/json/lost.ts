/** The step through damage: looks for the place where the next record probably starts. */
import { createAnchors } from './anchors.ts';
import { findResumption, LOOK_AHEAD_BYTES, LOOK_BEHIND_BYTES } from './resume.ts';
import type { Reading } from './reading.ts';
import type { Resumption } from './resume.ts';

/** As much is looked at together, so that a likely place is not passed over for a nearer, unlikely one. */
const WINDOW_BYTES = 64 * 1024;
/** Each may mean to read the largest record again. */
const RECUTS = 100;

/** Gives up the record being followed, and the count of brackets with it. */
export function breakOff(reading: Reading, reason: string): void {
  if (!reading.tooLarge) reading.delivery.damaged(reason, reading.start);
  reading.mode = 'lost';
  reading.disturbed = true;
  reading.pageOpening = false;
  reading.line = undefined;
  const brokenAt = reading.base + reading.walk.brokenAt;
  joinCarry(reading);
  reading.at = Math.max(0, brokenAt - reading.base);
}

/**
 * Cuts a record that does not end where another one surely begins in it: its closing brackets are missing in such a
 * way that what follows could be nested in it.
 *
 * @returns whether there is such a place
 */
export function recut(reading: Reading): boolean {
  const { keys, nestedAlike } = reading.anchors;
  if (keys.length === 0 || nestedAlike || reading.tooLarge || reading.recuts === RECUTS) return false;
  joinCarry(reading);
  const found = findResumption(reading.bytes, reading.partStart + 1, reading.bytes.length, keys);
  if (found === undefined) {
    // Back to where it was: all of it is carried.
    reading.carry.append(reading.bytes, reading.partStart, reading.bytes.length);
    reading.partStart = reading.bytes.length;
    return false;
  }
  reading.recuts++;
  reading.disturbed = true;
  reading.pageOpening = false;
  reading.delivery.damaged('brackets do not match', reading.start);
  goOn(reading, found);
  return true;
}

function joinCarry(reading: Reading): void {
  const { carry } = reading;
  if (carry.length === 0) return;
  reading.base += reading.partStart - carry.length;
  reading.bytes = Buffer.concat([carry.view(), reading.bytes.subarray(reading.partStart)]);
  reading.partStart = 0;
  carry.clear();
}

function goOn(reading: Reading, found: Resumption): void {
  reading.at = found.at;
  reading.mode = 'between';
  if (!found.onNewLine) return;
  reading.place = 'top';
  reading.disturbed = false;
}

/** Puts the bytes that could not be judged yet before those that came since. */
export function rejoin(reading: Reading): void {
  reading.base -= reading.unjudged.length;
  reading.bytes = Buffer.concat([reading.unjudged, reading.bytes]);
  reading.at = reading.judged;
}

/**
 * Goes to the next place to read on from, or keeps what cannot be judged yet.
 *
 * @param final - whether no more bytes will come
 */
export function searchOn(reading: Reading, final: boolean): void {
  const { bytes } = reading;
  if (final || bytes.length - reading.at >= WINDOW_BYTES) {
    const to = final ? bytes.length : bytes.length - LOOK_AHEAD_BYTES;
    let found = findResumption(bytes, reading.at, to, reading.anchors.keys);
    if (found === undefined && reading.anchors.keys.length > 0) {
      // They may begin in more ways than were learnt; and looking far for each would take long.
      reading.anchors = createAnchors();
      found = findResumption(bytes, reading.at, to, []);
    }
    if (found !== undefined) return goOn(reading, found);
    reading.at = to;
  }
  const from = Math.max(0, reading.at - LOOK_BEHIND_BYTES);
  reading.unjudged = Buffer.from(bytes.subarray(from));
  reading.judged = reading.at - from;
  reading.at = bytes.length;
}
