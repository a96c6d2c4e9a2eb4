/** Evidence: every change of an alert goes where nobody can delete it, and to the account's event bus. */
import { Duration, type Stack } from 'aws-cdk-lib';
import { BUS_EVENT, ENVIRONMENT } from '../config/names.ts';
import { objectsOf } from '../constructs/objects-of.ts';
import { WatchedFunction } from '../constructs/watched-function.ts';
import { followAlerts } from './alert-stream.ts';
import { EVIDENCE_PREFIX } from './data-lake.ts';
import { DEFAULT_BUS, mayPutEvents } from './event-bus.ts';
import type { PipelineParts } from './pipeline-parts.ts';

export function addEvidence(scope: Stack, parts: PipelineParts): WatchedFunction {
  const { root, names, state } = parts;
  const { arn, finding } = objectsOf(state.evidence, `${EVIDENCE_PREFIX}/*`);
  const evidence = new WatchedFunction(scope, 'Evidence', {
    root,
    deployment: names.resources,
    file: 'evidence',
    description: 'Keeps every change of an alert, and tells the event bus',
    timeout: Duration.minutes(1),
    memoryMb: 256,
  })
    .uses(ENVIRONMENT.alertsTable, state.alerts.tableName, (to) => {
      state.alerts.grant(to, 'dynamodb:UpdateItem');
      state.key.grantEncryptDecrypt(to);
    })
    .knows(ENVIRONMENT.evidenceBucket, state.evidence.bucketName)
    .may(['s3:PutObject'], [arn])
    .acknowledge(finding, 'Evidence has a name of its own each; none can be replaced or deleted.')
    .knows(ENVIRONMENT.eventBusName, DEFAULT_BUS);
  mayPutEvents(evidence, scope, BUS_EVENT.alertChanged);
  // As often as it takes: there is no sweep that would keep what is given up. An alarm says when the stream lags.
  followAlerts(evidence, parts);
  return evidence;
}
