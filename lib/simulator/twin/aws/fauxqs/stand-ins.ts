/**
 * Subscribers that are no queues: fauxqs sends them nothing.
 *
 * Each topic with such subscribers has a second one that nobody sees. Each of them has a queue there with its own filter
 * policy, and what is published to the first topic goes to the second too: a message in the queue is one delivered.
 */
import { arnOf } from '../place.ts';
import type { Emulator } from './emulator.ts';
import type { Queues } from './queues.ts';
import { subscribeForm, textFor, type Delivery, type Published, type Subscription } from './topic-log.ts';

interface StandIn {
  readonly subscription: Subscription;
  readonly queue: string;
}

export class StandIns {
  readonly deliveries: Delivery[] = [];
  readonly #emulator: Emulator;
  readonly #queues: Queues;
  /** By the topic's ARN. */
  readonly #byTopic = new Map<string, readonly StandIn[]>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(emulator: Emulator, queues: Queues) {
    this.#emulator = emulator;
    this.#queues = queues;
  }

  async add(subscription: Subscription): Promise<void> {
    const others = this.#byTopic.get(subscription.topicArn) ?? [];
    const Name = hiddenName(subscription.topicArn);
    await this.#emulator.sns(new URLSearchParams({ Action: 'CreateTopic', Name }));
    const queue = `${Name}-${others.length}`;
    const { arn: endpoint } = await this.#queues.create(queue);
    const { FilterPolicy, FilterPolicyScope } = subscription.attributes ?? {};
    const attributes = {
      ...(FilterPolicy === undefined ? {} : { FilterPolicy }),
      ...(FilterPolicyScope === undefined ? {} : { FilterPolicyScope }),
    };
    const hidden = { topicArn: arnOf('sns', Name), protocol: 'sqs', endpoint, attributes };
    await this.#emulator.sns(subscribeForm(hidden));
    this.#byTopic.set(subscription.topicArn, [...others, { subscription, queue }]);
  }

  /** Finds who gets a message: one message after another, so that none is taken for another. */
  deliver(published: Published, form: URLSearchParams): Promise<void> {
    const done = this.#last.then(() => this.#deliver(published, form));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #deliver(published: Published, form: URLSearchParams): Promise<void> {
    const standIns = this.#byTopic.get(published.topicArn) ?? [];
    if (standIns.length === 0) return;
    const hidden = new URLSearchParams(form);
    hidden.set('TopicArn', arnOf('sns', hiddenName(published.topicArn)));
    await this.#emulator.sns(hidden);
    for (const { subscription, queue } of standIns) {
      if (this.#queues.state(queue).visible === 0) continue;
      await this.#emulator.sqs('PurgeQueue', { QueueUrl: `http://twin/${queue}` });
      const { protocol, endpoint, topicArn } = subscription;
      const { messageId, subject, time } = published;
      const message = textFor(protocol, published);
      this.deliveries.push({ messageId, topicArn, protocol, endpoint, subject, message, time });
    }
  }
}

function hiddenName(topicArn: string): string {
  return `twin-${topicArn.split(':').at(-1)}`;
}
