/** Says when a credential stops being good, as far as it says so itself. */
import { X509Certificate } from 'node:crypto';
import type { SourceConnection } from '../config/source-schema.ts';
import { asObject, textAt } from '../sources/fields.ts';
import type { EpochMs } from '../core/time.ts';

/**
 * Reads the end of a Microsoft application's certificate. Client secrets, API tokens and service-account keys carry no
 * date: their vendor's console shows it.
 *
 * @param secret - gives the credential; one that cannot be read has no end that is known
 */
export async function credentialEnd(
  type: SourceConnection['type'],
  secret: () => Promise<string>,
): Promise<EpochMs | undefined> {
  if (type !== 'microsoft') return undefined;
  try {
    const certificate = textAt(asObject(JSON.parse(await secret())) ?? {}, 'certificate');
    return certificate === undefined ? undefined : Date.parse(new X509Certificate(certificate).validTo);
  } catch {
    // That it cannot be read is what its feeds say.
    return undefined;
  }
}
