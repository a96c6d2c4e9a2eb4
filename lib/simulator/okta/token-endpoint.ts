/** The token endpoint of a fake Okta organization: one service app, which shows its private key (`private_key_jwt`). */
import type { EpochMs } from '../../core/time.ts';
import { refuseToken, verifyAssertion, type AccessTokens, type TokenAnswer } from '../access-tokens.ts';

/** A service app as the organization knows it. */
export interface ServiceApp {
  readonly clientId: string;
  /** PEM. */
  readonly publicKey: string;
  /** What an administrator has granted it. */
  readonly scopes: readonly string[];
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const LONGEST_LIFE_SECONDS = 3_600;

/** What Okta says of assertions it does not take. */
const REFUSALS = {
  malformed: 'The client_assertion token is invalid.',
  signature: 'The client_assertion signature is invalid.',
  expired: 'The client_assertion token is expired.',
  claims: 'The client_assertion token has invalid claims.',
} as const;

export class TokenEndpoint {
  readonly #app: ServiceApp;
  readonly #tokens: AccessTokens;
  readonly #used = new Set<unknown>();

  constructor(app: ServiceApp, tokens: AccessTokens) {
    this.#app = app;
    this.#tokens = tokens;
  }

  /** @param url - its own, for which assertions have to be made */
  async answer(form: URLSearchParams, url: string, now: EpochMs): Promise<TokenAnswer> {
    if (form.get('grant_type') !== 'client_credentials')
      return refuseToken(400, 'unsupported_grant_type', 'The grant type is not supported.');
    if (form.get('client_assertion_type') !== ASSERTION_TYPE)
      return refuseToken(400, 'invalid_request', 'The client_assertion_type is invalid.');
    const { clientId, publicKey, scopes } = this.#app;
    const expected = { issuer: clientId, audience: url, now };
    const verified = await verifyAssertion(form.get('client_assertion') ?? '', publicKey, expected);
    if ('refused' in verified) return refuseToken(401, 'invalid_client', REFUSALS[verified.refused]);
    const { sub, exp = 0, jti } = verified.claims;
    if (sub !== clientId) return refuseToken(401, 'invalid_client', REFUSALS.claims);
    if (exp > now / 1_000 + LONGEST_LIFE_SECONDS)
      return refuseToken(
        401,
        'invalid_client',
        'The client_assertion token has an expiration too far into the future.',
      );
    if (jti !== undefined && this.#used.has(jti))
      return refuseToken(401, 'invalid_client', 'The client_assertion token has already been used.');
    this.#used.add(jti);
    const scope = form.get('scope') ?? '';
    if (!scope.split(' ').every((each) => scopes.includes(each)))
      return refuseToken(400, 'invalid_scope', 'One or more scopes are not configured for the app.');
    return this.#tokens.give(scope);
  }
}
