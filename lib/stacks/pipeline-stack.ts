/** What runs: schedules, collectors, the queue, detect, and what tells people, keeps evidence and watches all of it. */
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { EVENT_TRIES, OUTPUT } from '../config/names.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';
import { addChannels } from './channels.ts';
import { addCollectors, type Collector } from './collectors.ts';
import { addDetect, DETECT_TIMEOUT } from './detect.ts';
import { addEvidence } from './evidence.ts';
import { addNotify, addSweep } from './notify.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { addTick } from './tick.ts';
import { addWatch } from './watch.ts';

export interface PipelineStackProps
  extends StackProps, Pick<PipelineParts, 'root' | 'names' | 'config' | 'state'> {}

export class PipelineStack extends Stack {
  readonly deadLetters: Queue;
  readonly events: Queue;
  readonly topics: readonly Topic[];
  readonly collectors: readonly Collector[];
  /** Those that hang on the alerts' stream. */
  readonly followers: readonly WatchedFunction[];
  /** Every function. */
  readonly functions: readonly WatchedFunction[];

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    const { root, names, config, state, ...rest } = props;
    super(scope, id, { description: 'Ringer: collectors, detection and notification', ...rest });
    this.deadLetters = this.#queue('DeadLetters', state, Duration.minutes(5));
    // Six times the function's timeout, so that no message is given to two of them while one is still at it.
    this.events = this.#queue(
      'Events',
      state,
      Duration.minutes(6 * DETECT_TIMEOUT.toMinutes()),
      this.deadLetters,
    );
    const channels = addChannels(this, config.alerts, names.resources, state.key);
    const parts: PipelineParts = {
      root,
      names,
      config,
      state,
      events: this.events,
      deadLetters: this.deadLetters,
      channels,
    };
    this.topics = channels.topics;
    this.collectors = addCollectors(this, parts);
    const [notify, evidence] = [addNotify(this, parts), addEvidence(this, parts)];
    this.followers = [notify, evidence];
    this.functions = [
      ...this.collectors.map(({ collector }) => collector),
      addDetect(this, parts),
      addTick(this, parts),
      ...this.followers,
      addSweep(this, parts),
      addWatch(this, parts),
    ];
    this.#output(OUTPUT.eventsQueueUrl, this.events.queueUrl);
    this.#output(OUTPUT.deadLettersQueueUrl, this.deadLetters.queueUrl);
    this.#output(OUTPUT.alertsTopicArn, channels.topic.topicArn);
  }

  #queue(
    id: string,
    { key }: PipelineParts['state'],
    visibilityTimeout: Duration,
    deadLetters?: Queue,
  ): Queue {
    return new Queue(this, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      // One request to the key an hour for each client instead of twelve.
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout,
      ...(deadLetters === undefined
        ? {}
        : { deadLetterQueue: { queue: deadLetters, maxReceiveCount: EVENT_TRIES } }),
    });
  }

  #output(id: string, value: string): void {
    new CfnOutput(this, id, { value });
  }
}
