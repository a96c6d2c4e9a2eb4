/** Every alarm. Its id is the anchor of its section in docs/runbook.md. */
import type { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { feedAlarms } from './alarms-feeds.ts';
import { pipelineAlarms } from './alarms-pipeline.ts';
import { tellingAlarms } from './alarms-telling.ts';
import type { PipelineStack } from './pipeline-stack.ts';

export interface AlarmDefinition {
  /** Lower-case words with hyphens. */
  readonly id: string;
  /** Says what is wrong, as a sentence. */
  readonly says: string;
  readonly metric: IMetric;
  /** Rings above. */
  readonly above: number;
  /** Rings when so many of the last `of` periods are above. */
  readonly periods: number;
  readonly of?: number;
  /** Rings, too, when there is nothing to measure. */
  readonly missingRings?: boolean;
  /** The section, where several alarms share one. */
  readonly section?: string;
}

export interface WatchedParts {
  /** The one dimension of our own metrics. */
  readonly deployment: string;
  readonly pipeline: PipelineStack;
}

export interface AlarmsProps extends WatchedParts {
  readonly topic: ITopic;
  /** Where people read docs/runbook.md. */
  readonly runbook: string;
}

export function addAlarms(scope: Stack, { topic, runbook, ...parts }: AlarmsProps): readonly Alarm[] {
  const definitions = [...feedAlarms(parts), ...pipelineAlarms(parts), ...tellingAlarms(parts)];
  const action = new SnsAction(topic);
  return definitions.map(({ id, says, metric, above, periods, of, missingRings, section }) => {
    const alarm = new Alarm(scope, `Alarm-${id}`, {
      alarmName: `${parts.deployment}-${id}`,
      alarmDescription: `${says} What to do: ${runbook}#${section ?? id}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      datapointsToAlarm: periods,
      evaluationPeriods: of ?? periods,
      treatMissingData: missingRings === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  });
}
