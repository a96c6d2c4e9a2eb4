/** Alarms of what comes in: feeds that are silent or behind, records that are damaged. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDefinition, WatchedParts } from './alarms.ts';
import { ownMetric } from './own-metrics.ts';
import { WATCH_EVERY } from './watch.ts';

const HOUR = Duration.hours(1);
/** Vendors change a field now and then; one record in twenty is more than that. */
const REJECTED_PERCENT = 5;
/** Of fewer records, a share says nothing. */
const ENOUGH_RECORDS = 100;
/** A vendor is down for an hour now and then. */
const BEHIND_SECONDS = 2 * 3_600;

export function feedAlarms({ deployment }: WatchedParts): readonly AlarmDefinition[] {
  return [
    {
      id: 'silent-feed',
      says: 'A feed has brought nothing home for three of its periods, or nobody watches feeds any longer.',
      metric: ownMetric(deployment, 'feedsSilent', 'Maximum', WATCH_EVERY),
      above: 0,
      periods: 2,
      missingRings: true,
    },
    {
      id: 'feed-lag',
      says: 'A feed was to be read more than two hours ago and has not been.',
      metric: ownMetric(deployment, 'slowestFeedSeconds', 'Maximum', WATCH_EVERY),
      above: BEHIND_SECONDS,
      periods: 1,
    },
    {
      id: 'rejected-records',
      says: `More than ${REJECTED_PERCENT} % of an hour's records were damaged: a vendor may have changed them.`,
      metric: new MathExpression({
        expression: `IF(read >= ${ENOUGH_RECORDS}, 100 * rejected / read, 0)`,
        usingMetrics: {
          read: ownMetric(deployment, 'recordsRead', 'Sum', HOUR),
          rejected: ownMetric(deployment, 'recordsRejected', 'Sum', HOUR),
        },
        label: 'rejected, percent',
        period: HOUR,
      }),
      above: REJECTED_PERCENT,
      periods: 1,
    },
  ];
}
