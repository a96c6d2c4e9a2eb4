/** What is wrong with ringer.yaml, in words. */
import type * as z from 'zod';
import { EXPECTED_REFERENCE } from './credentials.ts';
import { nearest } from './nearest.ts';

export interface Problem {
  readonly line: number;
  /** Begins with the path, when there is one. */
  readonly message: string;
}

type Issue = z.core.$ZodIssue;
type LineOf = (path: readonly PropertyKey[], key?: string) => number;

/** Longest part of a wrong value that is shown. */
const SHOWN_LENGTH = 60;

/** Phrases what the schema found, one problem a wrong value or unknown key. */
export function problemsOf(issues: readonly Issue[], value: unknown, lineOf: LineOf): readonly Problem[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      return [{ line: lineOf(issue.path), message: wrongValue(issue, valueAt(value, issue.path)) }];
    }
    const known = issue.message.split(' ').filter((word) => word !== '');
    return issue.keys.map((key) => ({
      line: lineOf(issue.path, key),
      message: unknownKey(issue.path, key, known),
    }));
  });
}

/**
 * Writes a path as people write it.
 *
 * @example pathText(['policy', 'egress', 0, 'kind']) // => 'policy.egress[0].kind'
 */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${shown(String(step))}`))
    .join('');
  return text.startsWith('.') ? text.slice(1) : text || 'the file';
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): string {
  const right = nearest(key, known);
  const hint = right === undefined ? 'no key is known here' : `the nearest right one is "${right}"`;
  return `${pathText([...path, key])}: unknown key; ${hint}`;
}

function wrongValue({ path, message }: Issue, value: unknown): string {
  if (value === undefined) return `${pathText(path)}: missing; expected ${message}`;
  // Somebody may have written the credential itself: it must not reach a screen or a log.
  const got = message === EXPECTED_REFERENCE ? 'something else' : described(value);
  const words = message.startsWith('one of ') ? message.slice('one of '.length).split(', ') : [];
  const right = typeof value === 'string' ? nearest(value, words) : undefined;
  const hint = right === undefined ? '' : ` (the nearest is "${right}")`;
  return `${pathText(path)}: expected ${message}, got ${got}${hint}`;
}

function described(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return `"${shown(value)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  return value === true ? 'true' : 'false';
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at;
}
