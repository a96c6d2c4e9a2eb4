/** Turns a file's decompressed bytes into records: its encoding and its format are told, then the right splitter cuts. */
import { createCsvSplitter } from './csv.ts';
import { createJsonSplitter } from './json/splitter.ts';
import { createTranscoder } from './transcode.ts';
import type { Limits } from './limits.ts';
import type { Cursor, FileOutcome, Sink, Splitter } from './sink.ts';

/** As much of a file with a foreign name is looked at to tell its format. */
const SNIFFED_BYTES = 4096;

/**
 * Makes the splitter for a file: by the ending of its name where that is one of ours, else by its content, JSON when it
 * starts with a bracket and CSV when its first line has a comma.
 */
export function createTextSplitter(sink: Sink, cursor: Cursor, limits: Limits): Splitter {
  const transcoder = createTranscoder();
  const format = formatByName(cursor.file);
  let held: Buffer = Buffer.alloc(0);
  let splitter = format === undefined ? undefined : make(format);

  function make(chosen: Format): Splitter {
    return chosen === 'csv'
      ? createCsvSplitter(sink, cursor, limits)
      : createJsonSplitter(sink, cursor, limits);
  }

  return {
    push(bytes) {
      const decoded = transcoder.push(bytes);
      if (splitter !== undefined) return splitter.push(decoded);
      held = Buffer.concat([held, decoded]);
      if (held.length < SNIFFED_BYTES) return;
      splitter = make(formatByContent(held));
      return splitter.push(held);
    },
    async end(cut): Promise<FileOutcome> {
      const rest = Buffer.concat([splitter === undefined ? held : Buffer.alloc(0), transcoder.end()]);
      if (splitter === undefined) splitter = make(formatByContent(rest));
      const pending = splitter.push(rest);
      if (pending !== undefined) await pending;
      return splitter.end(cut);
    },
    get hopeless() {
      return splitter?.hopeless ?? false;
    },
  };
}

type Format = 'json' | 'csv';

const ENDING = /\.(json|ndjson|jsonl|csv)(?:\.gz)?$/i;

/** Tells the format by a file's name; undefined when it has none of our endings. */
export function formatByName(path: string): Format | undefined {
  const ending = ENDING.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return undefined;
  return ending === 'csv' ? 'csv' : 'json';
}

/** Skips white space, a byte-order mark and the record separator of JSON text sequences. */
const LEAD = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0x1e]);

function formatByContent(bytes: Buffer): Format {
  const start = bytes.findIndex((byte) => !LEAD.has(byte));
  if (start === -1 || bytes[start] === 0x7b || bytes[start] === 0x5b) return 'json';
  const newline = bytes.indexOf(0x0a, start);
  return bytes.subarray(start, newline === -1 ? bytes.length : newline).includes(0x2c) ? 'csv' : 'json';
}
