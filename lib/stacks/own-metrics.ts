/** The metrics that Ringer's own code counts, as alarms and the dashboard read them. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC, METRIC_NAMESPACE } from '../config/names.ts';

/** Powertools writes `service` on every metric; ours has the deployment's name in all functions. */
export function ownMetric(
  deployment: string,
  metric: keyof typeof METRIC,
  statistic: string,
  period: Duration = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: METRIC[metric],
    dimensionsMap: { service: deployment },
    statistic,
    period,
  });
}

/**
 * Joins metrics into one, so that one alarm serves all of them. CloudWatch alarms on ten at most.
 *
 * @param by - `SUM` or `MAX`; a metric without data counts as 0
 */
export function joined(
  by: 'SUM' | 'MAX',
  metrics: readonly IMetric[],
  period: Duration,
  label: string,
): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  const filled = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return new MathExpression({ expression: `${by}([${filled.join(', ')}])`, usingMetrics, period, label });
}

/** CloudWatch’s limit for one alarm. */
export const MOST_METRICS = 10;
