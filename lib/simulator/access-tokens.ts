/** Access tokens as a fake vendor gives them out, and the assertions it gives them for. */
import { createPublicKey, randomUUID } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { EpochMs } from '../core/time.ts';

export class AccessTokens {
  readonly #now: () => EpochMs;
  readonly #lifeSeconds: number;
  readonly #given = new Map<string, { readonly scopes: readonly string[]; readonly expires: EpochMs }>();

  constructor(now: () => EpochMs, lifeSeconds: number) {
    this.#now = now;
    this.#lifeSeconds = lifeSeconds;
  }

  /** Gives a token, as the endpoint answers. */
  give(scope: string): TokenAnswer {
    const token = randomUUID();
    this.#given.set(token, { scopes: scope.split(' '), expires: this.#now() + this.#lifeSeconds * 1_000 });
    const body = { token_type: 'Bearer', expires_in: this.#lifeSeconds, access_token: token, scope };
    return { status: 200, body };
  }

  /** Gives the scopes of an `Authorization` header; `undefined` when it has no token that is good now. */
  scopesOf(authorization: string | undefined): readonly string[] | undefined {
    const token = this.#given.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
    return token !== undefined && this.#now() < token.expires ? token.scopes : undefined;
  }

  /** Makes every token given so far invalid. */
  revoke(): void {
    this.#given.clear();
  }
}

/** What a token endpoint answers. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

/** Refuses a token, in the words of RFC 6749. */
export function refuseToken(status: number, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}

/** An assertion that was verified, or why it was refused. */
export type Verified =
  { readonly claims: JWTPayload } | { readonly refused: 'malformed' | 'signature' | 'expired' | 'claims' };

/** Verifies an assertion by the public key, as PEM. */
export async function verifyAssertion(
  assertion: string,
  publicKey: string,
  { issuer, audience, now }: { readonly issuer: string; readonly audience: string; readonly now: EpochMs },
): Promise<Verified> {
  try {
    const { payload } = await jwtVerify(assertion, createPublicKey(publicKey), {
      issuer,
      audience,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'iat', 'exp'],
    });
    return { claims: payload };
  } catch (thrown) {
    if (thrown instanceof errors.JWTExpired) return { refused: 'expired' };
    if (thrown instanceof errors.JWTClaimValidationFailed) return { refused: 'claims' };
    if (thrown instanceof errors.JWSSignatureVerificationFailed) return { refused: 'signature' };
    if (thrown instanceof errors.JOSEError) return { refused: 'malformed' };
    throw thrown;
  }
}
