/** The state of cutting one JSON text into records. Each step of `splitter.ts` is a function of it. */
import { createAnchors } from './anchors.ts';
import { createCarry } from './carry.ts';
import { createWalk } from './walk.ts';
import type { Anchors } from './anchors.ts';
import type { Carry } from './carry.ts';
import type { Delivery } from './delivery.ts';
import type { Limits } from '../limits.ts';
import type { Walk } from './walk.ts';

export interface Reading {
  /**
   * What the next byte belongs to: the space `between` records, a `value` followed by its brackets, a `line` followed
   * to its newline, a page's rest after its records (`tail`), bytes that are no record (`junk`), or damage in which
   * brackets can no longer be counted (`lost`).
   */
  mode: 'between' | 'value' | 'line' | 'tail' | 'junk' | 'lost';
  place: 'top' | 'array';
  /** Whether the array is the records of a page object, whose rest follows it. */
  inPage: boolean;
  /** Whether there is one record a line; undefined until the first object at the top has shown it. */
  byLine: boolean | undefined;
  /** The first object at the top was on one line: it only remains to be seen whether that line ends after it. */
  lineMayEnd: boolean;
  /** The line of the next byte, or undefined once newlines have gone by uncounted. */
  line: number | undefined;

  bytes: Buffer;
  at: number;
  /** Where `bytes` begins in the text. */
  base: number;
  /** What earlier bytes hold of the record being followed. */
  readonly carry: Carry;

  /** Where the record being followed begins in the text, and in these bytes; 0 when before them. */
  readonly start: { byte: number; line: number | undefined };
  partStart: number;
  isObject: boolean;
  /** The record was given up for its size; its end is still looked for. */
  tooLarge: boolean;
  readonly walk: Walk;
  /** The `[` after a page's key has gone by, and what follows shows whether records do. */
  pageOpening: boolean;

  /** Whether a bracket has been seen in which records could stand. */
  started: boolean;
  /** Whether NUL bytes came before any. */
  binary: boolean;
  junkString: 'no' | 'inside' | 'escape';
  /** Brackets may have been miscounted, so that a wrong one is no new damage. */
  disturbed: boolean;
  /** How the array's elements begin. */
  anchors: Anchors;
  /** While lost: the last bytes, of which some are judged and only looked back at. */
  unjudged: Buffer;
  judged: number;
  /** How often bytes may still be looked at again for the sake of damage, lest hostile text take forever. */
  patience: number;

  readonly delivery: Delivery;
}

const PATIENCE = 100;

/** Makes the state before the first byte. */
export function createReading(delivery: Delivery, limits: Limits): Reading {
  return {
    mode: 'between',
    place: 'top',
    inPage: false,
    byLine: undefined,
    lineMayEnd: false,
    line: 1,
    bytes: Buffer.alloc(0),
    at: 0,
    base: 0,
    carry: createCarry(limits.recordBytes),
    start: { byte: 0, line: 1 },
    partStart: 0,
    isObject: true,
    tooLarge: false,
    walk: createWalk(limits.nesting),
    pageOpening: false,
    started: false,
    binary: false,
    junkString: 'no',
    disturbed: false,
    anchors: createAnchors(),
    unjudged: Buffer.alloc(0),
    judged: 0,
    patience: PATIENCE,
    delivery,
  };
}

/** Notes that something begins at the next byte. */
export function markStart(reading: Reading): void {
  reading.start.byte = reading.base + reading.at;
  reading.start.line = reading.line;
  reading.partStart = reading.at;
  reading.tooLarge = false;
}

/** Keeps the record's bytes up to an index for later, unless there are too many of them. */
export function keep(reading: Reading, end: number): void {
  if (reading.tooLarge || reading.carry.append(reading.bytes, reading.partStart, end)) return;
  reading.tooLarge = true;
  reading.delivery.tooLarge(reading.start);
}
