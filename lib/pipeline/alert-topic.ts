/** The topic that e-mail and everything else hangs on. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { AlertMessage } from './alert-message.ts';

export interface AlertTopic {
  readonly publish: (message: AlertMessage) => Promise<void>;
}

let shared: SNSClient | undefined;

/** Opens the topic. */
export function openAlertTopic(arn: string): AlertTopic {
  return {
    async publish({ subject, text, attributes }) {
      shared ??= new SNSClient({});
      const named = Object.entries(attributes).map(([name, value]) => [
        name,
        { DataType: 'String', StringValue: value },
      ]);
      await shared.send(
        new PublishCommand({
          TopicArn: arn,
          Subject: subject,
          MessageStructure: 'json',
          Message: JSON.stringify({ default: text, email: text }),
          MessageAttributes: Object.fromEntries(named) as Record<
            string,
            { DataType: string; StringValue: string }
          >,
        }),
      );
    },
  };
}
