/** The step through damage: looks for the place where the next record probably starts. */
import { createAnchors } from './anchors.ts';
import { findResumption, LOOK_AHEAD_BYTES, LOOK_BEHIND_BYTES } from './resume.ts';
import type { Reading } from './reading.ts';
import type { Resumption } from './resume.ts';

/** As much is looked at together, so that a likely place is not passed over for a nearer, unlikely one. */
const WINDOW_BYTES = 64 * 1024;

/** Gives up the record being followed, and the count of brackets with it. */
export function breakOff(reading: Reading, reason: string): void {
  if (!reading.tooLarge) reading.delivery.damaged(reason, reading.start);
  reading.mode = 'lost';
  reading.disturbed = true;
  reading.pageOpening = false;
  reading.line = reading.tooLarge ? undefined : reading.start.line;
  const brokenAt = reading.base + reading.walk.brokenAt;
  joinCarry(reading);
  reading.at = reading.partStart;
  passTo(reading, Math.max(0, brokenAt - reading.base));
}

/**
 * Cuts a record where another one begins in it: its closing brackets are missing in such a way that the records after
 * it seemed to be nested in it.
 *
 * @param isBroken - whether the record is known to be broken; else it is cut only if it is no JSON
 * @returns whether it has been cut
 */
export function recut(reading: Reading, isBroken: boolean): boolean {
  const { keys, nestedAlike } = reading.anchors;
  if (keys.length === 0 || nestedAlike || reading.tooLarge || reading.patience === 0) return false;
  joinCarry(reading);
  const found = findResumption(reading.bytes, reading.partStart + 1, reading.at, keys);
  if (found === undefined || (!isBroken && isJson(reading.bytes, reading.partStart, reading.at)))
    return false;
  reading.patience--;
  reading.disturbed = true;
  reading.pageOpening = false;
  reading.delivery.damaged('brackets do not match', reading.start);
  goOn(reading, found);
  return true;
}

function isJson(bytes: Buffer, start: number, end: number): boolean {
  try {
    JSON.parse(bytes.toString('utf8', start, end));
    return true;
  } catch {
    return false;
  }
}

/** Puts the carried part of the record before the rest of it. */
function joinCarry(reading: Reading): void {
  const { carry, partStart } = reading;
  if (carry.length === 0) return;
  reading.bytes = Buffer.concat([carry.view(), reading.bytes.subarray(partStart)]);
  reading.base += partStart - carry.length;
  reading.at += carry.length - partStart;
  reading.partStart = 0;
  carry.clear();
}

/** Goes to an index and counts the lines on the way, where lines are counted. */
function passTo(reading: Reading, to: number): void {
  if (reading.line !== undefined) {
    const passed = reading.bytes.subarray(reading.at, to);
    for (let at = passed.indexOf(0x0a); at !== -1; at = passed.indexOf(0x0a, at + 1)) reading.line++;
  }
  reading.at = to;
}

function goOn(reading: Reading, found: Resumption): void {
  passTo(reading, found.at);
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
      reading.patience = Math.max(0, reading.patience - 1);
      // They may begin in more ways than were learnt; and looking far for each would take long.
      reading.anchors = createAnchors();
      found = findResumption(bytes, reading.at, to, []);
    }
    if (found !== undefined) return goOn(reading, found);
    passTo(reading, to);
  }
  const from = Math.max(0, reading.at - LOOK_BEHIND_BYTES);
  reading.unjudged = Buffer.from(bytes.subarray(from));
  reading.judged = reading.at - from;
  reading.at = bytes.length;
}
