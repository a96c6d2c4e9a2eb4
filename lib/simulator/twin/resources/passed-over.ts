/** Resources that change nothing of what the twin does: they watch, describe, bill or protect. */
import { arnOf } from '../aws/place.ts';
import { generatedName, textIn, type Making, type Made } from './maker.ts';

export const PASSED_OVER: ReadonlySet<string> = new Set([
  'AWS::Athena::NamedQuery',
  'AWS::Athena::WorkGroup',
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  // What is encrypted with which key is in the plan; the keys themselves encrypt nothing here.
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::ResourcePolicy',
]);

/** Gives what others may refer to: a name, and an ARN that looks like one. */
export function passOver(making: Making): Made {
  const { type, properties } = making;
  const name =
    textIn(properties, 'Name') ??
    textIn(properties, `${type.slice(type.lastIndexOf(':') + 1)}Name`) ??
    generatedName(making, 128);
  const service = (type.split('::')[1] ?? '').toLowerCase();
  const kind = type.slice(type.lastIndexOf(':') + 1).toLowerCase();
  return {
    ref: name,
    attribute: (attribute) => (attribute.endsWith('Arn') ? arnOf(service, `${kind}/${name}`) : name),
  };
}
