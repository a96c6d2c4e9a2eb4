/** Finds what is suspicious in the events of the queue. A message that fails goes back alone; the others are done. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { optional, readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { messageOf } from '../lib/core/errors.ts';
import { detect } from '../lib/pipeline/detect.ts';
import { unpackEvents } from '../lib/pipeline/event-message.ts';
import { openDeadLetters } from '../lib/pipeline/event-queue.ts';
import { prepareDetecting } from '../lib/pipeline/prepare-detecting.ts';

// called by AWS
export async function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  logger.addContext(context);
  return processPartialResponse(event, onMessage, batch, { context, processInParallel: false });
}

// once per cold start
const environment = readEnvironment({
  alertsTable: text(ENVIRONMENT.alertsTable),
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
  deadLettersQueueUrl: url(ENVIRONMENT.deadLettersQueueUrl),
  configPath: optional(text(ENVIRONMENT.configPath)),
  geoDirectory: optional(text(ENVIRONMENT.geoDirectory)),
});
const logger = new Logger({ serviceName: 'detect' });
const batch = new BatchProcessor(EventType.SQS);
const bury = openDeadLetters(environment.deadLettersQueueUrl);
const ready = prepareDetecting(environment, {
  failed: (detection, { source, feed, uid }, cause) =>
    logger.error('detection failed', { detection, source, feed, eventId: uid, because: messageOf(cause) }),
  cannotTell: (detection, because) => logger.debug('cannot tell', { detection, because }),
});

// for every record
async function onMessage({ body }: SQSRecord): Promise<void> {
  const { events, bad } = unpackEvents(body);
  const counts = await detect(events, await ready);
  for (const { entry, because } of bad) await bury(entry, because);
  logger.info('detected', { events: events.length, bad: bad.length, ...counts });
}
