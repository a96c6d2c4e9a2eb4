/** Makes UTF-8 of UTF-16, which Windows tools write, told by its byte-order mark or by the NUL beside each ASCII letter. */
import { TextDecoder } from 'node:util';

export interface Transcoder {
  /** Gives as much as is whole; UTF-8 comes back as the very bytes given. */
  push(bytes: Buffer): Buffer;
  /** Gives what was too short to be told. */
  end(): Buffer;
}

/** So many bytes tell the encoding. */
const SNIFFED_BYTES = 4;

/** Makes a transcoder for one text. Half a letter at the end is dropped: the text was cut there. */
export function createTranscoder(): Transcoder {
  let first: Buffer = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  let told = false;
  return {
    push(bytes) {
      if (!told) {
        first = first.length === 0 ? bytes : Buffer.concat([first, bytes]);
        if (first.length < SNIFFED_BYTES) {
          first = Buffer.from(first);
          return Buffer.alloc(0);
        }
        const encoding = tellEncoding(first);
        if (encoding !== 'utf-8') decoder = new TextDecoder(encoding);
        told = true;
        bytes = first;
        first = Buffer.alloc(0);
      }
      return decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }));
    },
    end: () => {
      const encoding = tellEncoding(first);
      return encoding === 'utf-8'
        ? first
        : Buffer.from(new TextDecoder(encoding).decode(first, { stream: true }));
    },
  };
}

/**
 * Tells a text's encoding by its first bytes.
 *
 * @example tellEncoding(Buffer.from('[{', 'utf16le')) // => 'utf-16le'
 */
export function tellEncoding(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && (d === 0 || d === undefined)) return 'utf-16le';
  if (a === 0 && b !== 0 && b !== undefined && (c === 0 || c === undefined) && d !== 0) return 'utf-16be';
  return 'utf-8';
}
