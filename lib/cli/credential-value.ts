/** Reads the credential of a connection from where ringer.yaml says it is. */
import { readFile } from 'node:fs/promises';
import { optional, readEnvironment, text } from '../config/environment.ts';
import { deploymentNames } from '../config/names.ts';
import { connectionSecretId } from '../config/secret-ids.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { messageOf, RingerError } from '../core/errors.ts';

/**
 * Gives what reads the credential, anew each time: a file may be replaced while we run.
 *
 * It throws SOURCE_DENIED when nobody has put it there, naming the place and never its content.
 */
export function credentialOf(source: SourceConnection): () => Promise<string> {
  if (source.type === 'aws') return () => Promise.resolve('');
  const reference = source.credentials;
  if (reference?.from === 'environment')
    return () => {
      const { value } = readEnvironment({ value: optional(text(reference.variable)) });
      if (value === undefined)
        return Promise.reject(missing(source.name, `the variable ${reference.variable} is not set`));
      return Promise.resolve(value);
    };
  if (reference?.from === 'file')
    return async () => {
      const text = await readFile(reference.path, 'utf8').catch((cause: unknown) => {
        throw missing(source.name, messageOf(cause));
      });
      return text.trim();
    };
  const id = connectionSecretId(source, deploymentNames(undefined).resources);
  return async () => (await import('../pipeline/secret.ts')).readSecretText(id);
}

function missing(name: string, because: string): RingerError {
  return new RingerError('SOURCE_DENIED', `${name}: no credential: ${because}`);
}
