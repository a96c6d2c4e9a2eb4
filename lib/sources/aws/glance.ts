/**
 * Tells from a few bytes that a CloudTrail record cannot matter. Most of a trail is such records, and parsing them is
 * most of the cost of reading it.
 *
 * A record is passed over when it begins as CloudTrail's do, has one event name, which stands beside an event source of
 * AWS and is read by no rule, and nothing in it says root. Anything unusual is parsed.
 */
import type { Glance } from '../source.ts';
import { isRead } from './rules.ts';

/**
 * What is searched for are the tails of `"eventName"` and `"Root"`: a search is fastest when its first letter is rare,
 * and quotation marks are the commonest of all.
 */
const NAME_TAIL = Buffer.from('Name"');
const NAME_HEAD = Buffer.from('"event');
const ROOT_TAIL = Buffer.from('Root"');
const SOURCE = Buffer.from('"eventSource"');
const SERVICE_TAIL = Buffer.from('.amazonaws.com"');

/** Keys of CloudTrail that a record may begin with, by which it is known not to be wrapped in another. */
const FIRST_KEYS: readonly Buffer[] = [
  'eventVersion',
  'awsRegion',
  'userIdentity',
  'eventTime',
  'eventID',
  'additionalEventData',
].map((key) => Buffer.from(`"${key}"`));

/** Event names and sources of AWS are shorter by far; a longer one is left to the parser. */
const LONGEST_WORD = 80;

const [QUOTE, COLON, COMMA, BRACE, BACKSLASH] = [0x22, 0x3a, 0x2c, 0x7b, 0x5c];

export function glance(bytes: Buffer): Glance {
  const nextTail = finder(bytes, NAME_TAIL);
  const nextRoot = finder(bytes, ROOT_TAIL);
  const nextName = (from: number, end: number): number => {
    let tail = nextTail(from);
    while (tail < end && !isAt(bytes, NAME_HEAD, tail - NAME_HEAD.length)) tail = nextTail(tail + 1);
    return tail;
  };
  return (start, end) => {
    if (!beginsAsRecord(bytes, start)) return undefined;
    const tail = nextName(start, end);
    if (tail >= end) return undefined;
    const from = opening(bytes, tail + NAME_TAIL.length);
    const to = from < 0 ? -1 : wordEnd(bytes, from, end);
    if (to <= from || isRead(latin1(bytes, from, to))) return undefined;
    if (!isAfterSource(bytes, tail - NAME_HEAD.length) && !isBeforeSource(bytes, to + 1, end))
      return undefined;
    // A second name may be the record's own, and this one of something inside it.
    return nextName(tail + 1, end) >= end && nextRoot(start) >= end ? 'aws' : undefined;
  };
}

/** Finds the next occurrence at or after a place. While places rise, all calls together read the buffer once. */
function finder(bytes: Buffer, needle: Buffer): (from: number) => number {
  let asked = 0;
  let found = -1;
  return (from) => {
    if (found < from || from < asked) {
      found = bytes.indexOf(needle, from);
      if (found < 0) found = bytes.length;
    }
    asked = from;
    return found;
  };
}

/** Node has this on every Buffer, and it costs half of what `toString` does; its types leave it out. */
function latin1(bytes: Buffer, from: number, to: number): string {
  return (bytes as Buffer & { latin1Slice(from: number, to: number): string }).latin1Slice(from, to);
}

function beginsAsRecord(bytes: Buffer, start: number): boolean {
  const brace = skipSpace(bytes, start);
  if (bytes[brace] !== BRACE) return false;
  const quote = skipSpace(bytes, brace + 1);
  for (const key of FIRST_KEYS) if (isAt(bytes, key, quote)) return true;
  return false;
}

/** Tells whether `"eventSource":"….amazonaws.com",` ends right before a key. */
function isAfterSource(bytes: Buffer, key: number): boolean {
  let at = key - 1;
  while (isSpace(bytes[at])) at--;
  if (bytes[at] !== COMMA) return false;
  at--;
  while (isSpace(bytes[at])) at--;
  if (!isAt(bytes, SERVICE_TAIL, at + 1 - SERVICE_TAIL.length)) return false;
  const lowest = at - LONGEST_WORD;
  at -= SERVICE_TAIL.length;
  while (at > lowest && bytes[at] !== QUOTE) at--;
  at--;
  while (isSpace(bytes[at])) at--;
  if (bytes[at] !== COLON) return false;
  at--;
  while (isSpace(bytes[at])) at--;
  return isAt(bytes, SOURCE, at + 1 - SOURCE.length);
}

/** Tells whether `,"eventSource":"….amazonaws.com"` comes right after a value. */
function isBeforeSource(bytes: Buffer, after: number, end: number): boolean {
  const comma = skipSpace(bytes, after);
  if (bytes[comma] !== COMMA) return false;
  const source = skipSpace(bytes, comma + 1);
  if (!isAt(bytes, SOURCE, source)) return false;
  const from = opening(bytes, source + SOURCE.length);
  const to = from < 0 ? -1 : wordEnd(bytes, from, end);
  return to >= 0 && isAt(bytes, SERVICE_TAIL, to + 1 - SERVICE_TAIL.length);
}

/** Gives where the text after a key begins, behind its colon and opening quote; −1 when no text follows. */
function opening(bytes: Buffer, afterKey: number): number {
  const colon = skipSpace(bytes, afterKey);
  if (bytes[colon] !== COLON) return -1;
  const quote = skipSpace(bytes, colon + 1);
  return bytes[quote] === QUOTE ? quote + 1 : -1;
}

/** Gives where a short text of plain letters ends, its closing quote; −1 when it is long, escaped or not ASCII. */
function wordEnd(bytes: Buffer, from: number, end: number): number {
  const limit = Math.min(end, from + LONGEST_WORD);
  for (let at = from; at < limit; at++) {
    const byte = bytes[at] ?? BACKSLASH;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < 0x20 || byte > 0x7e) return -1;
  }
  return -1;
}

function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isAt(bytes: Buffer, word: Buffer, at: number): boolean {
  if (at < 0 || at + word.length > bytes.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}
