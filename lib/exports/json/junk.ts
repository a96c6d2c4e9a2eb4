/** The step through bytes that are no record: to the next element of an array, or to the end of the line. */
import type { Reading } from './reading.ts';

/** Passes over junk, which was counted where it began. */
export function passJunk(reading: Reading): void {
  if (reading.place === 'array') passElement(reading);
  else passLine(reading);
}

function passElement(reading: Reading): void {
  const { bytes } = reading;
  for (; reading.at < bytes.length; reading.at++) {
    const byte = bytes[reading.at]!;
    if (reading.junkString === 'escape') {
      reading.junkString = 'inside';
    } else if (reading.junkString === 'inside') {
      if (byte === 0x5c) reading.junkString = 'escape';
      else if (byte === 0x22) reading.junkString = 'no';
    } else if (byte === 0x2c || byte === 0x5d || (byte & 0xdf) === 0x5b) {
      reading.mode = 'between';
      return;
    }
  }
}

function passLine(reading: Reading): void {
  const { bytes } = reading;
  const newline = bytes.indexOf(0x0a, reading.at);
  const end = newline === -1 ? bytes.length : newline;
  if (!reading.started && bytes.subarray(reading.at, end).includes(0)) reading.binary = true;
  reading.at = end;
  if (newline !== -1) reading.mode = 'between';
  if (reading.binary) {
    reading.mode = 'junk';
    reading.at = bytes.length;
  }
}
