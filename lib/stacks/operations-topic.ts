/**
 * Where alarms go. Not the topic of alerts: its subscriptions ask for a severity, which no alarm states, and those who
 * read alerts need not be those who mend Ringer.
 */
import { Annotations, Aws, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';

/** @param addresses - who hears of alarms: the e-mail channels that get everything about an alert */
export function addOperationsTopic(scope: Stack, addresses: readonly string[], masterKey: Key): Topic {
  const topic = new Topic(scope, 'Topic', { displayName: 'Ringer operations', masterKey, enforceSSL: true });
  for (const address of addresses) topic.addSubscription(new EmailSubscription(address));
  if (addresses.length === 0)
    Annotations.of(topic).addWarningV2(
      'ringer:operators',
      'No channel of type email has detail: full, so nobody hears of alarms. Subscribe somebody to the topic of operations.',
    );
  for (const service of ['cloudwatch', 'budgets']) {
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
  return topic;
}
