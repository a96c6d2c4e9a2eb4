/** The queue that is told of a trail's files. */
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { RingerError } from '../../core/errors.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import { awsFailure } from './failure.ts';
import { sendInTime, type Until } from './send.ts';

export interface TrailQueue {
  /** Gives up to ten messages, none when the queue is empty, and `undefined` when there was no time left. */
  readonly receive: () => Promise<readonly Message[] | undefined>;
  /** @throws SOURCE_UNAVAILABLE when one could not be deleted; it will be given again */
  readonly remove: (messages: readonly Message[]) => Promise<void>;
}

/** The most SQS gives and takes at once. */
const BATCH_MESSAGES = 10;
/** With any wait at all SQS asks all of its servers: no message then means an empty queue. */
const WAIT_SECONDS = 1;
/** How long after its deadline a run may still be busy with its last page. */
const LAST_PAGE_MS = MINUTE_MS;
/** What SQS allows. */
const LONGEST_MS = 12 * HOUR_MS;

export function trailQueue(sqs: SQSClient, queueUrl: string, until: Until): TrailQueue {
  const { clock, deadline } = until;
  return {
    async receive() {
      const leftMs = deadline - clock.now() + LAST_PAGE_MS;
      const command = new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: BATCH_MESSAGES,
        WaitTimeSeconds: WAIT_SECONDS,
        // Nobody else gets them while this run may still delete them, whatever the queue's own timeout.
        VisibilityTimeout: Math.ceil(Math.min(leftMs, LONGEST_MS) / SECOND_MS),
      });
      const answer = await sendInTime(
        (abortSignal) => sqs.send(command, { abortSignal }),
        until,
        'ReceiveMessage',
      );
      return answer === undefined ? undefined : (answer.Messages ?? []);
    },
    async remove(messages) {
      for (let start = 0; start < messages.length; start += BATCH_MESSAGES) {
        await removeBatch(sqs, queueUrl, messages.slice(start, start + BATCH_MESSAGES));
      }
    },
  };
}

async function removeBatch(sqs: SQSClient, queueUrl: string, messages: readonly Message[]): Promise<void> {
  const { Failed = [] } = await sqs
    .send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    )
    .catch((thrown: unknown) => {
      throw awsFailure(thrown, 'DeleteMessageBatch');
    });
  if (Failed.length > 0) {
    const message = `DeleteMessageBatch: ${Failed[0]?.Code ?? 'no reason'}`;
    throw new RingerError('SOURCE_UNAVAILABLE', message, { retryable: true });
  }
}
