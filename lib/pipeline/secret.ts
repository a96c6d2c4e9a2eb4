/** Credentials in Secrets Manager: collectors and channels read them, `ringer connect` fills them. */
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { messageOf, RingerError } from '../core/errors.ts';

let shared: SecretsManagerClient | undefined;

/**
 * Reads a secret as it was filled, without the space around it.
 *
 * @throws SOURCE_DENIED when nobody has filled it yet
 */
export async function readSecretText(id: string): Promise<string> {
  shared ??= new SecretsManagerClient({});
  const { SecretString } = await shared
    .send(new GetSecretValueCommand({ SecretId: id }))
    .catch((cause: unknown) => {
      if (!isNotFound(cause)) throw cause;
      throw new RingerError('SOURCE_DENIED', `the secret ${id} has no value yet: run \`ringer connect\``, {
        cause,
      });
    });
  return SecretString?.trim() ?? '';
}

/**
 * Reads a secret that is one line of text: a token, or a webhook's URL.
 *
 * @throws SOURCE_DENIED when nobody has filled it yet, or it is no header's worth of text
 */
export async function readSecret(id: string): Promise<string> {
  const value = await readSecretText(id);
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new RingerError('SOURCE_DENIED', `the secret ${id} is empty or not a token`);
}

/**
 * Fills a secret that a stack has made.
 *
 * @throws STORE_FAILED when there is no such secret in this account and Region, or AWS does not let us
 */
export async function writeSecret(id: string, value: string): Promise<void> {
  shared ??= new SecretsManagerClient({});
  await shared
    .send(new PutSecretValueCommand({ SecretId: id, SecretString: value }))
    .catch((cause: unknown) => {
      const because = isNotFound(cause)
        ? 'it is not there: deploy first, and use the same account and Region'
        : messageOf(cause);
      throw new RingerError('STORE_FAILED', `the secret ${id}: ${because}`, { cause });
    });
}

function isNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'ResourceNotFoundException';
}
