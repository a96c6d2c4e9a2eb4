/** Finds what is suspicious in the events of the queue. A message that fails goes back alone; the others are done. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { optional, readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT, METRIC, METRIC_NAMESPACE } from '../lib/config/names.ts';
import { nameOf } from '../lib/core/errors.ts';
import { detectMessage } from '../lib/pipeline/detect-message.ts';
import { openDeadLetters } from '../lib/pipeline/event-queue.ts';
import { logged } from '../lib/pipeline/logged.ts';
import { prepareDetecting } from '../lib/pipeline/prepare-detecting.ts';

// called by AWS
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  const response = await processPartialResponse(event, onMessage, batch, {
    context,
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  return response;
}

// once per cold start
const environment = readEnvironment({
  alertsTable: text(ENVIRONMENT.alertsTable),
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  directoryTable: text(ENVIRONMENT.directoryTable),
  eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
  deadLettersQueueUrl: url(ENVIRONMENT.deadLettersQueueUrl),
  configPath: text(ENVIRONMENT.configPath),
  peoplePath: optional(text(ENVIRONMENT.peoplePath)),
  geoDirectory: optional(text(ENVIRONMENT.geoDirectory)),
  listsDirectory: optional(text(ENVIRONMENT.listsDirectory)),
});
const logger = new Logger({ serviceName: 'detect' });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE, singleMetric: false });
const batch = new BatchProcessor(EventType.SQS);
const setAside = openDeadLetters(environment.deadLettersQueueUrl);
const ready = prepareDetecting(environment, {
  failed(detection, { source, feed, uid }, cause) {
    logger.error('detection failed', { detection, source, feed, eventId: uid, because: nameOf(cause) });
    metrics.addMetric(METRIC.detectionsFailed, MetricUnit.Count, 1);
  },
  cannotTell: (detection, because) => logger.debug('cannot tell', { detection, because }),
});

// for every record
async function onMessage({ body, attributes }: SQSRecord): Promise<void> {
  const attempt = Number(attributes.ApproximateReceiveCount);
  const counts = await logged(logger, async () =>
    detectMessage(body, attempt, await (await ready)(), setAside),
  );
  logger.info('detected', { ...counts });
  metrics.addMetric(METRIC.eventsWatched, MetricUnit.Count, counts.watched);
  metrics.addMetric(METRIC.eventsLate, MetricUnit.Count, counts.late);
  metrics.addMetric(METRIC.eventsSetAside, MetricUnit.Count, counts.setAside);
  metrics.addMetric(METRIC.alertsWritten, MetricUnit.Count, counts.written);
}
