/** How functions follow the alerts table's stream. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ALERT_SORT, CANARY_SORT } from '../config/names.ts';
import type { WatchedFunction } from '../constructs/watched-function.ts';
import type { PipelineParts } from './pipeline-parts.ts';

/** Records that may be news: an alert's own item or a canary's, new or changed; not what stands beside them. */
const NEWS = {
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { sk: { S: [ALERT_SORT, CANARY_SORT] } } },
};

/**
 * Hangs a function on the stream.
 *
 * @param tries - how often a record that fails is given again; without it, until the stream has forgotten it, a day later,
 *   while those behind it in its shard wait
 */
export function followAlerts(
  follower: WatchedFunction,
  { state, deadLetters }: PipelineParts,
  tries?: number,
): void {
  follower.lambda.addEventSource(
    new DynamoEventSource(state.alerts as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      ...(tries === undefined ? {} : { retryAttempts: tries }),
      onFailure: new SqsDlq(deadLetters),
      filters: [{ pattern: JSON.stringify(NEWS) }],
    }),
  );
  follower.acknowledge(
    'Resource::*',
    'dynamodb:ListStreams, which reading a stream needs, knows no resource.',
  );
}
