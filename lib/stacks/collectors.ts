/** A collector for each connection, a schedule for each of its feeds, and a secret for its credential. */
import { Annotations, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Secret, type CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { CollectedFeed } from '../config/channels.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { feedEveryMinutes } from '../config/schedule.ts';
import type { RingerConfig } from '../config/schema.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { acknowledgeVersions, addFeedSchedule, schedulerRole } from '../constructs/feed-schedule.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import { RingerError } from '../core/errors.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { FeedManifest } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';

export interface CollectorsProps {
  readonly root: string;
  readonly config: RingerConfig;
  readonly key: Key;
  readonly ledger: Table;
  readonly events: Queue;
}

/** Feeds that a function can read; a schedule for any other would only fail. */
const COLLECTED: Readonly<Record<string, readonly string[]>> = { okta: ['system-log'] };

/** Long enough to catch up on a day; the lease keeps other runs out meanwhile. */
const TIMEOUT = Duration.minutes(10);

/** @throws CONFIG_INVALID when a connection does not say where its organization is */
export function addCollectors(scope: Construct, props: CollectorsProps): void {
  const group = new ScheduleGroup(scope, 'Schedules');
  const role = schedulerRole(scope, 'SchedulerRole');
  for (const source of props.config.sources) {
    if (source.type !== 'okta') {
      Annotations.of(scope).addWarningV2(
        `ringer:${source.name}`,
        `The connection ${source.name} is not collected in AWS yet.`,
      );
      continue;
    }
    const collector = addOktaCollector(scope, source, props);
    acknowledgeVersions(role, collector);
    for (const feed of enabledFeeds(source)) {
      addFeedSchedule(scope, `Schedule-${source.name}-${feed.id}`, {
        group,
        role,
        collector,
        feed: feed.id,
        description: `Reads ${feed.title} of ${source.name}`,
        everyMinutes: feedEveryMinutes(source, feed),
      });
    }
  }
}

/** Lists the feeds that are collected, and how often. */
export function collectedFeeds(sources: readonly SourceConnection[]): readonly CollectedFeed[] {
  return sources.flatMap((source) =>
    enabledFeeds(source).map((feed) => ({
      connection: source.name,
      feed: feed.id,
      everyMs: feedEveryMinutes(source, feed) * MINUTE_MS,
    })),
  );
}

/** Gives the feeds a connection names, else all that the vendor offers without asking. */
function enabledFeeds(source: SourceConnection): readonly FeedManifest[] {
  const feeds = MANIFESTS.find((manifest) => manifest.vendor === source.type)?.feeds ?? [];
  const named = source.feeds ?? [];
  const wanted = feeds.filter(({ id, optional }) =>
    named.length === 0 ? optional !== true : named.includes(id),
  );
  return wanted.filter(({ id }) => COLLECTED[source.type]?.includes(id) === true);
}

function addOktaCollector(
  scope: Construct,
  source: SourceConnection & { type: 'okta' },
  { root, key, ledger, events }: CollectorsProps,
): WatchedFunction {
  if (source.orgUrl === undefined)
    throw new RingerError('CONFIG_INVALID', `sources: ${source.name} has no orgUrl`);
  const secret = secretOf(scope, source);
  return new WatchedFunction(scope, `Collect-${source.name}`, {
    root,
    file: 'collect-okta',
    description: `Collects the Okta organization ${source.name}`,
    timeout: TIMEOUT,
    memoryMb: 512,
  })
    .knows(ENVIRONMENT.connection, source.name)
    .knows(ENVIRONMENT.orgUrl, source.orgUrl)
    .uses(ENVIRONMENT.secretId, secret.secretArn, (to) => secret.grantRead(to))
    .uses(ENVIRONMENT.ledgerTable, ledger.tableName, (to) => {
      ledger.grant(to, 'dynamodb:UpdateItem');
      key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.eventsQueueUrl, events.queueUrl, (to) => events.grantSendMessages(to));
}

/** An ARN is somebody else's secret; a name, and anything that only a person's own machine has, becomes one of ours. */
function secretOf(
  scope: Construct,
  { name, credentials }: SourceConnection,
): Pick<Secret, 'secretArn' | 'grantRead'> {
  const id = credentials?.from === 'secret' ? credentials.id : `ringer/${name}`;
  if (id.startsWith('arn:')) return Secret.fromSecretCompleteArn(scope, `Secret-${name}`, id);
  const secret = new Secret(scope, `Secret-${name}`, {
    secretName: id,
    description: `Credential of ${name}, filled by \`ringer connect\``,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  // Empty until somebody fills it: a generated password would look like a credential.
  (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Only the vendor can issue a new one: `ringer connect` replaces it.',
  });
  return secret;
}
