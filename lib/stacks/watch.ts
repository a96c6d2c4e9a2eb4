/** Watch: whether feeds bring anything, subscriptions are confirmed, and an event comes through the whole way. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { collectedFeedsText } from '../config/channels.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { addTurns } from '../constructs/turns.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import { collectedFeeds } from './collectors.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** How often feeds and subscriptions are looked after: their metrics have a value as often. */
export const WATCH_EVERY = Duration.minutes(15);

export function addWatch(scope: Stack, parts: PipelineParts): WatchedFunction {
  const { root, names, config, state, events, channels } = parts;
  const topics = channels.topics.map(({ topicArn }) => topicArn);
  const watch = new WatchedFunction(scope, 'Watch', {
    root,
    deployment: names.resources,
    file: 'watch',
    description: 'Watches feeds and subscriptions, and sends the canary',
    timeout: Duration.minutes(4),
    memoryMb: 256,
  })
    .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => {
      state.ledger.grant(to, 'dynamodb:GetItem');
      state.key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.eventsQueueUrl, events.queueUrl, (to) => events.grant(to, 'sqs:SendMessage'))
    .knows(ENVIRONMENT.alertsTopicArn, channels.topic.topicArn)
    .may(['sns:ListSubscriptionsByTopic'], topics)
    .knows(ENVIRONMENT.collectedFeeds, collectedFeedsText(collectedFeeds(config.sources)));
  if (channels.own.length > 0) watch.knows(ENVIRONMENT.ownChannels, scope.toJsonString(channels.own));
  addTurns(watch, {
    feeds: {
      schedule: Schedule.rate(WATCH_EVERY),
      description: 'Looks after feeds and subscriptions',
    },
    canary: { schedule: Schedule.rate(Duration.hours(1)), description: 'Sends the canary' },
  });
  return watch;
}
