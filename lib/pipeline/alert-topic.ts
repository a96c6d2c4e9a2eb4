/** The topic that e-mail, Amazon Q and everything else hangs on: one message with a text for each kind of reader. */
import { PublishCommand, SNSClient, type MessageAttributeValue } from '@aws-sdk/client-sns';
import type { Alert } from '../core/alerts/alert.ts';
import { chatMessage } from '../core/alerts/chat-message.ts';
import { emailOfAlert, emailText, shortTexts } from '../core/alerts/email-text.ts';
import type { Detail, Message } from '../core/alerts/message.ts';
import { contractOf } from '../core/alerts/publish.ts';
import type { NotifyChannel } from './notify-channel.ts';

// SNS takes 256 KiB, all texts together: each has its share even when every character of it takes three bytes.
const LONGEST_EMAIL = 25_000;
const LARGEST_JSON_BYTES = 90_000;

let shared: SNSClient | undefined;

/** Opens the topic as a channel. */
export function openAlertTopic(arn: string, settings: Omit<NotifyChannel, 'send'>): NotifyChannel {
  return {
    ...settings,
    async send(message, alert) {
      shared ??= new SNSClient({});
      await shared.send(
        new PublishCommand({
          TopicArn: arn,
          Subject: message.subject,
          MessageStructure: 'json',
          Message: JSON.stringify(textsOf(message, settings.detail, alert)),
          MessageAttributes: attributesOf(message),
        }),
      );
    },
  };
}

/** Gives the text for each protocol: `https` is Amazon Q's, and anybody's who subscribes a URL. */
export function textsOf(
  message: Message,
  detail: Detail,
  alert?: Alert,
): { readonly default: string; readonly email: string; readonly https: string } {
  const told = detail === 'full' ? alert : undefined;
  const email = told === undefined ? emailText(message) : emailOfAlert(told);
  return {
    default: told === undefined ? JSON.stringify(message) : jsonOf(told),
    email: email.slice(0, LONGEST_EMAIL).toWellFormed(),
    https: JSON.stringify(chatMessage(message)),
  };
}

function jsonOf(alert: Alert): string {
  const contract = contractOf(alert);
  const whole = JSON.stringify(contract);
  // The JSON travels inside JSON, where each of its quotation marks takes two bytes.
  if (Buffer.byteLength(JSON.stringify(whole)) <= LARGEST_JSON_BYTES) return whole;
  const { related, evidence, contributions } = contract;
  const shorter = {
    ...contract,
    related: related.slice(0, 20),
    evidence: [...evidence.slice(0, 9), ...evidence.slice(9).slice(-1)],
    ...(contributions === undefined ? {} : { contributions: contributions.slice(0, 20) }),
  };
  return JSON.stringify(shortTexts(shorter, 120));
}

function attributesOf({
  kind,
  severities,
  detection,
  subjectKind,
}: Message): Record<string, MessageAttributeValue> {
  const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });
  const [only = ''] = severities;
  return {
    message: text(kind),
    // A filter takes a list when it takes any of it.
    severity:
      severities.length === 1
        ? text(only)
        : { DataType: 'String.Array', StringValue: JSON.stringify(severities) },
    ...(detection === undefined ? {} : { detection: text(detection) }),
    ...(subjectKind === undefined ? {} : { subjectKind: text(subjectKind) }),
  };
}
