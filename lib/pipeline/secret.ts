/** Credentials from Secrets Manager. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { RingerError } from '../core/errors.ts';

let shared: SecretsManagerClient | undefined;

/**
 * Reads a secret that is one line of text, without the space around it.
 *
 * @throws SOURCE_DENIED when nobody has filled it yet, or it is no header's worth of text
 */
export async function readSecret(id: string): Promise<string> {
  shared ??= new SecretsManagerClient({});
  const { SecretString } = await shared
    .send(new GetSecretValueCommand({ SecretId: id }))
    .catch((cause: unknown) => {
      if (!(cause instanceof Error) || cause.name !== 'ResourceNotFoundException') throw cause;
      throw new RingerError('SOURCE_DENIED', `the secret ${id} has no value yet: run \`ringer connect\``, {
        cause,
      });
    });
  const value = SecretString?.trim() ?? '';
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new RingerError('SOURCE_DENIED', `the secret ${id} is empty or not a token`);
}
