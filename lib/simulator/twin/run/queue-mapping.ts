/** Takes messages out of a queue and gives them to a function, as Lambda's event-source mapping does. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { QueueState, TwinAws } from '../aws/index.ts';
import { TWIN_REGION } from '../aws/place.ts';
import type { TwinClock } from '../clock.ts';
import type { QueueMappingPlan } from '../templates/plan.ts';
import type { Activity } from './activity.ts';
import { failedOf } from './batch-failures.ts';
import type { FunctionPool } from './function-pool.ts';
import type { Mischief } from './mischief.ts';
import type { Timeline } from './timeline.ts';

/** What SQS gives and takes at once. */
const MOST_AT_ONCE = 10;

export interface QueueMappingOptions {
  readonly aws: TwinAws;
  readonly clock: TwinClock;
  readonly timeline: Timeline;
  readonly activity: Activity;
  readonly mischief: Mischief;
  /** Calls SQS in the function's name. */
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly pool: FunctionPool;
  readonly mostInstances: number;
}

export class QueueMapping {
  readonly #plan: QueueMappingPlan;
  readonly #options: QueueMappingOptions;
  #batches = 0;
  /** When SQS gave nothing though there was something: it moved what came too often away, or is about to give it. */
  #emptyAt: EpochMs | undefined;
  /** When a batch that is not full is given all the same. */
  #windowEnds: EpochMs | undefined;
  #cancelWait: () => void = () => undefined;

  constructor(plan: QueueMappingPlan, options: QueueMappingOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /**
   * Looks for messages, and gives out what is due.
   *
   * @returns whether anything was begun
   */
  async poll(): Promise<boolean> {
    const { aws, activity, mostInstances } = this.#options;
    const { queueArn, batchSize, mostAtATime } = this.#plan;
    const state = await aws.queueState(queueArn.slice(queueArn.lastIndexOf(':') + 1));
    const due = this.#dueBatches(state);
    const begun = Math.min(due, Math.min(mostAtATime, mostInstances) - this.#batches);
    for (let each = 0; each < begun; each++) {
      this.#batches++;
      activity.begin(() => this.#giveBatch(batchSize).finally(() => this.#batches--));
    }
    return begun > 0;
  }

  #dueBatches({ visible, nextVisibleTime }: QueueState): number {
    const { clock } = this.#options;
    const { batchSize, windowMs } = this.#plan;
    if (visible === 0) {
      this.#windowEnds = undefined;
      if (nextVisibleTime !== undefined) this.#waitUntil(Math.max(nextVisibleTime, clock.now() + 1));
      return 0;
    }
    if (this.#emptyAt === clock.now()) {
      this.#waitUntil(clock.now() + SECOND_MS);
      return 0;
    }
    this.#windowEnds ??= clock.now() + windowMs;
    if (clock.now() >= this.#windowEnds) {
      this.#windowEnds = undefined;
      return Math.ceil(visible / batchSize);
    }
    this.#waitUntil(this.#windowEnds);
    return Math.floor(visible / batchSize);
  }

  /** Sees to it that time stops then, and the queue is looked at. */
  #waitUntil(time: EpochMs): void {
    this.#cancelWait();
    this.#cancelWait = this.#options.timeline.at(time, () => undefined);
  }

  async #giveBatch(size: number): Promise<void> {
    const { clock, mischief, pool } = this.#options;
    // SQS may fail: Lambda comes again, and what is not deleted becomes visible by itself.
    const messages = await this.#receive(size).catch(() => undefined);
    if (messages === undefined) return this.#waitUntil(clock.now() + SECOND_MS);
    if (messages.length === 0) {
      this.#emptyAt = clock.now();
      return;
    }
    const records = mischief.shuffle(messages).map((message) => recordOf(message, this.#plan.queueArn));
    const outcome = await pool.invoke({ Records: records }, 'queue');
    const ids = records.map(({ messageId }) => messageId);
    const failed = failedOf(ids, outcome, this.#plan.reportsFailures);
    const done = records.filter(
      ({ messageId }) => !failed.has(messageId) && !mischief.happens('messagesTwice'),
    );
    await this.#delete(done.map(({ receiptHandle }) => receiptHandle)).catch(() =>
      this.#waitUntil(clock.now() + SECOND_MS),
    );
  }

  async #receive(size: number): Promise<readonly Message[]> {
    const { sqs, queueUrl, mischief } = this.#options;
    const all: Message[] = [];
    while (all.length < size) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queueUrl,
          MaxNumberOfMessages: Math.min(size - all.length, MOST_AT_ONCE),
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages) {
        const isFirst = message.Attributes?.['ApproximateReceiveCount'] === '1';
        if (isFirst && mischief.happens('messagesHeldBack')) await this.#putBack(message);
        else all.push(message);
      }
    }
    return all;
  }

  async #putBack({ ReceiptHandle }: Message): Promise<void> {
    const { sqs, queueUrl, mischief } = this.#options;
    const VisibilityTimeout = mischief.holdSeconds();
    await sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout }),
    );
  }

  async #delete(receiptHandles: readonly string[]): Promise<void> {
    const { sqs, queueUrl } = this.#options;
    for (let from = 0; from < receiptHandles.length; from += MOST_AT_ONCE) {
      const Entries = receiptHandles
        .slice(from, from + MOST_AT_ONCE)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  }
}

function recordOf(message: Message, eventSourceARN: string): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '' } = message;
  const { Attributes = {}, MessageAttributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType = '', StringValue }]) => [
        name,
        { dataType: DataType, ...(StringValue === undefined ? {} : { stringValue: StringValue }) },
      ]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: TWIN_REGION,
  };
}
