/** Who hangs on the topic, each from their own severity on. */
import { Annotations } from 'aws-cdk-lib';
import { SubscriptionFilter, type Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { severitiesFrom } from '../config/channels.ts';
import type { Channel } from '../config/schema.ts';

/** Subscribes the channels of ringer.yaml. */
export function addChannels(scope: Construct, topic: Topic, channels: readonly Channel[]): void {
  for (const channel of channels) {
    const allowlist = [...severitiesFrom(channel.minimumSeverity)];
    const filterPolicy = { severity: SubscriptionFilter.stringFilter({ allowlist }) };
    switch (channel.type) {
      case 'email':
        topic.addSubscription(new EmailSubscription(channel.to, { filterPolicy }));
        break;
      case 'webhook':
        topic.addSubscription(new UrlSubscription(channel.url, { filterPolicy }));
        break;
      case 'slack':
        Annotations.of(scope).addWarningV2(
          'ringer:slack',
          `The Slack channel ${channel.channelId} is not connected yet.`,
        );
    }
  }
}
