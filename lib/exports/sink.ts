/** What the reader of exported files hands to whoever understands the records: values, rows, damage, and where each was. */

/** Where a record starts. The same object is used again for the next one: copy what is kept. */
export interface Position {
  readonly file: string;
  /** Counted from 1; known for rows and for one record a line, `undefined` inside arrays and pretty-printed text. */
  readonly line: number | undefined;
  /** Counted from 1 in each file; values, rows and damaged records alike. */
  readonly record: number;
  /** Counted from 0 in the text as UTF-8 and decompressed, a byte-order mark included; `undefined` for rows. */
  readonly byte: number | undefined;
}

/** Receives a file's records in the order in which they stand in it. What it throws ends the reading and is thrown on. */
export interface Sink {
  /**
   * One JSON value as UTF-8, without the white space around it; the bytes are valid only during the call.
   *
   * It starts with `{`, and where it was found by line it is not yet known to be JSON: a parse error means a damaged
   * record at this position.
   */
  json(bytes: Buffer, start: number, end: number, at: Position): void;
  /** Announces a buffer before its first range; the ranges of one buffer ascend and do not overlap. */
  buffer?(bytes: Buffer): void;
  /** One CSV row by column name, without a prototype; a cell that the row lacks is absent. */
  row(row: Readonly<Record<string, string>>, at: Position): void;
  /** One record, or one stretch of bytes that cannot be told apart into records, that was given up. */
  damaged(reason: string, at: Position): void;
}

/** How the reading of one file ended: all of it read (damaged records included), or why not. */
export type FileOutcome =
  | { readonly kind: 'read' }
  | {
      readonly kind: 'failed';
      readonly code: 'PATH_UNREADABLE' | 'FILE_UNPARSABLE' | 'FILE_ENDS_EARLY';
      readonly message: string;
    };

/** The position while it is being counted. */
export type Cursor = { -readonly [Field in keyof Position]: Position[Field] };

/** Cuts decoded bytes into records. */
export interface Splitter {
  push(bytes: Buffer): void | Promise<void>;
  /** Says how the text stopped; `cut` means that it is known to go on, so that what looks whole may not be. */
  end(cut: boolean): FileOutcome | Promise<FileOutcome>;
  /** True once the bytes seen cannot be an export at all, so that reading on is pointless. */
  readonly hopeless: boolean;
}

export const READ: FileOutcome = { kind: 'read' };

/** Says that a file cannot be parsed at all. */
export const unparsable = (message: string): FileOutcome => ({
  kind: 'failed',
  code: 'FILE_UNPARSABLE',
  message,
});

/** Says that a file stops before its end. */
export const endsEarly = (message: string): FileOutcome => ({
  kind: 'failed',
  code: 'FILE_ENDS_EARLY',
  message,
});
