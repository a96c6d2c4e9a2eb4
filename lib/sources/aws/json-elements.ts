/** Finds the elements of a file's one list without parsing them: `{"Records":[{…},{…}]}`. */

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];
const COMMA = 0x2c;
const SPACE = 0x20;

const HEAD = /^\s*\{\s*"Records"\s*:\s*\[/;
/** The head with any printer's white space. */
const HEAD_BYTES = 256;

/**
 * Gives where each object of the list begins and ends.
 *
 * @param bytes - the file
 * @throws SyntaxError when it begins otherwise, has anything but objects, or ends early; what is in them is not looked at
 */
export function* elements(bytes: Buffer): Generator<readonly [start: number, end: number]> {
  const head = HEAD.exec(bytes.toString('latin1', 0, HEAD_BYTES));
  if (head === null) throw new SyntaxError('no list of records');
  for (let at = head[0].length; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === CLOSE_LIST) return;
    if (byte === COMMA || byte <= SPACE) continue;
    if (byte !== OPEN) throw new SyntaxError('a list of other things than records');
    const end = endOf(bytes, at);
    yield [at, end];
    at = end - 1;
  }
  throw new SyntaxError('a list of records that ends early');
}

/** Gives the place behind an object. */
function endOf(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = closingQuote(bytes, at);
    else if (byte === OPEN || byte === OPEN_LIST) depth++;
    else if ((byte === CLOSE || byte === CLOSE_LIST) && --depth === 0) return at + 1;
  }
  throw new SyntaxError('a record that ends early');
}

/** Gives the quote that ends a text; the end of the bytes when none does. */
function closingQuote(bytes: Buffer, opening: number): number {
  for (let at = opening + 1; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at++;
  }
  return bytes.length;
}
