/** The ways to people: a topic, who hangs on it from which severity on, and the secrets of Slack's webhooks. */
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import {
  leastSeverity,
  severitiesFrom,
  slackChannels,
  subscribed,
  type OwnChannel,
} from '../config/channels.ts';
import type { Channel, RingerConfig } from '../config/schema.ts';
import { emptySecret, grantValue } from '../constructs/empty-secret.ts';

export interface AlertChannels {
  /** Everything about an alert is told here. */
  readonly topic: Topic;
  /** That one, and the one for those who are to be told little. */
  readonly topics: readonly Topic[];
  /** What functions send to beside the topic. */
  readonly own: readonly OwnChannel[];
  /** Gives the right to send to all of them. */
  readonly grantSend: (to: IGrantable) => void;
}

/**
 * Adds the channels of ringer.yaml. Who is to be told little hangs on a topic of its own, where nothing else ever is.
 *
 * @param resources - of `deploymentNames`
 */
export function addChannels(
  scope: Construct,
  alerts: RingerConfig['alerts'],
  resources: string,
  key: Key,
): AlertChannels {
  const topic = addTopic(scope, 'AlertsTopic', subscribed(alerts, 'full'), key);
  const topics = [topic];
  const own: OwnChannel[] = [];
  const minimal = subscribed(alerts, 'minimal');
  if (minimal.length > 0) {
    const minimalTopic = addTopic(scope, 'MinimalAlertsTopic', minimal, key);
    topics.push(minimalTopic);
    const target = minimalTopic.topicArn;
    own.push({
      id: 'topic-minimal',
      type: 'topic',
      minimum: leastSeverity(minimal),
      detail: 'minimal',
      target,
    });
  }
  const slack = slackChannels(alerts, resources);
  const secrets = slack.map(({ id, target }) =>
    emptySecret(scope, `Secret-${id}`, {
      secretName: target,
      description: `URL of the incoming webhook of ${id}, filled by \`ringer connect\``,
      reason: 'Only Slack can issue a new one: `ringer connect` replaces it.',
    }),
  );
  return {
    topic,
    topics,
    own: [...own, ...slack],
    grantSend(to) {
      for (const each of topics) each.grantPublish(to);
      for (const each of secrets) grantValue(to, each.secretArn);
    },
  };
}

function addTopic(scope: Construct, id: string, channels: readonly Channel[], masterKey: Key): Topic {
  const topic = new Topic(scope, id, { displayName: 'Ringer', masterKey, enforceSSL: true });
  for (const channel of channels) {
    const allowlist = [...severitiesFrom(channel.minimumSeverity)];
    const filterPolicy = { severity: SubscriptionFilter.stringFilter({ allowlist }) };
    if (channel.type === 'email') topic.addSubscription(new EmailSubscription(channel.to, { filterPolicy }));
    if (channel.type === 'webhook') topic.addSubscription(new UrlSubscription(channel.url, { filterPolicy }));
  }
  return topic;
}
