/** A collector for each connection, and a schedule for each of its feeds. */
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CollectedFeed } from '../config/channels.ts';
import { enabledFeeds } from '../config/enabled-feeds.ts';
import { ARCHIVE_PREFIX, BUS_EVENT, ENVIRONMENT } from '../config/names.ts';
import { feedEveryMinutes } from '../config/schedule.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { acknowledgeVersions, addFeedSchedule, schedulerRole } from '../constructs/feed-schedule.ts';
import { objectsOf } from '../constructs/objects-of.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { FeedManifest, Manifest } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { equipForVendor } from './collector-vendors.ts';
import { mayPutEvents } from './event-bus.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export interface Collector {
  readonly collector: WatchedFunction;
  /** Queues of its own, which lag and fail like any other. */
  readonly queues: readonly { readonly queue: Queue; readonly deadLetters: Queue }[];
}

/** Long enough to catch up on a day; the lease keeps other runs out meanwhile. */
const TIMEOUT = Duration.minutes(10);

/** @throws CONFIG_INVALID when a connection lacks what its vendor needs */
export function addCollectors(scope: Stack, parts: PipelineParts): readonly Collector[] {
  // By default it would stay behind, and keep its name from the next deployment.
  const group = new ScheduleGroup(scope, 'Schedules', { removalPolicy: RemovalPolicy.DESTROY });
  const role = schedulerRole(scope, 'SchedulerRole');
  return parts.config.sources.map((source) => {
    const collector = addCollector(scope, source, parts);
    const queues = equipForVendor(scope, source, collector, parts);
    acknowledgeVersions(role, collector);
    for (const feed of feedsOf(source)) {
      addFeedSchedule(scope, `Schedule-${source.name}-${feed.id}`, {
        group,
        role,
        collector,
        feed: feed.id,
        description: `Reads ${feed.title} of ${source.name}`,
        everyMinutes: feedEveryMinutes(source, feed),
      });
    }
    addReadingOn(scope, source, collector);
    return { collector, queues };
  });
}

/** Lists the feeds that are collected, and how often. */
export function collectedFeeds(sources: readonly SourceConnection[]): readonly CollectedFeed[] {
  return sources.flatMap((source) =>
    feedsOf(source).map((feed) => ({
      connection: source.name,
      feed: feed.id,
      everyMs: feedEveryMinutes(source, feed) * MINUTE_MS,
    })),
  );
}

function feedsOf(source: SourceConnection): readonly FeedManifest[] {
  return enabledFeeds(source, manifestOf(source)?.feeds ?? []);
}

function manifestOf({ type }: SourceConnection): Manifest | undefined {
  return MANIFESTS.find(({ vendor }) => vendor === type);
}

function addCollector(
  scope: Stack,
  source: SourceConnection,
  { root, names, state, events }: PipelineParts,
): WatchedFunction {
  const { name, type } = source;
  const collector = new WatchedFunction(scope, `Collect-${name}`, {
    root,
    deployment: names.resources,
    file: `collect-${type}`,
    description: `Collects ${manifestOf(source)?.title ?? type}: ${name}`,
    timeout: TIMEOUT,
    memoryMb: 512,
  })
    .knows(ENVIRONMENT.connection, name)
    .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => {
      state.ledger.grant(to, 'dynamodb:UpdateItem');
      // Only what is read twice has to be told from what is new.
      if (feedsOf(source).some(({ overlapMinutes }) => overlapMinutes > 0))
        state.ledger.grant(to, 'dynamodb:PutItem', 'dynamodb:Query');
      state.key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.eventsQueueUrl, events.queueUrl, (to) => events.grant(to, 'sqs:SendMessage'))
    .knows(ENVIRONMENT.archiveBucket, state.archive.bucketName);
  for (const prefix of Object.values(ARCHIVE_PREFIX)) {
    const { arn, finding } = objectsOf(state.archive, `${prefix}/*/connection=${name}/*`);
    collector
      .may(['s3:PutObject'], [arn])
      .acknowledge(finding, 'No collector touches what another archived.');
  }
  mayPutEvents(collector, scope, BUS_EVENT.feedHasMore);
  return collector;
}

/** Calls a collector again at once, when its time ran out before a feed was read to the end. */
function addReadingOn(scope: Stack, { name }: SourceConnection, collector: WatchedFunction): void {
  new Rule(scope, `ReadOn-${name}`, {
    description: `Reads on at once where ${name} has more`,
    eventPattern: {
      source: [BUS_EVENT.source],
      detailType: [BUS_EVENT.feedHasMore],
      detail: { connection: [name] },
    },
    targets: [
      new LambdaFunction(collector.lambda, {
        event: RuleTargetInput.fromObject({ feed: EventField.fromPath('$.detail.feed') }),
      }),
    ],
  });
}
