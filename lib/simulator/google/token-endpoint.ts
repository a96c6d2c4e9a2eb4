/** The token endpoint of a fake Google: one service account, which acts as one administrator. */
import type { EpochMs } from '../../core/time.ts';
import { refuseToken, verifyAssertion, type AccessTokens, type TokenAnswer } from '../access-tokens.ts';

/** A service account as the organization knows it. */
export interface ServiceAccount {
  readonly clientEmail: string;
  /** PEM. */
  readonly publicKey: string;
  /** The administrator, and what the account may do in that name. */
  readonly subject: string;
  readonly scopes: readonly string[];
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LONGEST_LIFE_SECONDS = 3_600;
const SHORT_LIVED =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';

/** What Google says of assertions it does not take. */
const REFUSALS = {
  malformed: 'Bad Request',
  signature: 'Invalid JWT Signature.',
  expired: SHORT_LIVED,
  claims: 'Invalid JWT: Failed audience or issuer check.',
} as const;

/**
 * Answers a request for a token.
 *
 * @param url - the endpoint's own, for which assertions have to be made
 */
export async function answerTokenRequest(
  form: URLSearchParams,
  { url, account, tokens, now }: { url: string; account: ServiceAccount; tokens: AccessTokens; now: EpochMs },
): Promise<TokenAnswer> {
  if (form.get('grant_type') !== GRANT_TYPE)
    return refuseToken(400, 'unsupported_grant_type', `Invalid grant_type: ${form.get('grant_type')}`);
  const expected = { issuer: account.clientEmail, audience: url, now };
  const verified = await verifyAssertion(form.get('assertion') ?? '', account.publicKey, expected);
  if ('refused' in verified) return refuseToken(400, 'invalid_grant', REFUSALS[verified.refused]);
  const { sub, iat = 0, exp = 0, scope } = verified.claims;
  if (exp - iat > LONGEST_LIFE_SECONDS) return refuseToken(400, 'invalid_grant', SHORT_LIVED);
  if (sub !== account.subject) return refuseToken(400, 'invalid_grant', 'Invalid email or User ID');
  if (typeof scope !== 'string' || !scope.split(' ').every((each) => account.scopes.includes(each)))
    return refuseToken(
      401,
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    );
  return tokens.give(scope);
}
