/** Reads a credential that is kept as JSON. */
import { RingerError } from '../core/errors.ts';
import { asObject, exactTextAt } from './fields.ts';
import type { RawRecord } from './source.ts';

/**
 * Parses a secret.
 *
 * @throws SOURCE_DENIED when it is no JSON object; the message says nothing of what it is
 */
export function parseSecret(text: string): RawRecord {
  const secret = asObject(parsed(text));
  if (secret !== undefined) return secret;
  throw new RingerError('SOURCE_DENIED', 'the secret is not a JSON object: run `ringer connect`');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The error quotes the secret.
    return undefined;
  }
}

/**
 * Gives the text at a key, uncut.
 *
 * @throws SOURCE_DENIED when there is none
 */
export function secretText(secret: RawRecord, key: string): string {
  const text = exactTextAt(secret, key);
  if (text !== undefined) return text;
  throw new RingerError('SOURCE_DENIED', `the secret has no ${key}: run \`ringer connect\``);
}
