/** Opens a connection of ringer.yaml from this machine: the readers that its collector has in AWS. */
import { isWatchedSoftware } from '../core/software/watched.ts';
import { RingerError } from '../core/errors.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import type { FeedReaders } from '../sources/reader.ts';
import { systemClock, type Transport } from '../sources/transport.ts';

/**
 * Makes the readers of every feed of a connection; nothing is asked of the vendor yet.
 *
 * @param secret - gives the credential, each time one is needed; an AWS connection uses the caller's own credentials
 * @param transport - carries the requests of all vendors but AWS
 * @throws CONFIG_INVALID when the connection lacks what its vendor needs
 */
export async function connectionReaders(
  source: SourceConnection,
  secret: () => Promise<string>,
  transport: Transport = fetch,
): Promise<FeedReaders> {
  const vendor = { transport, clock: systemClock };
  switch (source.type) {
    case 'okta': {
      const { name, orgUrl } = source;
      if (orgUrl === undefined) throw new RingerError('CONFIG_INVALID', `sources: ${name} has no orgUrl`);
      const { oktaCredential } = await import('../sources/okta/credential.ts');
      const { oktaReaders } = await import('../sources/okta/readers.ts');
      const credential = oktaCredential(secret, { orgUrl, ...vendor });
      return oktaReaders({ orgUrl, credential, ...vendor });
    }
    case 'microsoft': {
      const { graphUrl, loginUrl, manageUrl } = source;
      const { microsoftReaders } = await import('../sources/microsoft/readers.ts');
      return microsoftReaders({
        graphUrl,
        loginUrl,
        manageUrl,
        secret,
        ...vendor,
        isWatched: isWatchedSoftware,
      });
    }
    case 'google': {
      const { apiUrl, tokenUrl } = source;
      const { googleCredential } = await import('../sources/google/credential.ts');
      const { googleReaders } = await import('../sources/google/readers.ts');
      const credential = googleCredential(secret, { tokenUrl, ...vendor });
      return googleReaders({ apiUrl, credential, ...vendor });
    }
    case 'aws': {
      const { awsReaders } = await import('../sources/aws/readers.ts');
      return awsReaders(source);
    }
  }
}
