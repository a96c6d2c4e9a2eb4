/** The tight loop that follows brackets and quotes through JSON bytes to the end of one value; it can stop and go on anywhere. */

export interface Walk {
  /** Open brackets; 0 before and after the value. */
  depth: number;
  /** For each open bracket down to the nesting limit, the byte that closes it. */
  readonly closers: Uint8Array;
  /** Whether to stop at each array directly in the root object, because it may be a page's records. */
  watchRoot: boolean;
  tooDeep: boolean;
  stop: 'more' | 'closed' | 'broken' | 'root-array';
  /** After `broken`: how far from the start of these bytes the damage may begin; negative when before them. */
  brokenAt: number;
  state: 'outside' | 'string' | 'escape' | 'after-string';
  /** Where the last string began, likewise relative and possibly negative. */
  stringAt: number;
  /** The last byte before these bytes that is no white space. */
  before: number;
}

/** Makes a walk that stands before a value. */
export function createWalk(nesting: number): Walk {
  return {
    depth: 0,
    closers: new Uint8Array(nesting),
    watchRoot: false,
    tooDeep: false,
    stop: 'more',
    brokenAt: 0,
    state: 'outside',
    stringAt: 0,
    before: 0,
  };
}

/** `:` `,` `}` `]` and white space. */
const MAY_FOLLOW_STRING = new Uint8Array(256);
for (const byte of [0x3a, 0x2c, 0x7d, 0x5d, 0x20, 0x09, 0x0a, 0x0d]) MAY_FOLLOW_STRING[byte] = 1;

/** Puts a walk before a new value. */
export function restart(walk: Walk, watchRoot: boolean): void {
  walk.depth = 0;
  walk.watchRoot = watchRoot;
  walk.tooDeep = false;
  walk.state = 'outside';
}

/** Puts a walk behind the `{` of an object. */
export function restartInside(walk: Walk, watchRoot: boolean): void {
  restart(walk, watchRoot);
  walk.depth = 1;
  walk.closers[0] = 0x7d;
  walk.before = 0x7b;
}

/**
 * Follows one value, which starts with a bracket, and tells by `walk.stop` why it returned.
 *
 * Sees what is cheap to see: brackets that do not match, a string followed by something no JSON allows (an unclosed
 * string turns inside out at the next quote), and a bracket where none can open (a closing one is missing). All else
 * is left to the parser. Nesting beyond the limit is noted and followed without matching.
 *
 * @param from - index of the value's first byte, or 0 to go on in the bytes that follow the last call's
 * @returns the index after the last byte looked at; for `broken` that is of no use, see `brokenAt`
 */
export function follow(walk: Walk, bytes: Buffer, from: number): number {
  const end = bytes.length;
  const { closers } = walk;
  const nesting = closers.length;
  const rootDepth = walk.watchRoot ? 1 : -1;
  let { depth, stringAt } = walk;
  let at = from;
  if (walk.state !== 'outside' && at < end) {
    at = resumeString(walk, bytes);
    if (at === -1) return breakOff(walk, stringAt, 0);
  }

  scan: while (at < end) {
    const byte = bytes[at++]!;
    if (byte === 0x22) {
      stringAt = at - 1;
      for (;;) {
        if (at >= end) {
          walk.state = at > end ? 'escape' : 'string';
          at = end;
          break scan;
        }
        const inside = bytes[at++]!;
        if (inside === 0x22) break;
        if (inside === 0x5c) at++;
      }
      if (at === end) {
        walk.state = 'after-string';
        break;
      }
      if (!MAY_FOLLOW_STRING[bytes[at]!]) return breakOff(walk, stringAt, at);
    } else if ((byte & 0xdf) === 0x5b) {
      if (depth !== 0 && depth <= nesting && !mayOpen(closers[depth - 1]!, bytes, at - 2, walk.before)) {
        return breakOff(walk, at - 1, at);
      }
      if (depth < nesting) closers[depth] = byte + 2;
      else walk.tooDeep = true;
      depth++;
      if (depth - 1 === rootDepth && byte === 0x5b) {
        walk.depth = depth;
        walk.stringAt = stringAt;
        walk.before = byte;
        walk.stop = 'root-array';
        return at;
      }
    } else if ((byte & 0xdf) === 0x5d) {
      depth--;
      if (depth < nesting && closers[depth] !== byte) return breakOff(walk, at - 1, at);
      if (depth === 0) {
        walk.depth = 0;
        walk.stop = 'closed';
        return at;
      }
    }
  }
  walk.depth = depth;
  // The next call counts from the start of the bytes after these.
  walk.stringAt = stringAt - end;
  walk.before = lastVisible(bytes, end - 1, walk.before);
  walk.stop = 'more';
  return at;
}

function breakOff(walk: Walk, brokenAt: number, at: number): number {
  walk.brokenAt = brokenAt;
  walk.stop = 'broken';
  return at;
}

/** Goes past a string that was open where the last bytes ended; gives the index after it, or -1 when it is broken. */
function resumeString(walk: Walk, bytes: Buffer): number {
  const end = bytes.length;
  let at = walk.state === 'escape' ? 1 : 0;
  if (walk.state !== 'after-string') {
    while (at < end && bytes[at] !== 0x22) at += bytes[at] === 0x5c ? 2 : 1;
    if (at >= end) {
      walk.state = at > end ? 'escape' : 'string';
      return end;
    }
    at++;
  }
  walk.state = at === end ? 'after-string' : 'outside';
  return at < end && !MAY_FOLLOW_STRING[bytes[at]!] ? -1 : at;
}

/** Whether what stands before a bracket lets it open: `:` in an object, `,` or `[` in an array. */
function mayOpen(closer: number, bytes: Buffer, last: number, before: number): boolean {
  const byte = lastVisible(bytes, last, before);
  return closer === 0x7d ? byte === 0x3a : byte === 0x2c || byte === 0x5b;
}

function lastVisible(bytes: Buffer, last: number, before: number): number {
  let at = last;
  while (at >= 0 && bytes[at]! <= 0x20) at--;
  return at < 0 ? before : bytes[at]!;
}
