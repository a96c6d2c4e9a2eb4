/** Tokens for Microsoft's APIs, which MSAL fetches for an application by its secret or its certificate, and keeps. */
import { X509Certificate } from 'node:crypto';
import { AuthError, ConfidentialClientApplication } from '@azure/msal-node';
import { messageOf, RingerError } from '../../core/errors.ts';
import type { Credential } from '../transport.ts';
import { readAppSecret, type AppSecret } from './app-secret.ts';
import { serviceOf, type MicrosoftConnection } from './connection.ts';
import { tokenNetwork } from './token-network.ts';

export interface Tokens {
  /** @throws SOURCE_DENIED when the secret cannot be used */
  readonly tenantId: () => Promise<string>;
  /**
   * Makes the credential for one API. It throws SOURCE_DENIED when Microsoft gives no token, SOURCE_UNAVAILABLE when it
   * gives no answer.
   *
   * @param resource - `https://graph.microsoft.com`
   */
  readonly credential: (resource: string) => Credential;
}

interface Opened {
  readonly tenantId: string;
  readonly app: ConfidentialClientApplication;
}

export function openTokens(connection: MicrosoftConnection): Tokens {
  let opened: Promise<Opened> | undefined;
  const open = (): Promise<Opened> => (opened ??= openApp(connection));
  // Whoever fails leaves nothing behind: the secret may have been filled anew since.
  const forgetting = (thrown: unknown): never => {
    opened = undefined;
    throw thrown;
  };
  return {
    tenantId: async () => (await open().catch(forgetting)).tenantId,
    credential: (resource) => async (refused) => {
      if (refused) opened = undefined;
      const { app } = await open().catch(forgetting);
      const token = await app
        .acquireTokenByClientCredential({ scopes: [`${resource}/.default`] })
        .catch((thrown: unknown) => forgetting(explained(thrown)));
      if (token === null) return forgetting(new RingerError('SOURCE_DENIED', 'Microsoft gave no token'));
      return `Bearer ${token.accessToken}`;
    },
  };
}

async function openApp(connection: MicrosoftConnection): Promise<Opened> {
  const secret = readAppSecret(await connection.secret());
  const { base, resource } = serviceOf('login', connection.loginUrl);
  const { host } = new URL(resource);
  const app = new ConfidentialClientApplication({
    auth: {
      clientId: secret.clientId,
      authority: `https://${host}/${secret.tenantId}`,
      // Nobody is asked where to sign in: that is said here.
      knownAuthorities: [host],
      ...proofOf(secret),
    },
    system: { networkClient: tokenNetwork(connection.transport, base) },
  });
  return { tenantId: secret.tenantId, app };
}

function proofOf(secret: AppSecret) {
  if ('clientSecret' in secret) return { clientSecret: secret.clientSecret };
  const { certificate, privateKey } = secret;
  return { clientCertificate: { thumbprintSha256: thumbprint(certificate), privateKey, x5c: certificate } };
}

function thumbprint(certificate: string): string {
  try {
    return new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
  } catch {
    throw new RingerError(
      'SOURCE_DENIED',
      'the certificate of the Microsoft connection is no PEM certificate',
    );
  }
}

/** Microsoft's messages name ids of ours and of the request; its number says all that helps. */
function explained(thrown: unknown): RingerError {
  if (!(thrown instanceof AuthError))
    return new RingerError('SOURCE_DENIED', 'the private key of the Microsoft connection cannot sign');
  if (thrown.cause instanceof RingerError) return thrown.cause;
  const [number = thrown.errorCode] = /AADSTS\d{1,9}/.exec(messageOf(thrown)) ?? [];
  return new RingerError('SOURCE_DENIED', `Microsoft gave no token (${number})`);
}
