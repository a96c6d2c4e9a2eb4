/** One page that shows whether Ringer works: what comes in, how long it takes, what goes out. */
import { Duration, type Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type Alarm,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { PipelineStack } from './pipeline-stack.ts';
import { ownMetric } from './own-metrics.ts';

export interface DashboardProps {
  readonly deployment: string;
  readonly pipeline: PipelineStack;
  readonly alarms: readonly Alarm[];
}

const PERIOD = Duration.minutes(5);
const WIDTH = 8;

export function addDashboard(scope: Stack, { deployment, pipeline, alarms }: DashboardProps): void {
  const own = (metric: Parameters<typeof ownMetric>[1], statistic: string): IMetric =>
    ownMetric(deployment, metric, statistic);
  const sums = (...metrics: Parameters<typeof ownMetric>[1][]): IMetric[] =>
    metrics.map((metric) => own(metric, 'Sum'));
  new Dashboard(scope, 'Dashboard', {
    dashboardName: deployment,
    defaultInterval: Duration.days(1),
    widgets: [
      [new AlarmStatusWidget({ title: 'Alarms', width: 3 * WIDTH, alarms: [...alarms] })],
      [
        graph('Records', sums('recordsRead', 'recordsRejected')),
        graph(
          'Feeds behind, seconds',
          [own('slowestFeedSeconds', 'Maximum')],
          [own('feedsSilent', 'Maximum')],
        ),
        graph('Oldest message, seconds', [
          pipeline.events.metricApproximateAgeOfOldestMessage({ period: PERIOD }),
        ]),
      ],
      [
        graph('Events', sums('eventsWatched', 'eventsLate', 'eventsSetAside', 'detectionsFailed')),
        graph('Alerts', sums('alertsWritten', 'notificationsSent', 'notificationsFailed')),
        graph(
          'Canary, seconds',
          [own('canarySeconds', 'Maximum')],
          [own('subscriptionsUnconfirmed', 'Maximum')],
        ),
      ],
      [
        graph(
          'Errors',
          pipeline.functions.map(({ lambda, node }) =>
            lambda.metricErrors({ period: PERIOD, label: node.id }),
          ),
        ),
        graph(
          'Run time, milliseconds, slowest of ten',
          pipeline.functions.map(({ lambda, node }) =>
            lambda.metricDuration({ period: PERIOD, statistic: 'p90', label: node.id }),
          ),
        ),
        graph('Dead letters', [
          pipeline.deadLetters.metricApproximateNumberOfMessagesVisible({ period: PERIOD }),
        ]),
      ],
    ],
  });
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, width: WIDTH, left, right });
}
