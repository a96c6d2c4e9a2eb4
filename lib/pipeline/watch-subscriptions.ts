/** Counts the subscriptions of our topics that nobody has confirmed: whoever was meant hears nothing. */
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';

let shared: SNSClient | undefined;

export async function unconfirmedSubscriptions(topicArns: readonly string[]): Promise<number> {
  shared ??= new SNSClient({});
  let unconfirmed = 0;
  for (const TopicArn of topicArns) {
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client: shared },
      { TopicArn },
    )) {
      unconfirmed += Subscriptions.filter(({ SubscriptionArn }) => !isArn(SubscriptionArn)).length;
    }
  }
  return unconfirmed;
}

/** Until it is confirmed, a subscription has a word in the place of its ARN. */
function isArn(written: string | undefined): boolean {
  return written?.startsWith('arn:') === true;
}
