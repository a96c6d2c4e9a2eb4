/** Every hour sends what was not sent when it happened, and once a week says how Ringer itself is. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { collectedFeeds, ownChannels } from '../lib/config/channels.ts';
import { oneOf, optional, readEnvironment, text } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { SEVERITIES } from '../lib/core/alerts/severity.ts';
import { sendWeek } from '../lib/pipeline/digest-weekly.ts';
import { openChannels } from '../lib/pipeline/notify-channels.ts';
import { notifyMissed, type Swept } from '../lib/pipeline/notify-missed.ts';
import type { Notifying } from '../lib/pipeline/notify.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { openTable } from '../lib/stores/table.ts';

type Turn = { readonly turn: 'hour' | 'week' };

// called by AWS
export async function handler({ turn }: Turn, context: Context): Promise<Awaited<ReturnType<typeof onTurn>>> {
  logger.addContext(context);
  const outcome = await onTurn(turn);
  logger.info('swept', { turn, outcome });
  return outcome;
}

// once per cold start
const environment = readEnvironment({
  alertsTable: text(ENVIRONMENT.alertsTable),
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  alertsTopicArn: text(ENVIRONMENT.alertsTopicArn),
  notifyFrom: oneOf(ENVIRONMENT.notifyFrom, SEVERITIES),
  ownChannels: optional(ownChannels(ENVIRONMENT.ownChannels)),
  collectedFeeds: optional(collectedFeeds(ENVIRONMENT.collectedFeeds)),
});
const logger = new Logger({ serviceName: 'sweep' });
const notifying: Notifying = {
  alerts: openTable(environment.alertsTable),
  ledger: openTable(environment.ledgerTable),
  channels: openChannels(environment, systemClock),
  clock: systemClock,
  failed: (channel, because) => logger.error('channel failed', { channel, because }),
};

// for every record
async function onTurn(
  turn: Turn['turn'],
): Promise<Readonly<Record<string, Swept>> | { readonly sent: number }> {
  return turn === 'week' ? sendWeek(environment.collectedFeeds ?? [], notifying) : notifyMissed(notifying);
}
