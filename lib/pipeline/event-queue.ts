/** The queue between collecting and detecting, and the place for what cannot be used. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Event } from '../core/events/index.ts';
import type { CanarySent } from '../stores/canaries.ts';
import { canaryEntry } from './canary.ts';
import { packEvents } from './event-message.ts';

export interface EventQueue {
  /** Resolves once every event is safely in the queue. */
  readonly send: (events: readonly Event[]) => Promise<void>;
}

let shared: SQSClient | undefined;

/** Opens the queue. */
export function openEventQueue(url: string): EventQueue {
  return {
    async send(events) {
      for (const body of packEvents(events)) await sendMessage(url, body);
    },
  };
}

/** Sends a canary the way of an event. */
export async function sendCanary(url: string, canary: CanarySent): Promise<void> {
  for (const body of packEvents([canaryEntry(canary)])) await sendMessage(url, body);
}

/** Opens the dead-letter queue for single events that nobody can use: each goes there with its reason. */
export function openDeadLetters(url: string): (entry: unknown, because: string) => Promise<void> {
  return (entry, because) => sendMessage(url, JSON.stringify({ because, entry }));
}

async function sendMessage(url: string, body: string): Promise<void> {
  shared ??= new SQSClient({});
  await shared.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
}
