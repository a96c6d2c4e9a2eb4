/** The secret of a Microsoft connection: which tenant, which application there, and how it proves itself. */
import { RingerError } from '../../core/errors.ts';
import { has } from '../fields.ts';
import { parseSecret, secretText } from '../secret-json.ts';
import { isGuid } from './principals.ts';

export type AppSecret = {
  /** The directory's GUID; the Management Activity API takes no domain for it. */
  readonly tenantId: string;
  readonly clientId: string;
} & (
  | { readonly clientSecret: string }
  /** Both as PEM. The application knows the certificate; the key never leaves. */
  | { readonly certificate: string; readonly privateKey: string }
);

/**
 * Reads a secret; one that has a certificate is used by it.
 *
 * @throws SOURCE_DENIED naming the key at fault, never its value
 */
export function readAppSecret(text: string): AppSecret {
  const secret = parseSecret(text);
  const tenantId = secretText(secret, 'tenantId');
  const clientId = secretText(secret, 'clientId');
  for (const [key, id] of Object.entries({ tenantId, clientId }))
    if (!isGuid(id)) throw new RingerError('SOURCE_DENIED', `${key} in the secret has to be a GUID`);
  if (!has(secret, 'certificate'))
    return { tenantId, clientId, clientSecret: secretText(secret, 'clientSecret') };
  const certificate = secretText(secret, 'certificate');
  return { tenantId, clientId, certificate, privateKey: secretText(secret, 'privateKey') };
}
