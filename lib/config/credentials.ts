import { written } from './values.ts';

/** Where a credential is kept. ringer.yaml names the place and never holds the credential. */
export type CredentialReference =
  /** AWS Secrets Manager, by name or ARN. */
  | { readonly from: 'secret'; readonly id: string }
  | { readonly from: 'environment'; readonly variable: string }
  /** A file on this machine; from ringer.yaml on, `path` is absolute. */
  | { readonly from: 'file'; readonly path: string };

/** Part of a message whose value must not be shown: somebody may have written the credential itself. */
export const EXPECTED_REFERENCE = 'a reference: secret:NAME, env:VARIABLE or file:PATH';

/**
 * Makes the value of `credentials`.
 *
 * @param resolvePath - makes a path of ringer.yaml absolute
 * @example 'secret:ringer/okta' // => { from: 'secret', id: 'ringer/okta' }
 */
export function credentialReference(resolvePath: (path: string) => string) {
  return written(EXPECTED_REFERENCE, (value): CredentialReference | undefined => {
    if (/^arn:aws[a-z-]*:secretsmanager:\S+$/.test(value)) return { from: 'secret', id: value };
    const [, scheme = '', rest = ''] = /^(secret|env|file):(.+)$/.exec(value) ?? [];
    if (scheme === 'secret')
      return /^[\w/+=.@:-]{1,512}$/.test(rest) ? { from: 'secret', id: rest } : undefined;
    if (scheme === 'env')
      return /^[A-Za-z_]\w*$/.test(rest) ? { from: 'environment', variable: rest } : undefined;
    return scheme === 'file' ? { from: 'file', path: resolvePath(rest.trim()) } : undefined;
  });
}
