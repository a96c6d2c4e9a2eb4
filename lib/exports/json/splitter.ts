/**
 * Cuts a stream of JSON bytes into records: elements of arrays and of vendors' pages, documents one after another, and
 * lines. It holds no more than one record, and goes on after damage where it can.
 */
import { passBetween } from './between.ts';
import { createDelivery } from './delivery.ts';
import { passJunk } from './junk.ts';
import { endLastLine, followLines } from './line.ts';
import { recut, rejoin, searchOn } from './lost.ts';
import { createReading } from './reading.ts';
import { followTail, followValue } from './value.ts';
import { endsEarly, READ, unparsable } from '../sink.ts';
import type { Limits } from '../limits.ts';
import type { Cursor, FileOutcome, Sink, Splitter } from '../sink.ts';
import type { Reading } from './reading.ts';

/**
 * Makes a splitter that hands each record to the sink.
 *
 * A text whose first complete object stands alone on its line is taken as one record a line from then on, which needs
 * no look at brackets; a lone `{` on a line, or an array, is still followed by its brackets. An object that is a page
 * (`envelope.ts`) gives its elements; every other one is handed over whole.
 *
 * @param cursor - where the records are counted; it is what the sink is given as their position
 */
export function createJsonSplitter(sink: Sink, cursor: Cursor, limits: Limits): Splitter {
  const reading = createReading(createDelivery(sink, cursor, limits), limits);

  function passAll(): void {
    while (reading.at < reading.bytes.length) step(reading);
    reading.base += reading.bytes.length;
  }

  return {
    push(bytes) {
      reading.delivery.forgetBuffers();
      reading.bytes = bytes;
      reading.at = 0;
      reading.partStart = 0;
      if (reading.mode === 'lost') rejoin(reading);
      passAll();
    },
    end() {
      for (;;) {
        reading.bytes = Buffer.alloc(0);
        reading.at = 0;
        reading.partStart = 0;
        if (reading.mode === 'lost') {
          rejoin(reading);
          searchOn(reading, true);
          if (reading.mode === 'lost') return endOfDamage(reading, cursor);
        } else if (reading.mode !== 'value' || !recut(reading, true)) {
          return outcome(reading, cursor);
        }
        passAll();
      }
    },
    get hopeless() {
      return reading.binary;
    },
  };
}

function step(reading: Reading): void {
  switch (reading.mode) {
    case 'between':
      return passBetween(reading);
    case 'value':
      return followValue(reading);
    case 'line':
      return followLines(reading);
    case 'tail':
      return followTail(reading);
    case 'junk':
      return passJunk(reading);
    case 'lost':
      return searchOn(reading, false);
  }
}

function outcome(reading: Reading, cursor: Cursor): FileOutcome {
  if (reading.mode === 'line')
    return endLastLine(reading) ? READ : stopped(cursor, 'in the middle of a record');
  if (reading.mode === 'value') return stopped(cursor, 'in the middle of a record');
  if (reading.mode === 'tail') return stopped(cursor, 'before the end of its page');
  if (reading.place === 'array') return stopped(cursor, 'before the end of its array');
  if (reading.binary) return unparsable('binary, neither JSON nor CSV');
  if (!reading.started && reading.delivery.isHoldingBack)
    return unparsable('no JSON object or array starts in it');
  return READ;
}

function stopped(cursor: Cursor, where: string): FileOutcome {
  return endsEarly(`the file stops ${where}, after ${cursor.record} complete or damaged records`);
}

/** Text in which brackets could not be counted seems to have been written to its end when it ends with one. */
function endOfDamage(reading: Reading, cursor: Cursor): FileOutcome {
  const bytes = reading.unjudged;
  let at = bytes.length - 1;
  while (at >= 0 && bytes[at]! <= 0x20) at--;
  return bytes[at] === 0x5d || bytes[at] === 0x7d ? READ : stopped(cursor, 'after damage');
}
