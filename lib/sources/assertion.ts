/** Signs the assertion (RFC 7523) by which a private key is shown to a token endpoint instead of being sent there. */
import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { RingerError } from '../core/errors.ts';
import { SECOND_MS, type EpochMs } from '../core/time.ts';
import type { RawRecord } from './source.ts';

export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  /** The token endpoint. */
  readonly audience: string;
  readonly now: EpochMs;
  readonly lifeMs: number;
  /** What the endpoint finds the public key by. */
  readonly keyId?: string | undefined;
  /** Claims beside the usual ones. */
  readonly claims?: Readonly<Record<string, string>>;
}

/**
 * Makes an assertion that is good once.
 *
 * @param privateKey - RSA, or EC on P-256: as PEM (PKCS #8, PKCS #1, SEC 1) or as JWK
 * @throws SOURCE_DENIED when it is no such key; the message says nothing of it
 */
export async function signAssertion(privateKey: string | RawRecord, assertion: Assertion): Promise<string> {
  const { issuer, subject, audience, now, lifeMs, keyId, claims } = assertion;
  const nowSeconds = Math.floor(now / SECOND_MS);
  const key = readKey(privateKey);
  const jwt = new SignJWT({ ...claims })
    .setProtectedHeader({
      alg: key.algorithm,
      typ: 'JWT',
      ...(keyId === undefined ? {} : { kid: keyId }),
    })
    .setIssuer(issuer)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + Math.floor(lifeMs / SECOND_MS))
    .setJti(randomUUID());
  return jwt.sign(key.key);
}

interface SigningKey {
  readonly key: KeyObject;
  readonly algorithm: 'RS256' | 'ES256';
}

function readKey(written: string | RawRecord): SigningKey {
  let key;
  try {
    key = createPrivateKey(typeof written === 'string' ? written : { key: written, format: 'jwk' });
  } catch {
    // Neither cause nor message: both may quote the key.
    throw new RingerError('SOURCE_DENIED', 'the private key in the secret cannot be read');
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048)
    return { key, algorithm: 'RS256' };
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return { key, algorithm: 'ES256' };
  throw new RingerError(
    'SOURCE_DENIED',
    'the private key in the secret is neither RSA of 2048 bits or more nor EC on P-256',
  );
}
