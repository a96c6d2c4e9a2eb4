/** The step between records: white space, commas, the brackets of arrays, and what begins next. */
import { createAnchors } from './anchors.ts';
import { markStart } from './reading.ts';
import { restart, restartInside } from './walk.ts';
import type { Reading } from './reading.ts';

/** Goes to the next record, or to something that is none. Commas too many or too few are tolerated. */
export function passBetween(reading: Reading): void {
  const { bytes } = reading;
  for (; reading.at < bytes.length; reading.at++) {
    const byte = bytes[reading.at]!;
    if (byte === 0x0a) {
      if (reading.line !== undefined) reading.line++;
      if (reading.lineMayEnd) settle(reading, true);
    } else if (byte !== 0x20 && byte !== 0x2c && byte !== 0x0d && byte !== 0x09) {
      if (reading.place === 'top' && isMark(byte)) continue;
      if (reading.lineMayEnd) settle(reading, false);
      if (byte === 0x7b) return beginRecord(reading, true);
      if (byte === 0x5b && reading.place === 'array') return beginRecord(reading, false);
      if (byte === 0x5b) {
        enterArray(reading, false);
      } else if (byte === 0x5d && reading.place === 'array') {
        reading.at++;
        return leaveArray(reading);
      } else {
        return beginJunk(reading, byte);
      }
    }
  }
}

/** Goes on among the elements of an array, which are the records of a page or of the text itself. */
export function enterArray(reading: Reading, inPage: boolean): void {
  reading.started = true;
  reading.mode = 'between';
  reading.place = 'array';
  reading.inPage = inPage;
  reading.line = undefined;
  reading.anchors = createAnchors();
}

function leaveArray(reading: Reading): void {
  reading.place = 'top';
  reading.mode = 'between';
  if (!reading.inPage) return;
  reading.mode = 'tail';
  markStart(reading);
  restartInside(reading.walk, false);
}

function beginRecord(reading: Reading, isObject: boolean): void {
  reading.started = true;
  reading.isObject = isObject;
  markStart(reading);
  if (reading.place === 'top' && reading.byLine === true) {
    reading.mode = 'line';
  } else {
    reading.mode = 'value';
    restart(reading.walk, reading.place === 'top');
  }
}

function beginJunk(reading: Reading, byte: number): void {
  reading.mode = 'junk';
  markStart(reading);
  if (reading.place === 'array') {
    reading.delivery.damaged('expected an object', reading.start);
    reading.junkString = byte === 0x22 ? 'inside' : 'no';
    reading.at++;
  } else if (!reading.started) {
    reading.delivery.holdBack(reading.start);
  } else {
    // Most likely the rest of an array whose brackets were miscounted: said once, when they were.
    if (!reading.disturbed) reading.delivery.damaged('expected a JSON object or array', reading.start);
    if (reading.anchors.keys.length > 0) reading.disturbed = true;
    if (reading.disturbed) reading.mode = 'lost';
  }
}

function settle(reading: Reading, byLine: boolean): void {
  reading.byLine = byLine;
  reading.lineMayEnd = false;
}

/** A byte-order mark's bytes, as in files joined together, and the record separator of JSON text sequences. */
function isMark(byte: number): boolean {
  return byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0x1e;
}
