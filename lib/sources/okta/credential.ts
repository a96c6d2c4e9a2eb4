/**
 * How requests to Okta are authorized: by an API token, or by a service app that shows its private key
 * (`private_key_jwt`) and gets a token for an hour. Which of the two, the secret's text tells.
 */
import { RingerError } from '../../core/errors.ts';
import { MINUTE_MS } from '../../core/time.ts';
import { signAssertion } from '../assertion.ts';
import { scopedCredential, type Authorization, type ScopedCredential } from '../authorization.ts';
import { exactTextAt, objectAt } from '../fields.ts';
import { parseSecret, secretText } from '../secret-json.ts';
import type { RawRecord } from '../source.ts';
import { requestToken } from '../token-endpoint.ts';
import type { OktaConnection } from './client.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Okta takes up to an hour, by its own clock; the assertion is used at once. */
const ASSERTION_LIFE_MS = 5 * MINUTE_MS;

/**
 * Makes the credential of an organization.
 *
 * @param read - gives the secret: an API token as it is, or JSON `{"clientId", "privateKey", "keyId"?}` with the key as
 *   PEM or as JWK. Read anew for each token, so that a key can be changed while a function runs
 */
export function oktaCredential(
  read: () => Promise<string>,
  organization: Pick<OktaConnection, 'orgUrl' | 'transport' | 'clock'>,
): ScopedCredential {
  return scopedCredential(async (scope) => {
    const secret = (await read()).trim();
    return secret.startsWith('{') ? serviceApp(parseSecret(secret), scope, organization) : apiToken(secret);
  }, organization.clock);
}

function apiToken(token: string): Authorization {
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new RingerError('SOURCE_DENIED', 'the secret is neither an API token nor a service app’s key');
  return { header: `SSWS ${token}`, expires: Infinity };
}

async function serviceApp(
  secret: RawRecord,
  scope: string,
  { orgUrl, transport, clock }: Pick<OktaConnection, 'orgUrl' | 'transport' | 'clock'>,
): Promise<Authorization> {
  const endpoint = new URL('/oauth2/v1/token', orgUrl).href;
  const clientId = secretText(secret, 'clientId');
  const key = jwkIn(secret) ?? secretText(secret, 'privateKey');
  const assertion = await signAssertion(key, {
    issuer: clientId,
    subject: clientId,
    audience: endpoint,
    now: clock.now(),
    lifeMs: ASSERTION_LIFE_MS,
    keyId: exactTextAt(secret, 'keyId') ?? (typeof key === 'string' ? undefined : exactTextAt(key, 'kid')),
  });
  const form = {
    grant_type: 'client_credentials',
    scope,
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion,
  };
  return requestToken({ endpoint, scope, form }, { transport, clock });
}

/** As an object, or as Okta's page gives it to be copied. */
function jwkIn(secret: RawRecord): RawRecord | undefined {
  const text = exactTextAt(secret, 'privateKey')?.trim();
  return text?.startsWith('{') === true ? parseSecret(text) : objectAt(secret, 'privateKey');
}
