/** What the collector of AWS is given: its own account, or roles in others, and the queue of an organization trail. */
import { Aws, type Stack } from 'aws-cdk-lib';
import { enabledFeeds } from '../config/enabled-feeds.ts';
import { AWS_READS } from '../config/member-role.ts';
import { ENVIRONMENT } from '../config/names.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';
import { RingerError } from '../core/errors.ts';
import { awsManifest } from '../sources/aws/manifest.ts';
import type { Collector } from './collectors.ts';
import { addTrailQueue } from './trail-queue.ts';

type AwsConnection = SourceConnection & { readonly type: 'aws' };

/** IAM takes a policy of some 6,000 characters, which names the role of each, and Lambda takes 4 KB of variables. */
const MOST_ACCOUNTS = 100;

/** @throws CONFIG_INVALID when a trail is to be read and no bucket is named, or there are more accounts than fit */
export function equipForAws(
  scope: Stack,
  source: AwsConnection,
  collector: WatchedFunction,
): Collector['queues'] {
  const feeds = enabledFeeds(source, awsManifest.feeds).map(({ id }) => id);
  mayReadAccounts(source, collector, feeds);
  const queues = feeds.includes('cloudtrail-trail') ? [trailOf(scope, source, collector)] : [];
  const { accounts, regions, roleName, externalId, trailBucket } = source;
  const connection = {
    ...(accounts.length === 0 ? {} : { accounts }),
    ...(regions.length === 0 ? {} : { regions }),
    roleName,
    ...(externalId === undefined ? {} : { externalId }),
    ...(queues[0] === undefined ? {} : { trailQueueUrl: queues[0].queue.queueUrl, trailBucket }),
  };
  collector.knows(ENVIRONMENT.awsConnection, scope.toJsonString(connection));
  return queues;
}

function mayReadAccounts(
  { name, accounts, roleName }: AwsConnection,
  collector: WatchedFunction,
  feeds: readonly string[],
): void {
  if (accounts.length > MOST_ACCOUNTS)
    throw new RingerError(
      'CONFIG_INVALID',
      `sources: ${name} has more than ${MOST_ACCOUNTS} accounts: divide it, or read an organization trail (trailBucket)`,
    );
  const reads = feeds.flatMap((feed) => AWS_READS[feed] ?? []);
  if (reads.length === 0) return;
  if (accounts.length > 0) {
    const roles = accounts.map((account) => `arn:${Aws.PARTITION}:iam::${account}:role/${roleName}`);
    collector.may(['sts:AssumeRole'], roles);
    return;
  }
  collector
    .may(reads, ['*'])
    .acknowledge('Resource::*', 'These actions only read, and are of the account as a whole.');
}

function trailOf(
  scope: Stack,
  { name, trailBucket }: AwsConnection,
  collector: WatchedFunction,
): Collector['queues'][number] {
  if (trailBucket === undefined)
    throw new RingerError('CONFIG_INVALID', `sources: ${name} reads cloudtrail-trail and has no trailBucket`);
  return addTrailQueue(scope, { connection: name, bucket: trailBucket, reader: collector });
}
