/** What was published to topics, and what subscribers that are no queues got. */
import { withLists } from './filter-policy.ts';

export interface Subscription {
  readonly topicArn: string;
  /** `sqs`, `email`, `https` … */
  readonly protocol: string;
  /** The ARN of a queue, an address, a URL. */
  readonly endpoint: string;
  /** As SNS names them, all values texts: `FilterPolicy`, `RawMessageDelivery`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Nobody has confirmed it: it is listed as such and gets nothing. */
  readonly pending?: boolean;
}

export interface Published {
  readonly messageId: string;
  readonly topicArn: string;
  readonly subject: string | undefined;
  /** As it was given. */
  readonly message: string;
  /** The message is JSON with a text for each protocol. */
  readonly byProtocol: boolean;
  readonly caller: string;
  /** Milliseconds since 1970 by the twin's clock. */
  readonly time: number;
}

export interface Delivery {
  readonly messageId: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly subject: string | undefined;
  /** The text of this protocol. */
  readonly message: string;
  readonly time: number;
}

/** Gives the text of a message that subscribers of a protocol get. */
export function textFor(
  protocol: string,
  { byProtocol, message }: Pick<Published, 'byProtocol' | 'message'>,
): string {
  if (!byProtocol) return message;
  const texts = JSON.parse(message) as Readonly<Record<string, string>>;
  return texts[protocol] ?? texts['default'] ?? '';
}

/** Words a subscription as SNS is asked for it. */
export function subscribeForm({
  topicArn,
  protocol,
  endpoint,
  attributes = {},
}: Subscription): URLSearchParams {
  const form = new URLSearchParams({
    Action: 'Subscribe',
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
  });
  const aboutBody = attributes['FilterPolicyScope'] === 'MessageBody';
  for (const [index, [key, value]] of Object.entries(attributes).entries()) {
    form.set(`Attributes.entry.${index + 1}.key`, key);
    const isPolicy = key === 'FilterPolicy' && !aboutBody;
    form.set(`Attributes.entry.${index + 1}.value`, isPolicy ? withLists(value) : value);
  }
  return form;
}
