/** Counts opening brackets in lines, which tells cheaply that a line cannot be nested too deeply. */

export interface BracketCounter {
  /** Says that the lines that follow are in other bytes. */
  turnTo(bytes: Buffer): void;
  /** Says whether a line has more opening brackets than so many; lines are given in ascending order. */
  exceeds(limit: number, start: number, end: number): boolean;
}

/**
 * Makes a counter on native search, which costs a call for each bracket found: some ten in a record, and so less than
 * a look at each byte. The next bracket is remembered from line to line, lest a search run far past each line's end.
 */
export function createBracketCounter(): BracketCounter {
  let searched: Buffer = Buffer.alloc(0);
  let curly = -1;
  let square = -1;
  const next = (byte: number, from: number): number => {
    const at = searched.indexOf(byte, from);
    return at === -1 ? Infinity : at;
  };
  return {
    turnTo(bytes) {
      searched = bytes;
      curly = -1;
      square = -1;
    },
    exceeds(limit, start, end) {
      if (end - start <= 2 * limit) return false;
      let left = limit;
      if (curly < start) curly = next(0x7b, start);
      for (; curly < end; curly = next(0x7b, curly + 1)) if (--left < 0) return true;
      if (square < start) square = next(0x5b, start);
      for (; square < end; square = next(0x5b, square + 1)) if (--left < 0) return true;
      return false;
    },
  };
}
