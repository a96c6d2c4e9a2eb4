/** Watches over Ringer itself: feeds that bring nothing, subscriptions nobody confirmed, and whether the way is open. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { collectedFeeds, ownChannels } from '../lib/config/channels.ts';
import { optional, readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT, METRIC, METRIC_NAMESPACE } from '../lib/config/names.ts';
import { SECOND_MS } from '../lib/core/time.ts';
import { sendCanary } from '../lib/pipeline/event-queue.ts';
import { watchFeeds } from '../lib/pipeline/watch-feeds.ts';
import { unconfirmedSubscriptions } from '../lib/pipeline/watch-subscriptions.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { HOURLY } from '../lib/stores/canaries.ts';
import { openTable } from '../lib/stores/table.ts';

// called by AWS
export async function handler(
  { turn }: { readonly turn: 'feeds' | 'canary' },
  context: Context,
): Promise<void> {
  logger.addContext(context);
  if (turn === 'feeds') await onFeeds();
  else await onCanary();
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

// once per cold start
const environment = readEnvironment({
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
  alertsTopicArn: text(ENVIRONMENT.alertsTopicArn),
  ownChannels: optional(ownChannels(ENVIRONMENT.ownChannels)),
  collectedFeeds: optional(collectedFeeds(ENVIRONMENT.collectedFeeds)),
});
const logger = new Logger({ serviceName: 'watch' });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
const ledger = openTable(environment.ledgerTable);
const ownTopics = (environment.ownChannels ?? []).filter(({ type }) => type === 'topic');
const topics = [environment.alertsTopicArn, ...ownTopics.map(({ target }) => target)];

// for every record
async function onFeeds(): Promise<void> {
  const { blind, slowestMs } = await watchFeeds(environment.collectedFeeds ?? [], ledger, systemClock.now());
  for (const { connection, feed } of blind) logger.warn('blind', { connection, feed });
  metrics.addMetric(METRIC.feedsSilent, MetricUnit.Count, blind.length);
  metrics.addMetric(METRIC.slowestFeedSeconds, MetricUnit.Seconds, slowestMs / SECOND_MS);
  metrics.addMetric(
    METRIC.subscriptionsUnconfirmed,
    MetricUnit.Count,
    await unconfirmedSubscriptions(topics),
  );
}

async function onCanary(): Promise<void> {
  const canary = { token: HOURLY, sentAt: systemClock.now(), announce: false };
  await sendCanary(environment.eventsQueueUrl, canary);
}
