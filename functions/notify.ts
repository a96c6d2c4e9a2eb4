/** Tells people of alerts that are new or have become more urgent, as the alerts table's stream reports them. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { METRIC, METRIC_NAMESPACE } from '../lib/config/names.ts';
import { SECOND_MS } from '../lib/core/time.ts';
import { hearCanary } from '../lib/pipeline/canary.ts';
import { notify } from '../lib/pipeline/notify.ts';
import { openNotifying } from '../lib/pipeline/open-notifying.ts';
import { logged } from '../lib/pipeline/logged.ts';
import { changeIn } from '../lib/pipeline/stream-record.ts';

// called by AWS
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  logger.addContext(context);
  const response = await processPartialResponse(
    event,
    (record: DynamoDBRecord) => logged(logger, () => onChange(record)),
    batch,
    {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    },
  );
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  return response;
}

// once per cold start
const logger = new Logger({ serviceName: 'notify' });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
const batch = new BatchProcessor(EventType.DynamoDBStreams);
const notifying = openNotifying(logger, metrics);

// for every record
async function onChange(record: DynamoDBRecord): Promise<void> {
  const change = changeIn(record);
  if (change === undefined) return;
  if (change.of === 'canary') {
    const tookMs = await hearCanary(change.canary, notifying);
    if (tookMs !== undefined) metrics.addMetric(METRIC.canarySeconds, MetricUnit.Seconds, tookMs / SECOND_MS);
    return;
  }
  const channels = await notify(change.id, notifying);
  logger.info('notify', { alertId: change.id, channels });
  const sent = Object.values(channels).filter((outcome) => outcome === 'sent').length;
  metrics.addMetric(METRIC.notificationsSent, MetricUnit.Count, sent);
}
