/** What people got: what topics delivered to them, and what was posted to Slack. */
import type { EpochMs } from '../../core/time.ts';
import type { TwinAws } from './aws/index.ts';
import type { RecordingSlack } from './slack.ts';

export interface Notification {
  readonly time: EpochMs;
  /** `slack`, or SNS's name of the protocol: `email`, `https` */
  readonly channel: string;
  /** An address, a URL, or the name of a webhook's secret. */
  readonly to: string;
  readonly subject: string | undefined;
  readonly text: string;
  /** What Slack shows; absent elsewhere. */
  readonly blocks?: readonly unknown[];
}

/** Gives all so far, in the order of time. */
export async function notificationsOf(aws: TwinAws, slack: RecordingSlack): Promise<readonly Notification[]> {
  const delivered = (await aws.deliveries()).map(({ time, protocol, endpoint, subject, message }) => ({
    time,
    channel: protocol,
    to: endpoint,
    subject,
    text: message,
  }));
  const posted = slack.posts.map(({ time, webhook, body: { text = '', blocks = [] } }) => ({
    time,
    channel: 'slack',
    to: webhook,
    subject: undefined,
    text,
    blocks,
  }));
  return [...delivered, ...posted].sort((a, b) => a.time - b.time);
}
