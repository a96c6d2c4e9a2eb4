/** Opens the channels of a deployment: the topic, and those that ringer.yaml names beside it. */
import type { OwnChannel } from '../config/channels.ts';
import type { Severity } from '../core/alerts/severity.ts';
import type { Clock } from '../sources/transport.ts';
import { openSlack } from './alert-slack.ts';
import { openAlertTopic } from './alert-topic.ts';
import { restingAfterFailure, type NotifyChannel } from './notify-channel.ts';
import { readSecret } from './secret.ts';

/** What the functions that notify know of their surroundings. */
export interface ChannelSettings {
  readonly alertsTopicArn: string;
  readonly notifyFrom: Severity;
  readonly ownChannels: readonly OwnChannel[] | undefined;
}

export function openChannels(settings: ChannelSettings, clock: Clock): readonly NotifyChannel[] {
  const topic = { id: 'topic', minimum: settings.notifyFrom, detail: 'full' } as const;
  const channels = [
    openAlertTopic(settings.alertsTopicArn, topic),
    ...(settings.ownChannels ?? []).map(({ type, target, ...own }) =>
      type === 'topic'
        ? openAlertTopic(target, own)
        : openSlack({ url: () => readSecret(target), transport: fetch, clock }, own),
    ),
  ];
  return channels.map((channel) => restingAfterFailure(channel, clock));
}
