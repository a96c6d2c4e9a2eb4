/** Tells people of alerts that are new or have become more urgent, as the alerts table's stream reports them. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { ownChannels } from '../lib/config/channels.ts';
import { oneOf, optional, readEnvironment, text } from '../lib/config/environment.ts';
import { ENVIRONMENT, KEY } from '../lib/config/names.ts';
import { SEVERITIES } from '../lib/core/alerts/severity.ts';
import { openChannels } from '../lib/pipeline/notify-channels.ts';
import { notify, type Notifying } from '../lib/pipeline/notify.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { ALERT_SORT } from '../lib/stores/alerts.ts';
import { openTable } from '../lib/stores/table.ts';

// called by AWS
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  return processPartialResponse(event, onChange, batch, { context, processInParallel: false });
}

// once per cold start
const environment = readEnvironment({
  alertsTable: text(ENVIRONMENT.alertsTable),
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  alertsTopicArn: text(ENVIRONMENT.alertsTopicArn),
  notifyFrom: oneOf(ENVIRONMENT.notifyFrom, SEVERITIES),
  ownChannels: optional(ownChannels(ENVIRONMENT.ownChannels)),
});
const logger = new Logger({ serviceName: 'notify' });
const batch = new BatchProcessor(EventType.DynamoDBStreams);
const notifying: Notifying = {
  alerts: openTable(environment.alertsTable),
  ledger: openTable(environment.ledgerTable),
  channels: openChannels(environment, systemClock),
  clock: systemClock,
  failed: (channel, because) => logger.error('channel failed', { channel, because }),
};

// for every record
async function onChange({ eventName, dynamodb }: DynamoDBRecord): Promise<void> {
  const alertId = dynamodb?.Keys?.[KEY.partition]?.S;
  if (eventName === 'REMOVE' || alertId === undefined || dynamodb?.Keys?.[KEY.sort]?.S !== ALERT_SORT) return;
  logger.info('notify', { alertId, channels: await notify(alertId, notifying) });
}
