/** The step for one record a line: finds newlines and looks at nothing else, which is ten times as fast as brackets. */
import { keep, markStart } from './reading.ts';
import { follow, restart, restartInside } from './walk.ts';
import type { Reading } from './reading.ts';

/** Hands over each line that starts with `{`, until the bytes end or a line starts otherwise. */
export function followLines(reading: Reading): void {
  const { bytes } = reading;
  for (;;) {
    const newline = bytes.indexOf(0x0a, reading.at);
    if (newline === -1) {
      keep(reading, bytes.length);
      reading.at = bytes.length;
      return;
    }
    endLine(reading, newline);
    if (reading.mode !== 'line') return;
    reading.at = newline + 1;
    if (reading.line !== undefined) reading.line++;
    if (bytes[reading.at] !== 0x7b) {
      reading.mode = 'between';
      return;
    }
    markStart(reading);
  }
}

/** Hands over the last line, which has no newline; answers false when it stops before its end. */
export function endLastLine(reading: Reading): boolean {
  if (!reading.tooLarge) {
    restart(reading.walk, false);
    follow(reading.walk, reading.carry.view(), 0);
    if (reading.walk.stop === 'more') return false;
    reading.bytes = Buffer.alloc(0);
    reading.partStart = 0;
    endLine(reading, 0);
  }
  return true;
}

function endLine(reading: Reading, newline: number): void {
  const { carry } = reading;
  if (carry.length > 0) keep(reading, newline);
  if (reading.tooLarge) return;
  const carried = carry.length > 0;
  const bytes = carried ? carry.view() : reading.bytes;
  const start = carried ? 0 : reading.partStart;
  const end = trimmedEnd(bytes, start, carried ? carry.length : newline);
  if (end - start === 1) return openDocument(reading, newline);
  reading.delivery.line(bytes, start, end, reading.start);
  carry.clear();
}

/** Goes on by brackets after a lone `{`: a document printed over several lines, among others on one. */
function openDocument(reading: Reading, newline: number): void {
  reading.carry.clear();
  reading.carry.append(Buffer.from('{'), 0, 1);
  restartInside(reading.walk, true);
  reading.mode = 'value';
  reading.at = newline;
  reading.partStart = newline;
}

/** Leaves out the white space and the comma that may follow a line's record. */
function trimmedEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1]! <= 0x20 || bytes[at - 1] === 0x2c)) at--;
  return at;
}
