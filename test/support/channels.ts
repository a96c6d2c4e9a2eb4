/** Channels that keep what they are sent. */
import type { Message } from '../../lib/core/alerts/message.ts';
import type { NotifyChannel } from '../../lib/pipeline/notify-channel.ts';

export interface TestChannel extends NotifyChannel {
  readonly sent: Message[];
  /** Failures to give before all is well again. */
  readonly failures: Error[];
}

export function testChannel(id: string, over: Partial<NotifyChannel> = {}): TestChannel {
  const sent: Message[] = [];
  const failures: Error[] = [];
  return {
    id,
    minimum: 'medium',
    detail: 'full',
    send(message) {
      const failure = failures.shift();
      if (failure !== undefined) return Promise.reject(failure);
      sent.push(message);
      return Promise.resolve();
    },
    sent,
    failures,
    ...over,
  };
}
