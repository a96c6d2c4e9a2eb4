/** The step through damage: looks for the place where the next record probably starts. */
import { findResumption, LOOK_AHEAD_BYTES, LOOK_BEHIND_BYTES } from './resume.ts';
import type { Reading } from './reading.ts';

/** As much is looked at together, so that a likely place is not passed over for a nearer, unlikely one. */
const WINDOW_BYTES = 64 * 1024;

/** Gives up the record being followed, and the count of brackets with it. */
export function breakOff(reading: Reading, reason: string): void {
  const { carry } = reading;
  if (!reading.tooLarge) reading.delivery.damaged(reason, reading.start);
  reading.mode = 'lost';
  reading.disturbed = true;
  reading.pageOpening = false;
  reading.line = undefined;
  const brokenAt = reading.base + reading.walk.brokenAt;
  if (carry.length > 0) {
    reading.base += reading.partStart - carry.length;
    reading.bytes = Buffer.concat([carry.view(), reading.bytes.subarray(reading.partStart)]);
    carry.clear();
  }
  reading.at = Math.max(0, brokenAt - reading.base);
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
    let found = findResumption(bytes, reading.at, to, reading.anchor);
    if (found === undefined && reading.anchor !== undefined) {
      reading.anchorMisses++;
      reading.anchor = undefined;
      found = findResumption(bytes, reading.at, to, undefined);
    }
    if (found !== undefined) {
      reading.at = found.at;
      reading.mode = 'between';
      if (found.onNewLine) {
        reading.place = 'top';
        reading.disturbed = false;
      }
      return;
    }
    reading.at = to;
  }
  const from = Math.max(0, reading.at - LOOK_BEHIND_BYTES);
  reading.unjudged = Buffer.from(bytes.subarray(from));
  reading.judged = reading.at - from;
  reading.at = bytes.length;
}
