/** Key pairs made for one run of the tests. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface KeyPair {
  readonly privateKey: KeyObject;
  /** PKCS #8. */
  readonly privatePem: string;
  readonly publicPem: string;
}

function pair(keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }): KeyPair {
  return {
    privateKey: keys.privateKey,
    privatePem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export function rsaKeys(modulusLength = 2048): KeyPair {
  return pair(generateKeyPairSync('rsa', { modulusLength }));
}

export function ecKeys(namedCurve = 'P-256'): KeyPair {
  return pair(generateKeyPairSync('ec', { namedCurve }));
}
