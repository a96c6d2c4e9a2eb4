/** Keeps every change of an alert where nobody can alter it, and tells the event bus of it. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { readEnvironment, text } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { putAlertChange } from '../lib/pipeline/event-bus.ts';
import { logged } from '../lib/pipeline/logged.ts';
import { changeIn } from '../lib/pipeline/stream-record.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { changeOf } from '../lib/stores/alerts.ts';
import { recordHop } from '../lib/stores/canaries.ts';
import { openEvidence } from '../lib/stores/evidence.ts';
import { openTable } from '../lib/stores/table.ts';

// called by AWS
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  return processPartialResponse(
    event,
    (record: DynamoDBRecord) => logged(logger, () => onChange(record)),
    batch,
    {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    },
  );
}

// once per cold start
const environment = readEnvironment({
  alertsTable: text(ENVIRONMENT.alertsTable),
  evidenceBucket: text(ENVIRONMENT.evidenceBucket),
  eventBusName: text(ENVIRONMENT.eventBusName),
});
const logger = new Logger({ serviceName: 'evidence' });
const batch = new BatchProcessor(EventType.DynamoDBStreams);
const alerts = openTable(environment.alertsTable);
const evidence = openEvidence(environment.evidenceBucket);

// for every record
async function onChange(record: DynamoDBRecord): Promise<void> {
  const change = changeIn(record);
  if (change === undefined) return;
  if (change.of === 'canary') {
    const { token, detectedAt, evidenceAt } = change.canary;
    if ((evidenceAt ?? -Infinity) < detectedAt)
      await recordHop(alerts, token, { evidenceAt: systemClock.now() });
    return;
  }
  const changed = changeOf(change.item);
  await evidence.keep(changed);
  await putAlertChange(environment.eventBusName, changed);
  logger.info('kept', { alertId: change.id, version: changed.version, what: changed.newest.what });
}
