/** Reads ringer.yaml, whole or not at all. */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { messageOf, RingerError } from '../core/errors.ts';
import { readDocument } from './document.ts';
import { problemsOf, type Problem } from './problems.ts';
import { configSchema, type RingerConfig, type SchemaContext } from './schema.ts';

export type { RingerConfig } from './schema.ts';

/** What a caller knows that the schema should check against: see `SchemaContext`. */
export type ConfigContext = Omit<SchemaContext, 'resolvePath'>;

/** A few thousand approvals and ranges fit in a fraction of this. */
const LARGEST_BYTES = 8 * 1024 * 1024;

/** More would only be scrolled past. */
const MOST_SHOWN = 200;

/**
 * Reads a file. Paths in it are taken from its folder.
 *
 * @param path - without one, every default
 * @throws CONFIG_INVALID naming everything that is wrong, each with its path and line; PATH_UNREADABLE when the file
 *   cannot be read
 */
export function readConfig(path: string | undefined, context: ConfigContext = {}): RingerConfig {
  if (path === undefined) return parseConfig('', context);
  return parseConfig(textOf(path), context, path);
}

/**
 * Reads the text of a ringer.yaml.
 *
 * @param path - where it came from: named in errors, and its folder is where relative paths start
 * @throws CONFIG_INVALID
 */
export function parseConfig(text: string, context: ConfigContext = {}, path = 'ringer.yaml'): RingerConfig {
  const document = readDocument(text);
  const resolvePath = (relative: string): string => resolve(dirname(path), relative);
  const result =
    document.value === undefined
      ? undefined
      : configSchema({ ...context, resolvePath }).safeParse(document.value);
  const problems = [
    ...document.problems,
    ...problemsOf(result?.error?.issues ?? [], document.value, document.lineOf),
  ];
  if (result?.data === undefined || problems.length > 0) throw invalid(basename(path), problems);
  return result.data;
}

function textOf(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > LARGEST_BYTES)
      throw new RingerError('CONFIG_INVALID', `${path} is larger than ${LARGEST_BYTES} bytes`);
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof RingerError) throw cause;
    throw new RingerError('PATH_UNREADABLE', `${path}: ${messageOf(cause)}`, { cause });
  }
}

function invalid(file: string, problems: readonly Problem[]): RingerError {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const lines = [...new Set(sorted.map(({ line, message }) => `  line ${line}: ${message}`))];
  const rest = lines.length > MOST_SHOWN ? [`  … and ${lines.length - MOST_SHOWN} more`] : [];
  const count = lines.length === 1 ? '1 problem' : `${lines.length} problems`;
  return new RingerError(
    'CONFIG_INVALID',
    [`${file} has ${count}:`, ...lines.slice(0, MOST_SHOWN), ...rest].join('\n'),
  );
}
