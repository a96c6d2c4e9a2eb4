/**
 * AWS on this machine: one HTTP server on a free port of the loopback interface that answers for DynamoDB, SQS, SNS, S3,
 * Secrets Manager, EventBridge, STS and CloudFormation in AWS's own protocols, with the SDK none the wiser.
 *
 * A process is a caller by its environment: `AWS_ENDPOINT_URL` is `endpoint`, `AWS_REGION` is `TWIN_REGION`,
 * `AWS_ACCESS_KEY_ID` is the caller's name (`detect`, or `detect~7` for one of several runs of it) and
 * `AWS_SECRET_ACCESS_KEY` is anything. Every call is recorded with IAM's name of the action and the ARNs it touches.
 * Everything is in the account `TWIN_ACCOUNT_ID`.
 *
 * The server has a thread of its own with a clock of its own. After `setNow` that clock stands still until the next
 * `setNow`: messages become visible again, are delayed, and items expire by it, and no call waits for a message to come.
 * Without `setNow` it is the real one. What differs from AWS is in docs/twin.md.
 */
import type { Call } from './calls.ts';
import type { CapacityUse } from './dynamodb/capacity-totals.ts';
import type { BusEvent } from './event-bus.ts';
import type { Fault } from './faults.ts';
import type { QueueState } from './fauxqs/queue-state.ts';
import type { StreamRecord } from './dynamodb/stream-log.ts';
import type { TableShape } from './dynamodb/table-shape.ts';
import type { Delivery, Published, Subscription } from './fauxqs/topic-log.ts';

export { startTwinAws } from './start.ts';
export { TWIN_ACCOUNT_ID, TWIN_REGION } from './place.ts';
export type {
  BusEvent,
  Call,
  CapacityUse,
  Delivery,
  Fault,
  Published,
  QueueState,
  StreamRecord,
  Subscription,
  TableShape,
};

export interface TwinAws extends Controls {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly endpoint: string;
  /**
   * Hears of callers that `killAt` has stopped. The caller gets no answer any more: whoever runs it ends it.
   *
   * Only the last function given is called.
   */
  readonly onKill: (callback: (killed: Killed) => void) => void;
  /** Ends the server; calls without an answer fail. */
  readonly stop: () => Promise<void>;
}

/** A caller that stands still in the middle of a call. */
export interface Killed {
  readonly caller: string;
  /** The run of it, when the access key named one. */
  readonly run: string | undefined;
  /** `dynamodb:PutItem`, for the report. */
  readonly action: string;
  /** Whether the call took effect. */
  readonly when: 'before' | 'after';
}

/** What can be asked of the server's thread. Lists `after` a number begin with the entry of that index. */
export interface Controls {
  /** Makes a table; it is there at once. */
  readonly createTable: (
    shape: TableShape,
  ) => Promise<{ readonly arn: string; readonly streamArn: string | undefined }>;
  /** @param attributes - as SQS names them, all values texts: `VisibilityTimeout`, `RedrivePolicy`, `DelaySeconds` */
  readonly createQueue: (
    name: string,
    attributes?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly url: string; readonly arn: string }>;
  readonly createTopic: (name: string) => Promise<{ readonly arn: string }>;
  /** Subscribes, confirmed unless it is said to be pending. Queues get messages; what others would get is in `deliveries`. */
  readonly subscribe: (subscription: Subscription) => Promise<{ readonly arn: string }>;
  readonly createBucket: (name: string) => Promise<{ readonly arn: string }>;
  /** Makes a secret, or gives it a value; one that was never given a value is empty, as AWS would have it. */
  readonly putSecret: (name: string, value?: string) => Promise<{ readonly arn: string }>;
  /** Says what CloudFormation tells of a stack. */
  readonly setStackOutputs: (stack: string, outputs: Readonly<Record<string, string>>) => Promise<void>;
  /** Sends calls of a service (`cloudtrail`, `ssm`) on to another server on this machine; they are recorded here. */
  readonly forward: (service: string, url: string) => Promise<void>;

  /** Sets the server's clock. @param now - milliseconds since 1970, never earlier than before */
  readonly setNow: (now: number) => Promise<void>;
  /** Removes what has expired by the server's clock, as DynamoDB does. @returns how many items */
  readonly expireItems: () => Promise<number>;

  /**
   * Reads a table's stream in order.
   *
   * @param after - the last sequence number that was read; `undefined` for the oldest that is kept (24 hours)
   */
  readonly readStream: (
    table: string,
    after: string | undefined,
    limit: number,
  ) => Promise<readonly StreamRecord[]>;
  /** Counts a queue's messages, and says when the next one that is hidden can be received. */
  readonly queueState: (name: string) => Promise<QueueState>;
  /** Makes every message that is hidden visible now, as if its timeout had passed. @returns how many */
  readonly makeVisible: (name: string) => Promise<number>;

  /** Every call so far, in the order they were answered. */
  readonly calls: (after?: number) => Promise<readonly Call[]>;
  /** Units of DynamoDB by caller, table and index (the table itself has no `index`). */
  readonly capacity: () => Promise<readonly CapacityUse[]>;
  /** Every event that was put on a bus. */
  readonly busEvents: (after?: number) => Promise<readonly BusEvent[]>;
  /** Every message published to a topic. */
  readonly published: (after?: number) => Promise<readonly Published[]>;
  /** What subscribers that are no queues would have got, their filter policies applied. */
  readonly deliveries: (after?: number) => Promise<readonly Delivery[]>;

  /** Lets calls fail from now on. */
  readonly inject: (fault: Fault) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
  /** Stops a caller at its n-th call from now on (1 is the next), before or after the call takes effect; see `onKill`. */
  readonly killAt: (caller: string, n: number, when: 'before' | 'after') => Promise<void>;
}
