/** The columns of the people file and how each is read. */
import { isEmail } from '../core/people/address-groups.ts';
import type { RosterRow } from '../core/people/roster.ts';
import { countryCode } from './countries.ts';
import { readDate } from './dates.ts';
import { timeZoneName } from './time-zone.ts';

/** What a cell becomes, and what is expected there. `read` gives `undefined` for a cell that it cannot read. */
export interface Column {
  readonly expected: string;
  readonly read: (cell: string) => string | number | boolean | readonly string[] | undefined;
}

/** Longest text that is kept of a cell; no address is longer than 320 characters (RFC 5321). */
const LONGEST_TEXT = 256;
const LONGEST_ADDRESS = 320;

const YES_OR_NO: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0'].map((word) => [word, false] as const),
]);

const text: Column = { expected: 'text', read: (cell) => cell.replace(/\s+/g, ' ').slice(0, LONGEST_TEXT) };
const lowerText: Column = { expected: 'text', read: (cell) => cell.slice(0, LONGEST_TEXT).toLowerCase() };

/** By the name in the header. */
export const COLUMNS = {
  email: { expected: 'an e-mail address', read: readEmail },
  name: text,
  aliases: { expected: 'addresses and logins separated by spaces', read: readAliases },
  department: text,
  employment: lowerText,
  manager: {
    expected: 'text',
    read: (cell) => (isEmail(cell) ? cell.toLowerCase() : cell).slice(0, LONGEST_TEXT),
  },
  hired: { expected: 'a date such as 2026-01-31', read: (cell) => readDate(cell, 'start') },
  ends: { expected: 'a date such as 2026-12-31', read: (cell) => readDate(cell, 'end') },
  workCountry: { expected: 'a country, as an ISO 3166 code or a name', read: countryCode },
  workRegion: text,
  workCity: text,
  timeZone: { expected: 'an IANA time zone such as Europe/Paris', read: timeZoneName },
  privileged: { expected: 'true, false, yes or no', read: (cell) => YES_OR_NO.get(cell.toLowerCase()) },
} as const satisfies Readonly<Record<string, Column>>;

export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

/**
 * Finds the column that a header names. Case, spaces, hyphens and underscores do not matter.
 *
 * @example columnNamed('Work Country') // => 'workCountry'
 */
export function columnNamed(header: string): ColumnName | undefined {
  const plain = header.replace(/[\s_-]+/g, '').toLowerCase();
  return COLUMN_NAMES.find((name) => name.toLowerCase() === plain);
}

/** Makes a person of the cells that could be read. */
export function rosterRow(email: string, cells: ReadonlyMap<ColumnName, unknown>): RosterRow {
  const workPlace = picked(cells, { country: 'workCountry', region: 'workRegion', city: 'workCity' });
  return {
    email,
    ...picked(cells, {
      name: 'name',
      aliases: 'aliases',
      department: 'department',
      employment: 'employment',
      manager: 'manager',
      hiredTime: 'hired',
      endsTime: 'ends',
      timeZone: 'timeZone',
      privileged: 'privileged',
    }),
    ...(Object.keys(workPlace).length === 0 ? {} : { workPlace }),
  };
}

function picked(
  cells: ReadonlyMap<ColumnName, unknown>,
  columns: Readonly<Record<string, ColumnName>>,
): object {
  const found = Object.entries(columns).filter(([, column]) => cells.has(column));
  return Object.fromEntries(found.map(([field, column]) => [field, cells.get(column)]));
}

function readEmail(cell: string): string | undefined {
  const isAddress = cell.length <= LONGEST_ADDRESS && isEmail(cell) && !/[,;<>"()]/.test(cell);
  return isAddress ? cell.toLowerCase() : undefined;
}

function readAliases(cell: string): readonly string[] | undefined {
  const aliases = cell
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((alias) => alias !== '');
  return aliases.some((alias) => alias.length > LONGEST_ADDRESS) ? undefined : aliases;
}
