/** Reads the rows of a CSV file that people keep by hand, so that one damaged row costs only itself. */
import { CsvError, parse } from 'csv-parse/sync';
import { messageOf } from '../core/errors.ts';

export interface CsvRow {
  /** Where the row starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvProblem {
  readonly line: number;
  readonly message: string;
}

/** A quoted field that runs longer than this was never closed. */
const LONGEST_ROW_BYTES = 16_384;

/** After as many rows that cannot be told from the next, the file is not a table. */
const MOST_BROKEN_ROWS = 100;

/**
 * Reads RFC 4180 rows: quoted cells, doubled quotes and line breaks inside them, any line ending, a byte-order mark.
 * Blank lines are passed over. A row whose quote never closes is reported, and reading goes on at the next line.
 */
export function csvRows(text: string): { rows: readonly CsvRow[]; problems: readonly CsvProblem[] } {
  const rows: CsvRow[] = [];
  const problems: CsvProblem[] = [];
  // One line ending, because csv-parse counts the two characters of another as two lines.
  let rest = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  let linesBefore = 0;
  while (rest !== '') {
    const { linesRead, failure } = readUntilBroken(rest, linesBefore, rows);
    if (failure === undefined) break;
    const line = linesBefore + linesRead + 1;
    if (problems.length === MOST_BROKEN_ROWS) {
      problems.push({ line, message: 'too many rows are damaged; the rest of the file was not read' });
      break;
    }
    problems.push({ line, message: failure });
    rest = withoutLines(rest, linesRead + 1);
    linesBefore = line;
  }
  return { rows, problems };
}

function readUntilBroken(
  text: string,
  linesBefore: number,
  rows: CsvRow[],
): { linesRead: number; failure?: string } {
  let linesRead = 0;
  try {
    parse(text, {
      relax_column_count: true,
      // A quote inside an unquoted cell is a character like any other.
      relax_quotes: true,
      record_delimiter: '\n',
      max_record_size: LONGEST_ROW_BYTES,
      on_record: (cells: string[], { lines }) => {
        // Such a cell ran on from a quote that never closed to the opening quote of a later row.
        if (cells.some((cell) => cell.includes('\n') && cell.includes('"'))) throw new UnclosedQuote();
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: linesBefore + linesRead + 1, cells });
        linesRead = lines;
        return null;
      },
    });
    return { linesRead };
  } catch (thrown) {
    const isUnclosed =
      thrown instanceof UnclosedQuote ||
      (thrown instanceof CsvError && ['CSV_MAX_RECORD_SIZE', 'CSV_QUOTE_NOT_CLOSED'].includes(thrown.code));
    if (!isUnclosed && !(thrown instanceof CsvError)) throw thrown;
    return {
      linesRead,
      failure: isUnclosed ? 'row skipped: a quote is opened and never closed' : messageOf(thrown),
    };
  }
}

class UnclosedQuote extends Error {}

function withoutLines(text: string, count: number): string {
  let start = 0;
  for (let passed = 0; passed < count; passed++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return '';
    start = end + 1;
  }
  return text.slice(start);
}
