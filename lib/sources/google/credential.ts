/**
 * How requests to Google are authorized: a service account shows its key and acts, by domain-wide delegation, as an
 * administrator. Each scope has to be delegated to it in the admin console.
 */
import { HOUR_MS } from '../../core/time.ts';
import { signAssertion } from '../assertion.ts';
import { scopedCredential, type ScopedCredential } from '../authorization.ts';
import { exactTextAt } from '../fields.ts';
import { parseSecret, secretText } from '../secret-json.ts';
import { requestToken } from '../token-endpoint.ts';
import type { Clock, Transport } from '../transport.ts';

const TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** The most Google takes. */
const ASSERTION_LIFE_MS = HOUR_MS;

export interface GoogleTokens {
  /** The whole URL; Google's own unless said otherwise. What the key file names is not followed. */
  readonly tokenUrl?: string | undefined;
  readonly transport: Transport;
  readonly clock: Clock;
}

/**
 * Makes the credential of an organization.
 *
 * @param read - gives the secret: the key file of a service account with `subject` added, the administrator's address.
 *   Read anew for each token, so that a key can be changed while a function runs
 */
export function googleCredential(
  read: () => Promise<string>,
  { tokenUrl: endpoint = TOKEN_URL, transport, clock }: GoogleTokens,
): ScopedCredential {
  return scopedCredential(async (scope) => {
    const secret = parseSecret(await read());
    const assertion = await signAssertion(secretText(secret, 'private_key'), {
      issuer: secretText(secret, 'client_email'),
      subject: secretText(secret, 'subject'),
      audience: endpoint,
      now: clock.now(),
      lifeMs: ASSERTION_LIFE_MS,
      keyId: exactTextAt(secret, 'private_key_id'),
      claims: { scope },
    });
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    return requestToken({ endpoint, scope, form }, { transport, clock });
  }, clock);
}
