/** Detect: what hangs on the queue and finds what is suspicious. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { ENVIRONMENT } from '../config/names.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import { addDetectLayers } from './detect-layers.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export const DETECT_TIMEOUT = Duration.minutes(2);

export function addDetect(scope: Stack, parts: PipelineParts): WatchedFunction {
  const { root, names, state, events, deadLetters } = parts;
  const { layers, variables } = addDetectLayers(scope, parts);
  const detect = new WatchedFunction(scope, 'Detect', {
    root,
    deployment: names.resources,
    file: 'detect',
    description: 'Finds what is suspicious in the events of the queue',
    timeout: DETECT_TIMEOUT,
    // The databases take 134 MB; more memory is also a faster processor.
    memoryMb: 1_024,
    layers,
    // What it concludes about others comes back through the queue, and no further than that.
    goesRound: true,
  })
    .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => {
      state.ledger.grant(
        to,
        'dynamodb:Query',
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:PutItem',
        'dynamodb:DeleteItem',
      );
      state.key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) =>
      state.alerts.grant(to, 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'),
    )
    .uses(ENVIRONMENT.directoryTable, state.directory.tableName, (to) =>
      state.directory.grant(
        to,
        'dynamodb:Query',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ),
    )
    .uses(ENVIRONMENT.eventsQueueUrl, events.queueUrl, (to) => events.grant(to, 'sqs:SendMessage'))
    .uses(ENVIRONMENT.deadLettersQueueUrl, deadLetters.queueUrl, (to) =>
      deadLetters.grant(to, 'sqs:SendMessage'),
    );
  for (const [variable, value] of variables) detect.knows(variable, value);
  detect.lambda.addEventSource(
    new SqsEventSource(events, {
      batchSize: 10,
      maxBatchingWindow: Duration.seconds(5),
      maxConcurrency: 5,
      reportBatchItemFailures: true,
    }),
  );
  return detect;
}
