/** Hands records to the sink and counts them, and knows the limits that one record must keep. */
import { createBracketCounter } from './brackets.ts';
import { createWalk, follow, restart } from './walk.ts';
import type { Limits } from '../limits.ts';
import type { Cursor, Sink } from '../sink.ts';

/** Where a record begins in the text. */
export interface Start {
  readonly byte: number;
  readonly line: number | undefined;
}

export interface Delivery {
  record(bytes: Buffer, start: number, end: number, from: Start): void;
  /** A record on a line of its own, whose brackets nobody has followed. */
  line(bytes: Buffer, start: number, end: number, from: Start): void;
  damaged(reason: string, from: Start): void;
  tooLarge(from: Start): void;
  tooDeep(from: Start): void;
  /** Holds back what is damage only if a record follows: without one, the file is no export at all. */
  holdBack(from: Start): void;
  readonly isHoldingBack: boolean;
  /** Says that the content of buffers has changed. */
  forgetBuffers(): void;
}

const NOT_JSON = 'expected a JSON object or array';

/** Makes the delivery of one file's records. */
export function createDelivery(sink: Sink, cursor: Cursor, limits: Limits): Delivery {
  const brackets = createBracketCounter();
  const walk = createWalk(limits.nesting);
  let announced: Buffer | undefined;
  let heldBack: Start | undefined;

  function count(from: Start): void {
    if (heldBack !== undefined) {
      const first = heldBack;
      heldBack = undefined;
      damaged(NOT_JSON, first);
    }
    cursor.record++;
    cursor.byte = from.byte;
    cursor.line = from.line;
  }

  function announce(bytes: Buffer): void {
    announced = bytes;
    brackets.turnTo(bytes);
    sink.buffer?.(bytes);
  }

  function record(bytes: Buffer, start: number, end: number, from: Start): void {
    if (end - start > limits.recordBytes) return tooLarge(from);
    if (bytes !== announced) announce(bytes);
    count(from);
    sink.json(bytes, start, end, cursor);
  }

  function damaged(reason: string, from: Start): void {
    count(from);
    sink.damaged(reason, cursor);
  }

  const tooLarge = (from: Start): void =>
    damaged(`record larger than ${limits.recordBytes / 1024 ** 2} MB`, from);
  const tooDeep = (from: Start): void => damaged(`record nested deeper than ${limits.nesting}`, from);

  function isTooDeep(line: Buffer): boolean {
    restart(walk, false);
    follow(walk, line, 0);
    return walk.tooDeep;
  }

  return {
    record,
    line(bytes, start, end, from) {
      if (bytes !== announced) announce(bytes);
      if (brackets.exceeds(limits.nesting, start, end) && isTooDeep(bytes.subarray(start, end)))
        tooDeep(from);
      else record(bytes, start, end, from);
    },
    damaged,
    tooLarge,
    tooDeep,
    holdBack(from) {
      heldBack ??= { byte: from.byte, line: from.line };
    },
    get isHoldingBack() {
      return heldBack !== undefined;
    },
    forgetBuffers() {
      announced = undefined;
    },
  };
}
