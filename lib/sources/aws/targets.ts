/** What AWS answers for at a time: one account in one Region. */
import { STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../transport.ts';
import type { AwsConnection } from './connection.ts';
import { assumeRoles, type Credentials } from './credentials.ts';
import { REQUEST_HANDLER } from './send.ts';

export interface Target {
  /** `123456789012/eu-central-1`: what errors call it, and the cursor. */
  readonly name: string;
  readonly region: string;
  /** Absent: the function's own. */
  readonly credentials?: Credentials;
}

/** What stands for the account this runs in, whose number nobody has said. */
const OWN_ACCOUNT = 'own';

/** Nothing ends these requests at the run's deadline: they are short by themselves. */
const STS_TRIES = 3;
const STS_REQUEST_HANDLER = { ...REQUEST_HANDLER, requestTimeout: 5_000 };

/** Opens every account of a connection in each of its Regions. The SDK knows the one this runs in. */
export function openTargets(connection: AwsConnection, clock: Clock): () => Promise<readonly Target[]> {
  const { accounts, regions } = connection;
  const sts = new STSClient({ maxAttempts: STS_TRIES, requestHandler: STS_REQUEST_HANDLER });
  const credentialsOf = assumeRoles(sts, connection, clock);
  const owners =
    accounts.length === 0
      ? [{ account: OWN_ACCOUNT }]
      : accounts.map((account) => ({ account, credentials: credentialsOf(account) }));
  return async () => {
    const all = regions.length === 0 ? [await sts.config.region()] : regions;
    return owners.flatMap(({ account, ...credentials }) =>
      all.map((region) => ({ name: `${account}/${region}`, region, ...credentials })),
    );
  };
}
