/**
 * Checks a credential that somebody gives, and writes it as collectors and channels read it. What is wrong is said by the
 * names of our own fields: neither a value nor an unknown key, either of which may be the secret.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { baseUrl } from '../config/values.ts';
import { RingerError } from '../core/errors.ts';
import { isEmail } from '../core/people/address-groups.ts';
import type { VendorId } from '../sources/manifest.ts';
import { readAppSecret } from '../sources/microsoft/app-secret.ts';

const text = z.string().trim().min(1);
const privateKey = z.string().refine((pem) => canBeRead(() => createPrivateKey(pem)));
const jwk = z
  .union([
    z.looseObject({ kty: text }),
    z
      .string()
      .transform(asJson)
      .pipe(z.looseObject({ kty: text })),
  ])
  .refine((key) => canBeRead(() => createPrivateKey({ key, format: 'jwk' })));

const OKTA_APP = z.strictObject({
  clientId: text,
  privateKey: z.union([privateKey, jwk]),
  keyId: text.exactOptional(),
});
/** The file that Google gives has more; all of it is kept. */
const GOOGLE_KEY = z.looseObject({
  type: z.literal('service_account'),
  client_email: z.string().refine(isEmail),
  private_key: privateKey,
  subject: z.string().refine(isEmail),
});

/**
 * Checks the credential of a source.
 *
 * @param subject - for Google: the administrator to act as, which is not in the key file
 * @returns as it is to be stored
 * @throws SOURCE_DENIED saying what was expected
 */
export function sourceCredential(
  vendor: Exclude<VendorId, 'aws'>,
  written: string,
  subject?: string,
): string {
  switch (vendor) {
    case 'okta':
      return written.trim().startsWith('{')
        ? json(OKTA_APP, written, 'JSON with clientId, privateKey (PEM or JWK) and perhaps keyId')
        : oneLine(written, 'an API token, or JSON with clientId and privateKey');
    case 'microsoft':
      return microsoftApp(written);
    case 'google':
      return json(
        GOOGLE_KEY,
        written,
        'the JSON key file of a service account, with the administrator to act as in `subject` (--subject EMAIL)',
        subject === undefined ? {} : { subject },
      );
  }
}

/** Checks the URL of an incoming webhook. */
export function webhookUrl(written: string): string {
  const url = oneLine(written, 'an https URL');
  if (baseUrl.safeParse(url).success) return url;
  throw unexpected('an https URL');
}

function microsoftApp(written: string): string {
  const app = readAppSecret(written);
  // Microsoft would only say that it refuses.
  if ('privateKey' in app && !isPair(app.certificate, app.privateKey))
    throw unexpected('certificate and privateKey as PEM, the one of the other');
  return JSON.stringify(app);
}

function isPair(certificate: string, key: string): boolean {
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function json(
  schema: z.ZodType,
  written: string,
  expected: string,
  more: Readonly<Record<string, string>> = {},
): string {
  const value = asJson(written);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(expected);
  const result = schema.safeParse({ ...value, ...more });
  if (result.success) return JSON.stringify(result.data);
  const wrong = result.error.issues.map(({ code, path }) =>
    code === 'unrecognized_keys' ? 'a key that is not known' : String(path[0]),
  );
  throw unexpected(`${expected}; missing or wrong: ${[...new Set(wrong)].join(', ')}`);
}

function oneLine(written: string, expected: string): string {
  const line = written.trim();
  if (/^[\x21-\x7e]{8,8192}$/.test(line)) return line;
  throw unexpected(expected);
}

function unexpected(expected: string): RingerError {
  return new RingerError('SOURCE_DENIED', `expected ${expected}`);
}

function asJson(written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    // The error quotes the text.
    return undefined;
  }
}

function canBeRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
