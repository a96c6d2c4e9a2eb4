/** Tick: what wakes those for whom time itself matters. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ALERT_INDEXES } from '../config/alert-indexes.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { addTurns } from '../constructs/turns.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export function addTick(scope: Stack, { root, names, state, events }: PipelineParts): WatchedFunction {
  const tick = new WatchedFunction(scope, 'Tick', {
    root,
    deployment: names.resources,
    file: 'tick',
    description: 'Gives everybody who is due a tick',
    timeout: Duration.minutes(4),
    memoryMb: 256,
  })
    .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => {
      state.ledger.grant(to, 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
      state.key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.directoryTable, state.directory.tableName, (to) =>
      state.directory.grant(to, 'dynamodb:GetItem'),
    )
    .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) =>
      state.alerts.grant(to, 'dynamodb:BatchGetItem'),
    )
    .may(['dynamodb:Query'], [`${state.alerts.tableArn}/index/${ALERT_INDEXES.status.name}`])
    .uses(ENVIRONMENT.eventsQueueUrl, events.queueUrl, (to) => events.grant(to, 'sqs:SendMessage'));
  addTurns(tick, {
    tick: { schedule: Schedule.rate(Duration.minutes(5)), description: 'Wakes those who are due' },
  });
  return tick;
}
