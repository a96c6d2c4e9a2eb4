/** What tells people: notify, as alerts change, and the sweep, which makes up for what was missed. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { collectedFeedsText, leastSeverity, subscribed } from '../config/channels.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { addTurns } from '../constructs/turns.ts';
import { WatchedFunction, type WatchedFunctionProps } from '../constructs/watched-function.ts';
import { followAlerts } from './alert-stream.ts';
import { collectedFeeds } from './collectors.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export function addNotify(scope: Stack, parts: PipelineParts): WatchedFunction {
  const { state } = parts;
  const notify = notifier(scope, 'Notify', parts, {
    file: 'notify',
    description: 'Tells people of alerts that are new or have become more urgent',
    timeout: Duration.minutes(1),
    memoryMb: 256,
  }).uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) =>
    state.ledger.grant(to, 'dynamodb:UpdateItem'),
  );
  // Few tries: the records behind wait meanwhile, and the sweep has what is given up.
  followAlerts(notify, parts, 3);
  return notify;
}

export function addSweep(scope: Stack, parts: PipelineParts): WatchedFunction {
  const { config, state } = parts;
  const sweep = notifier(scope, 'Sweep', parts, {
    file: 'sweep',
    description: 'Sends what was not sent when it happened, and the weekly message',
    timeout: Duration.minutes(5),
    memoryMb: 512,
  })
    .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) =>
      state.alerts.grant(to, 'dynamodb:Scan', 'dynamodb:BatchGetItem'),
    )
    .uses(ENVIRONMENT.ledgerTable, state.ledger.tableName, (to) => state.ledger.grant(to, 'dynamodb:GetItem'))
    .knows(ENVIRONMENT.collectedFeeds, collectedFeedsText(collectedFeeds(config.sources)));
  addTurns(sweep, {
    hour: { schedule: Schedule.rate(Duration.hours(1)), description: 'Sends what was missed' },
    week: {
      schedule: Schedule.cron({ weekDay: 'MON', hour: '7', minute: '0' }),
      description: 'Says how Ringer itself is',
    },
  });
  return sweep;
}

/** Makes a function that may read what alerts say and what people were told, and tell them. */
function notifier(
  scope: Stack,
  id: string,
  { root, names, config, state, channels }: PipelineParts,
  props: Omit<WatchedFunctionProps, 'root' | 'deployment'>,
): WatchedFunction {
  const { topic, own, grantSend } = channels;
  const made = new WatchedFunction(scope, id, { root, deployment: names.resources, ...props })
    .knows(ENVIRONMENT.notifyFrom, leastSeverity(subscribed(config.alerts, 'full')))
    .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) => {
      state.alerts.grant(to, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
      state.key.grantEncryptDecrypt(to);
    })
    .uses(ENVIRONMENT.alertsTopicArn, topic.topicArn, grantSend);
  return own.length === 0 ? made : made.knows(ENVIRONMENT.ownChannels, scope.toJsonString(own));
}
