/** What the secret of a connection is called in AWS: the stacks make it, the command line fills it. */
import type { CredentialReference } from './credentials.ts';
import { deploymentNames } from './names.ts';

const MAIN = `${deploymentNames(undefined).resources}/`;

/**
 * Names the secret.
 *
 * An ARN is somebody else's secret and stays as it is. A name that begins with `ringer/` is the deployment's own, so that
 * one ringer.yaml can serve two of them; any other name stays. A credential that only a person's own machine has becomes
 * a secret of the connection's name.
 *
 * @param resources - of `deploymentNames`
 * @example connectionSecretId({ name: 'okta' }, 'ringer-staging') // => 'ringer-staging/okta'
 */
export function connectionSecretId(
  { name, credentials }: { readonly name: string; readonly credentials?: CredentialReference },
  resources: string,
): string {
  const id = credentials?.from === 'secret' ? credentials.id : MAIN + name;
  return id.startsWith(MAIN) ? `${resources}/${id.slice(MAIN.length)}` : id;
}
