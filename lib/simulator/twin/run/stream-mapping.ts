/** Reads a table's stream and gives its records to a function, in order, as Lambda's event-source mapping does. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { DAY_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { StreamRecord, TwinAws } from '../aws/index.ts';
import type { TwinClock } from '../clock.ts';
import { fits } from '../event-pattern.ts';
import type { StreamMappingPlan } from '../templates/plan.ts';
import type { Activity } from './activity.ts';
import { failedOf } from './batch-failures.ts';
import type { FunctionPool } from './function-pool.ts';
import { createdTime, givenUpMessage } from './given-up.ts';
import type { Mischief } from './mischief.ts';
import { afterFailure, type StreamBatch } from './stream-batch.ts';
import type { Timeline } from './timeline.ts';

export interface StreamMappingOptions {
  readonly aws: TwinAws;
  readonly clock: TwinClock;
  readonly timeline: Timeline;
  readonly activity: Activity;
  readonly mischief: Mischief;
  /** Calls SQS in the function's name. */
  readonly sqs: SQSClient;
  readonly failureQueueUrl: string | undefined;
  readonly pool: FunctionPool;
}

/** Records are in a stream for no longer. */
const KEPT_MS = DAY_MS;

export class StreamMapping {
  readonly #plan: StreamMappingPlan;
  readonly #options: StreamMappingOptions;
  readonly #table: string;
  #readUpTo: string | undefined;
  /** Records that fit and have not been given yet. */
  #gathered: StreamRecord[] = [];
  #windowEnds: EpochMs | undefined;
  /** Batches that are to be given, the oldest records first. */
  #batches: StreamBatch[] = [];
  #isGiving = false;
  #notBefore: EpochMs = -Infinity;
  #triesInVain = 0;

  constructor(plan: StreamMappingPlan, options: StreamMappingOptions) {
    this.#plan = plan;
    this.#options = options;
    this.#table = /:table\/([^/]+)\//.exec(plan.streamArn)?.[1] ?? plan.streamArn;
  }

  /**
   * Looks for records, and gives the function the next batch.
   *
   * @returns whether anything was begun
   */
  async poll(): Promise<boolean> {
    const { clock, activity } = this.#options;
    if (this.#isGiving || clock.now() < this.#notBefore) return false;
    if (this.#batches.length === 0) await this.#gather();
    const [batch] = this.#batches;
    if (batch === undefined) return false;
    this.#isGiving = true;
    activity.begin(() => this.#give(batch).finally(() => (this.#isGiving = false)));
    return true;
  }

  /** Makes the next batch, if one is full or its window is over. */
  async #gather(): Promise<void> {
    const { aws, clock, timeline } = this.#options;
    const { batchSize, filters, windowMs } = this.#plan;
    while (this.#gathered.length < batchSize) {
      const records = await aws.readStream(this.#table, this.#readUpTo, batchSize);
      const last = records.at(-1);
      if (last === undefined) break;
      this.#readUpTo = last.dynamodb.SequenceNumber;
      this.#gathered.push(
        ...records.filter(
          (record) => filters.length === 0 || filters.some((pattern) => fits(record, pattern)),
        ),
      );
    }
    if (this.#gathered.length === 0) return;
    if (this.#windowEnds === undefined) {
      this.#windowEnds = clock.now() + windowMs;
      if (windowMs > 0) timeline.at(this.#windowEnds, () => undefined);
    }
    if (this.#gathered.length < batchSize && clock.now() < this.#windowEnds) return;
    this.#windowEnds = undefined;
    this.#batches.push({ records: this.#gathered.splice(0, batchSize), failures: 0 });
  }

  async #give(batch: StreamBatch): Promise<void> {
    const { clock, mischief, pool } = this.#options;
    const { records } = batch;
    const oldest = records[0] === undefined ? clock.now() : createdTime(records[0]);
    if (clock.now() - oldest > Math.min(this.#plan.maxAgeMs, KEPT_MS)) {
      this.#batches.shift();
      return this.#giveUp(batch, 'RecordAgeExceeded');
    }
    const outcome = await pool.invoke({ Records: records }, 'stream');
    const ids = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed = failedOf(ids, outcome, this.#plan.reportsFailures);
    if (failed.size === 0) {
      this.#triesInVain = 0;
      if (!mischief.happens('recordsTwice')) this.#batches.shift();
      return;
    }
    const failedFrom = ids.findIndex((id) => failed.has(id));
    const { next, givenUp } = afterFailure(batch, failedFrom, this.#plan);
    this.#batches.splice(0, 1, ...next);
    this.#waitMs(Math.min(SECOND_MS * 2 ** this.#triesInVain++, MINUTE_MS));
    if (givenUp !== undefined) await this.#giveUp(givenUp, 'RetryAttemptsExhausted');
  }

  #waitMs(ms: number): void {
    const { clock, timeline } = this.#options;
    this.#notBefore = clock.now() + ms;
    timeline.at(this.#notBefore, () => undefined);
  }

  async #giveUp(batch: StreamBatch, condition: Parameters<typeof givenUpMessage>[1]): Promise<void> {
    const { clock, sqs, failureQueueUrl, pool } = this.#options;
    this.#triesInVain = 0;
    if (failureQueueUrl === undefined) return;
    const from = { functionArn: pool.plan.arn, streamArn: this.#plan.streamArn, now: clock.now() };
    const MessageBody = givenUpMessage(batch, condition, from);
    try {
      await sqs.send(new SendMessageCommand({ QueueUrl: failureQueueUrl, MessageBody }));
    } catch {
      // SQS failed, as it may: what nobody has heard of is not given up yet.
      this.#batches.unshift(batch);
      this.#waitMs(SECOND_MS);
    }
  }
}
