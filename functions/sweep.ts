/** Every hour sends what was not sent when it happened, and once a week says how Ringer itself is. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { collectedFeeds } from '../lib/config/channels.ts';
import { optional, readEnvironment } from '../lib/config/environment.ts';
import { ENVIRONMENT, METRIC_NAMESPACE } from '../lib/config/names.ts';
import { sendWeek } from '../lib/pipeline/digest-weekly.ts';
import { notifyMissed, type Swept } from '../lib/pipeline/notify-missed.ts';
import { openNotifying } from '../lib/pipeline/open-notifying.ts';

type Turn = { readonly turn: 'hour' | 'week' };
type Outcome = Readonly<Record<string, Swept>> | { readonly sent: number };

// called by AWS
export async function handler({ turn }: Turn, context: Context): Promise<Outcome> {
  logger.addContext(context);
  const outcome = await onTurn(turn);
  logger.info('swept', { turn, outcome });
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  return outcome;
}

// once per cold start
const environment = readEnvironment({
  collectedFeeds: optional(collectedFeeds(ENVIRONMENT.collectedFeeds)),
});
const logger = new Logger({ serviceName: 'sweep' });
const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
const notifying = openNotifying(logger, metrics);

// for every record
async function onTurn(turn: Turn['turn']): Promise<Outcome> {
  return turn === 'week' ? sendWeek(environment.collectedFeeds ?? [], notifying) : notifyMissed(notifying);
}
