/**
 * Brings events back from the dead-letter queue, once whatever kept them from being used is mended. Three kinds of
 * message lie there: single events that detect set aside with a reason, whole messages of the events queue that failed
 * too often, and what Lambda says of records of a stream that it gave up.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { RingerError } from '../core/errors.ts';
import type { EpochMs } from '../core/time.ts';
import { readDeadLetter, type DeadLetter } from './dead-letter.ts';
import { openEventQueue } from './event-queue.ts';

export interface Redriving {
  readonly deadLettersQueueUrl: string;
  readonly eventsQueueUrl: string;
  /** At most so many messages. */
  readonly limit: number;
  /** Only looks. */
  readonly dryRun: boolean;
  /** What comes there from now on is left alone: it may be what has just been sent back, and failed again. */
  readonly now: EpochMs;
}

/** What became of the messages of one reason. */
export interface Redriven {
  readonly reason: string;
  readonly messages: number;
  /** Events that go back; 0 when the messages stay. */
  readonly events: number;
}

/** So many messages are taken before those that go back are sent and deleted: single events then share messages. */
const TURN_MESSAGES = 200;
/** Nobody else, nor this run, sees a message so long after it was taken. */
const HIDDEN_SECONDS = 15 * 60;
/** SQS takes no more at once. */
const BATCH = 10;

interface Taken {
  readonly message: Message;
  readonly letter: DeadLetter;
}

/**
 * Takes what lies in the dead-letter queue, sends events back, and only then deletes them there. Killed in between, it
 * sends an event twice, which changes nothing.
 *
 * @returns by reason, most messages first
 */
export async function redrive(run: Redriving): Promise<readonly Redriven[]> {
  const client = new SQSClient({});
  const reasons = new Map<string, Redriven>();
  const held = new Set<Message>();
  try {
    for (let left = run.limit, isMore = true; isMore && left > 0; left -= TURN_MESSAGES) {
      const most = Math.min(left, TURN_MESSAGES);
      const turn = await take(client, run, most, held);
      isMore = turn.length === most;
      for (const { letter } of turn) count(reasons, letter);
      const back = run.dryRun ? [] : turn.filter(({ letter }) => letter.kind !== 'stays');
      await sendBack(client, back, run);
      for (const { message } of back) held.delete(message);
    }
  } finally {
    await release(client, run.deadLettersQueueUrl, [...held]);
    client.destroy();
  }
  return [...reasons.values()].sort((a, b) => b.messages - a.messages);
}

/**
 * Takes up to so many messages; fewer mean that there are no more.
 *
 * @param held - gets them, and those that have come since the run began
 */
async function take(
  client: SQSClient,
  { deadLettersQueueUrl, now }: Redriving,
  most: number,
  held: Set<Message>,
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  while (taken.length < most) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersQueueUrl,
        MaxNumberOfMessages: Math.min(BATCH, most - taken.length),
        VisibilityTimeout: HIDDEN_SECONDS,
        // A long poll asks every server that may hold a message.
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) {
      held.add(message);
      if (Number(message.Attributes?.SentTimestamp) >= now) continue;
      taken.push({ message, letter: readDeadLetter(message.Body ?? '') });
    }
  }
  return taken;
}

async function sendBack(client: SQSClient, back: readonly Taken[], run: Redriving): Promise<void> {
  const singles = back.flatMap(({ letter }) => (letter.kind === 'event' ? [letter.event] : []));
  await openEventQueue(run.eventsQueueUrl).send(singles);
  for (const { letter, message } of back) {
    if (letter.kind !== 'packed') continue;
    await client.send(new SendMessageCommand({ QueueUrl: run.eventsQueueUrl, MessageBody: message.Body }));
  }
  for (const some of batches(back)) {
    const { Failed = [] } = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: run.deadLettersQueueUrl,
        Entries: some.map(({ message }, index) => ({
          Id: String(index),
          ReceiptHandle: message.ReceiptHandle,
        })),
      }),
    );
    if (Failed.length > 0)
      throw new RingerError(
        'STORE_FAILED',
        `${Failed.length} messages were sent back and could not be deleted: they may be sent once more`,
        { retryable: true },
      );
  }
}

/** What is still there is to be seen at once by whoever looks next. */
async function release(client: SQSClient, url: string, held: readonly Message[]): Promise<void> {
  for (const some of batches(held)) {
    await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: some.map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
}

function count(reasons: Map<string, Redriven>, { reason, kind, events }: DeadLetter): void {
  const key = `${kind} ${reason}`;
  const known = reasons.get(key);
  reasons.set(key, {
    reason,
    messages: (known?.messages ?? 0) + 1,
    events: (known?.events ?? 0) + events,
  });
}

function* batches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += BATCH) yield all.slice(start, start + BATCH);
}
