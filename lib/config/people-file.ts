/** Reads the people file: who works here, from where, since when. */
import { readFileSync } from 'node:fs';
import { messageOf, RingerError } from '../core/errors.ts';
import type { RosterRow } from '../core/people/roster.ts';
import { csvRows, type CsvProblem, type CsvRow } from './csv-rows.ts';
import { nearest } from './nearest.ts';
import { COLUMN_NAMES, COLUMNS, columnNamed, rosterRow, type ColumnName } from './people-columns.ts';

export interface PeopleFile {
  /** In the file's order, each e-mail once. */
  readonly people: readonly RosterRow[];
  /** What could not be understood, by line. */
  readonly problems: readonly CsvProblem[];
}

/**
 * Reads a people file.
 *
 * @throws PEOPLE_UNREADABLE when it is missing or has no `email` column
 */
export function readPeopleFile(path: string): PeopleFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new RingerError('PEOPLE_UNREADABLE', `${path}: ${messageOf(cause)}`, { cause });
  }
  return parsePeople(text, path);
}

/**
 * Reads the text of a people file: CSV with a header, whose columns may stand in any order.
 *
 * A row without an e-mail, or with more cells than the header, is reported and skipped. Another cell that cannot be
 * read is reported and left out: a mistyped date does not make somebody a stranger. Of two rows with one e-mail, the
 * later fills in what the earlier lacks, and is reported where it contradicts.
 *
 * @throws PEOPLE_UNREADABLE when there is no `email` column
 */
export function parsePeople(text: string, path = 'the people file'): PeopleFile {
  const { rows, problems: damaged } = csvRows(text);
  const [header, ...body] = rows;
  const problems = [...damaged];
  const columns = (header?.cells ?? []).map((cell) => columnNamed(cell));
  if (!columns.includes('email')) {
    const found = (header?.cells ?? []).map((cell) => cell.trim().slice(0, 40)).slice(0, 20);
    throw new RingerError(
      'PEOPLE_UNREADABLE',
      `${path} has no column "email"; its first row is: ${found.join(', ')}`,
    );
  }
  if (header !== undefined) problems.push(...headerProblems(header, columns));

  const people = new Map<string, RosterRow>();
  for (const row of body) {
    const person = readRow(row, columns, problems);
    if (person === undefined) continue;
    const known = people.get(person.email);
    if (known !== undefined && contradicts(known, person)) {
      problems.push({
        line: row.line,
        message: `${person.email} has an earlier row that says otherwise; that one counts`,
      });
    }
    people.set(person.email, known === undefined ? person : merged(known, person));
  }
  return { people: [...people.values()], problems: problems.sort((a, b) => a.line - b.line) };
}

function headerProblems(
  { line, cells }: CsvRow,
  columns: readonly (ColumnName | undefined)[],
): readonly CsvProblem[] {
  return cells.flatMap((cell, index) => {
    const header = cell.trim().slice(0, 40);
    const column = columns[index];
    if (column !== undefined && columns.indexOf(column) < index) {
      return [{ line, message: `column "${header}" is there twice; the first counts` }];
    }
    if (column !== undefined || header === '') return [];
    return [
      {
        line,
        message: `column "${header}" is unknown and not read; the nearest is "${nearest(header, COLUMN_NAMES)}"`,
      },
    ];
  });
}

function readRow(
  { line, cells }: CsvRow,
  columns: readonly (ColumnName | undefined)[],
  problems: CsvProblem[],
): RosterRow | undefined {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    problems.push({
      line,
      message: `row skipped: it has ${cells.length} cells, the header ${columns.length}`,
    });
    return undefined;
  }
  const emailCell = cells[columns.indexOf('email')]?.trim() ?? '';
  const email = COLUMNS.email.read(emailCell);
  if (email === undefined) {
    problems.push({
      line,
      message: `row skipped: email: expected an e-mail address, got "${shown(emailCell)}"`,
    });
    return undefined;
  }
  const values = new Map<ColumnName, unknown>();
  for (const [index, column] of columns.entries()) {
    const cell = cells[index]?.trim() ?? '';
    if (column === undefined || cell === '' || columns.indexOf(column) < index) continue;
    const value = COLUMNS[column].read(cell);
    if (value !== undefined) values.set(column, value);
    else {
      const message = `${column} left out: expected ${COLUMNS[column].expected}, got "${shown(cell)}"`;
      problems.push({ line, message });
    }
  }
  return rosterRow(email, values);
}

function merged(earlier: RosterRow, later: RosterRow): RosterRow {
  const aliases = [...new Set([...(earlier.aliases ?? []), ...(later.aliases ?? [])])];
  return { ...later, ...earlier, ...(aliases.length === 0 ? {} : { aliases }) };
}

function contradicts(earlier: RosterRow, later: RosterRow): boolean {
  const said = new Map<string, unknown>(Object.entries(later));
  return Object.entries(earlier).some(
    ([field, value]) =>
      field !== 'aliases' && said.has(field) && JSON.stringify(said.get(field)) !== JSON.stringify(value),
  );
}

function shown(cell: string): string {
  const line = cell.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
