/** Alarms of what goes out: messages that fail, subscriptions nobody confirmed, a canary that does not arrive. */
import { Duration } from 'aws-cdk-lib';
import type { AlarmDefinition, WatchedParts } from './alarms.ts';
import { joined, ownMetric } from './own-metrics.ts';
import { WATCH_EVERY } from './watch.ts';

const HOUR = Duration.hours(1);
/** The canary takes the way of an event, seconds long; the queue waits five of them to fill a batch. */
const CANARY_SECONDS = 5 * 60;
/** An hour for people to find the message that asks them to confirm. */
const CONFIRMING_PERIODS = 4;

export function tellingAlarms({ deployment, pipeline }: WatchedParts): readonly AlarmDefinition[] {
  return [
    {
      id: 'failing-notification',
      says: 'A channel could not be told of an alert. The sweep tries again every hour.',
      metric: joined(
        'SUM',
        [
          ownMetric(deployment, 'notificationsFailed', 'Sum', HOUR),
          ...pipeline.topics.map((topic) =>
            topic.metricNumberOfNotificationsFailed({ period: HOUR, statistic: 'Sum' }),
          ),
        ],
        HOUR,
        'failed notifications',
      ),
      above: 0,
      periods: 1,
    },
    {
      id: 'unconfirmed-subscription',
      says: 'Somebody who is to be told of alerts has not confirmed the subscription, and is told nothing.',
      metric: ownMetric(deployment, 'subscriptionsUnconfirmed', 'Maximum', WATCH_EVERY),
      above: 0,
      periods: CONFIRMING_PERIODS,
    },
    {
      id: 'missing-canary',
      says: 'The hourly canary has not come through, or took more than five minutes: alerts may not either.',
      metric: ownMetric(deployment, 'canarySeconds', 'Maximum', HOUR),
      above: CANARY_SECONDS,
      periods: 2,
      missingRings: true,
    },
  ];
}
