/** How requests to Okta are authorized. */
import type { Credential } from '../transport.ts';

/**
 * Makes the credential of an API token.
 *
 * @param read - gives the token; called once, and again when Okta has refused it
 */
export function apiToken(read: () => Promise<string>): Credential {
  let token: Promise<string> | undefined;
  return async (refused) => {
    if (refused) token = undefined;
    token ??= read();
    try {
      return `SSWS ${await token}`;
    } catch (thrown) {
      token = undefined;
      throw thrown;
    }
  };
}
