/** Alarms of what happens inside: what waits too long, fails, or is set aside. */
import { Duration } from 'aws-cdk-lib';
import type { WatchedFunction } from '../constructs/watched-function.ts';
import type { AlarmDefinition, WatchedParts } from './alarms.ts';
import { joined, MOST_METRICS, ownMetric } from './own-metrics.ts';

const FIVE_MINUTES = Duration.minutes(5);
const HOUR = Duration.hours(1);
/** Detect has an event in seconds: fifteen minutes are a standstill, not a peak. */
const WAITING_SECONDS = 15 * 60;
/** Errors and throttles of each. */
const FUNCTIONS_AN_ALARM = MOST_METRICS / 2;

export function pipelineAlarms(parts: WatchedParts): readonly AlarmDefinition[] {
  const { deployment, pipeline } = parts;
  const trails = pipeline.collectors.flatMap(({ queues }) => queues);
  const queues = [pipeline.events, ...trails.map(({ queue }) => queue)].slice(0, MOST_METRICS);
  const deadLetters = [pipeline.deadLetters, ...trails.map((trail) => trail.deadLetters)];
  return [
    {
      id: 'queue-lag',
      says: 'Something has waited in a queue for more than 15 minutes.',
      metric: joined(
        'MAX',
        queues.map((queue) =>
          queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
        ),
        FIVE_MINUTES,
        'oldest message, seconds',
      ),
      above: WAITING_SECONDS,
      periods: 2,
    },
    {
      id: 'stream-lag',
      says: 'Changes of alerts have waited for more than 15 minutes to be told or kept.',
      metric: joined(
        'MAX',
        pipeline.followers.map(({ lambda }) =>
          lambda.metric('IteratorAge', { period: FIVE_MINUTES, statistic: 'Maximum' }),
        ),
        FIVE_MINUTES,
        'oldest change, milliseconds',
      ),
      above: 1_000 * WAITING_SECONDS,
      periods: 2,
    },
    {
      id: 'dead-letter',
      says: 'Something that nobody could use lies in a dead-letter queue.',
      metric: joined(
        'SUM',
        deadLetters
          .slice(0, MOST_METRICS)
          .map((queue) =>
            queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
          ),
        FIVE_MINUTES,
        'dead letters',
      ),
      above: 0,
      periods: 1,
    },
    {
      id: 'events-set-aside',
      says: 'Entries of the queue were no events that detect can read, and were set aside with their reason.',
      metric: ownMetric(deployment, 'eventsSetAside', 'Sum'),
      above: 0,
      periods: 1,
    },
    {
      id: 'failing-detection',
      says: 'A detection threw, and some events went by it.',
      metric: ownMetric(deployment, 'detectionsFailed', 'Sum'),
      above: 0,
      periods: 1,
    },
    ...functionAlarms(pipeline.functions),
  ];
}

/** By the hour and twice in three, so that a vendor's bad minute wakes nobody and an hourly turn that always fails does. */
function functionAlarms(functions: readonly WatchedFunction[]): readonly AlarmDefinition[] {
  const alarms: AlarmDefinition[] = [];
  for (let start = 0; start < functions.length; start += FUNCTIONS_AN_ALARM) {
    const some = functions.slice(start, start + FUNCTIONS_AN_ALARM);
    const number = start / FUNCTIONS_AN_ALARM + 1;
    alarms.push({
      id: `failing-function-${number}`,
      section: 'failing-function',
      says: `A function fails or is throttled: ${some.map(({ node }) => node.id).join(', ')}.`,
      metric: joined(
        'SUM',
        some.flatMap(({ lambda }) => [
          lambda.metricErrors({ period: HOUR, statistic: 'Sum' }),
          lambda.metricThrottles({ period: HOUR, statistic: 'Sum' }),
        ]),
        HOUR,
        'errors and throttles',
      ),
      above: 0,
      periods: 2,
      of: 3,
    });
  }
  return alarms;
}
