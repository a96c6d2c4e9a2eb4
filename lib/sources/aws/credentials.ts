/** Credentials of other accounts, by taking on the role that Ringer has there. */
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { RingerError } from '../../core/errors.ts';
import { MINUTE_MS } from '../../core/time.ts';
import type { Clock } from '../transport.ts';
import type { AwsConnection } from './connection.ts';
import { awsFailure } from './failure.ts';
import { partitionOf } from './identity.ts';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Gives credentials that are good for a while yet. */
export type Credentials = () => Promise<AwsCredentials>;

/** What CloudTrail of the other account calls us. */
const SESSION_NAME = 'ringer';

/** How long before their end credentials are fetched anew: the SDK wants five minutes. */
const MARGIN_MS = 6 * MINUTE_MS;

/**
 * Makes the credentials of an account; they are shared by its Regions and by later runs.
 *
 * They throw SOURCE_DENIED when the role is not there, does not trust us, or wants another external id.
 */
export function assumeRoles(
  sts: STSClient,
  connection: AwsConnection,
  clock: Clock,
): (account: string) => Credentials {
  const held = new Map<string, Promise<AwsCredentials>>();
  return (account) => async () => {
    // Several Regions ask at the same time: whoever finds nothing asks for all.
    for (let asked = held.get(account); asked !== undefined; asked = held.get(account)) {
      const credentials = await asked;
      if (credentials.expiration.getTime() - MARGIN_MS > clock.now()) return credentials;
      if (held.get(account) === asked) held.delete(account);
    }
    const asked = assumeRole(sts, account, connection);
    held.set(account, asked);
    asked.catch(() => held.delete(account));
    return asked;
  };
}

async function assumeRole(
  sts: STSClient,
  account: string,
  { roleName, externalId }: AwsConnection,
): Promise<AwsCredentials> {
  const what = `AssumeRole of ${roleName} in ${account}`;
  const partition = partitionOf(await sts.config.region());
  const { Credentials } = await sts
    .send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
        RoleSessionName: SESSION_NAME,
        ExternalId: externalId,
      }),
    )
    .catch((thrown: unknown) => {
      throw awsFailure(thrown, what);
    });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (
    AccessKeyId === undefined ||
    SecretAccessKey === undefined ||
    SessionToken === undefined ||
    Expiration === undefined
  )
    throw new RingerError('SOURCE_SHAPE_CHANGED', `${what}: no credentials`);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}
