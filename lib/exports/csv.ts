/** Cuts CSV into rows by the names in its header. */
import { parse } from 'csv-parse';
import { endsEarly, READ, unparsable } from './sink.ts';
import type { CsvError, Info, Parser } from 'csv-parse';
import type { Limits } from './limits.ts';
import type { Cursor, FileOutcome, Sink, Splitter } from './sink.ts';

/** The parser drops the rest of what it was given when a row is too large: give it little at once. */
const SLICE_BYTES = 64 * 1024;

/**
 * Makes a splitter for one CSV file. A row with more cells than the header is damaged, most likely by its quotes; one
 * with fewer lacks those cells, unless it is the last and has no newline: then the file was cut.
 */
export function createCsvSplitter(sink: Sink, cursor: Cursor, limits: Limits): Splitter {
  let header: readonly string[] | undefined;
  /** Undefined once lines have gone by uncounted. */
  let line: number | undefined = 1;
  let lastByte = 0x0a;
  let skipping = false;
  let ending = false;
  let wasCut = false;
  let binary = false;
  let first = true;
  let thrown: { readonly error: unknown } | undefined;
  let parser = createParser();

  function createParser(): Parser {
    const made = parse({
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: limits.recordBytes,
      on_record: (cells: string[], info: Info) => {
        try {
          takeRow(cells, info);
        } catch (error) {
          thrown = { error };
          throw error;
        }
        return null;
      },
    });
    // Every failure is also given to the write that met it.
    made.on('error', () => undefined);
    made.resume();
    return made;
  }

  function takeRow(cells: string[], info: Info): void {
    if (header === undefined) {
      header = cells;
      line = info.lines + 1;
      return;
    }
    if (ending && lastByte !== 0x0a && cells.length < header.length) {
      wasCut = true;
      return;
    }
    const lastLine = line === undefined ? undefined : info.lines;
    cursor.record++;
    cursor.line = lastLine === undefined || lastLine === line ? line : lastLine - newlinesIn(cells);
    if (lastLine !== undefined) line = lastLine + 1;
    if (cells.length > header.length) {
      sink.damaged(`expected ${header.length} cells, got ${cells.length}`, cursor);
      return;
    }
    // Without a prototype a column named __proto__ is a column like any other.
    const row = Object.create(null) as Record<string, string>;
    for (let i = 0; i < cells.length; i++) row[header[i]!] = cells[i]!;
    sink.row(row, cursor);
  }

  async function give(bytes: Buffer): Promise<void> {
    // A copy, because the parser keeps the end of what it is given and the reader uses its buffer again.
    const failure = await new Promise<Error | null | undefined>((resolve) =>
      parser.write(Buffer.from(bytes), resolve),
    );
    if (thrown !== undefined) throw thrown.error;
    if (failure instanceof Error) restartAfter(failure);
  }

  function restartAfter(failure: Error): void {
    if ((failure as CsvError).code !== 'CSV_MAX_RECORD_SIZE') throw failure;
    cursor.record++;
    cursor.line = line;
    line = undefined;
    sink.damaged(`record larger than ${limits.recordBytes / 1024 ** 2} MB`, cursor);
    skipping = true;
    parser.destroy();
    parser = createParser();
  }

  return {
    async push(bytes) {
      if (first && bytes.includes(0)) binary = true;
      if (bytes.length === 0 || binary) return;
      first = false;
      lastByte = bytes[bytes.length - 1]!;
      for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
        let slice = bytes.subarray(at, at + SLICE_BYTES);
        if (skipping) {
          const newline = slice.indexOf(0x0a);
          if (newline === -1) continue;
          skipping = false;
          slice = slice.subarray(newline + 1);
        }
        await give(slice);
      }
    },
    async end(cut): Promise<FileOutcome> {
      if (binary) return unparsable('binary, neither JSON nor CSV');
      const stopped = (): FileOutcome =>
        endsEarly(`the file stops in the middle of a row, after ${cursor.record} rows`);
      if (cut) {
        parser.destroy();
        return stopped();
      }
      ending = true;
      const failure = await new Promise<Error | undefined>((resolve) => {
        parser.on('error', resolve);
        parser.on('end', () => resolve(undefined));
        parser.end();
      });
      if (thrown !== undefined) throw thrown.error;
      if (failure !== undefined && (failure as CsvError).code !== 'CSV_QUOTE_NOT_CLOSED') throw failure;
      return failure !== undefined || wasCut ? stopped() : READ;
    },
    get hopeless() {
      return binary;
    },
  };
}

function newlinesIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells)
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
  return count;
}
