/** The steps that follow brackets: through one record to its end, and through the rest of a page after its records. */
import { learn } from './anchors.ts';
import { enterArray } from './between.ts';
import { endsWithEnvelopeKey, LOOK_BACK_BYTES } from './envelope.ts';
import { breakOff, recut } from './lost.ts';
import { keep } from './reading.ts';
import { follow } from './walk.ts';
import type { Reading } from './reading.ts';

/** Follows a record; when it turns out to be a page, goes on among the page's records instead. */
export function followValue(reading: Reading): void {
  if (reading.pageOpening && !passPageOpening(reading)) return;
  const { walk } = reading;
  reading.at = follow(walk, reading.bytes, reading.at);
  if (walk.stop === 'closed') endValue(reading);
  else if (walk.stop === 'broken') breakOff(reading, 'brackets or quotes do not match');
  else {
    if (walk.stop === 'root-array') {
      reading.pageOpening = !reading.tooLarge && endsWithEnvelopeKey(lastBytes(reading, reading.at - 1));
    }
    if (reading.at === reading.bytes.length) keepValue(reading);
  }
}

function keepValue(reading: Reading): void {
  const bytes = reading.carry.length + reading.at - reading.partStart;
  if (bytes > reading.carry.limitBytes && recut(reading, true)) return;
  keep(reading, reading.at);
}

/** Follows the rest of a page. */
export function followTail(reading: Reading): void {
  reading.at = follow(reading.walk, reading.bytes, reading.at);
  if (reading.walk.stop === 'closed') reading.mode = 'between';
  else if (reading.walk.stop === 'broken')
    breakOff(reading, 'brackets or quotes after the records do not match');
}

/** Looks at what follows a page's `[`; answers whether to follow it as any other value. */
function passPageOpening(reading: Reading): boolean {
  const { bytes } = reading;
  while (reading.at < bytes.length && bytes[reading.at]! <= 0x20) reading.at++;
  if (reading.at === bytes.length) {
    keep(reading, reading.at);
    return false;
  }
  reading.pageOpening = false;
  // An empty array or one of texts says nothing of a page: the whole object goes to whoever knows its shape.
  if (bytes[reading.at] !== 0x7b) return true;
  reading.carry.clear();
  reading.byLine ??= false;
  enterArray(reading, true);
  return false;
}

function endValue(reading: Reading): void {
  const { carry, walk, delivery } = reading;
  const bytesLong = carry.length + reading.at - reading.partStart;
  if (bytesLong > reading.anchors.suspectBytes && recut(reading, false)) return;
  reading.mode = 'between';
  if (carry.length > 0) keep(reading, reading.at);
  const carried = carry.length > 0;
  const bytes = carried ? carry.view() : reading.bytes;
  const start = carried ? 0 : reading.partStart;
  const end = carried ? carry.length : reading.at;
  if (reading.place === 'top') noteLine(reading, bytes, start, end);
  if (!reading.tooLarge) {
    if (!reading.isObject) delivery.damaged('expected an object', reading.start);
    else if (walk.tooDeep) delivery.tooDeep(reading.start);
    else delivery.record(bytes, start, end, reading.start);
    if (reading.place === 'array' && !reading.disturbed && reading.patience > 0) {
      learn(reading.anchors, bytes, start, end);
    }
  }
  carry.clear();
}

/** Sees whether the first object at the top is on one line, and so perhaps one of many. */
function noteLine(reading: Reading, bytes: Buffer, start: number, end: number): void {
  if (reading.byLine === undefined) {
    const newline = bytes.indexOf(0x0a, start);
    if (!reading.tooLarge && (newline === -1 || newline >= end)) reading.lineMayEnd = true;
    else reading.byLine = false;
  }
  if (!reading.lineMayEnd) reading.line = undefined;
}

/** What stands before an index: at least as much as a page's key may take, where there is as much. */
function lastBytes(reading: Reading, end: number): Buffer {
  const { bytes, carry } = reading;
  const near = bytes.subarray(Math.max(reading.partStart, end - LOOK_BACK_BYTES), end);
  return carry.length === 0 ? near : Buffer.concat([carry.view().subarray(-LOOK_BACK_BYTES), near]);
}
