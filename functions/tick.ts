/** Every five minutes looks again at those for whom time itself matters: what is to be sealed, asked for, or approved. */
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { openEventQueue } from '../lib/pipeline/event-queue.ts';
import { sendTicks, tickAfterApprovals, type Ticking } from '../lib/pipeline/send-ticks.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { openTable } from '../lib/stores/table.ts';

// called by AWS
export async function handler(_: unknown, context: Context): Promise<{ due: number; approvals: number }> {
  logger.addContext(context);
  const woken = await onTurn();
  logger.info('woken', woken);
  return woken;
}

// once per cold start
const environment = readEnvironment({
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  alertsTable: text(ENVIRONMENT.alertsTable),
  directoryTable: text(ENVIRONMENT.directoryTable),
  eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
});
const logger = new Logger({ serviceName: 'tick' });
const ticking: Ticking = {
  ledger: openTable(environment.ledgerTable),
  alerts: openTable(environment.alertsTable),
  directory: openTable(environment.directoryTable),
  queue: openEventQueue(environment.eventsQueueUrl),
  clock: systemClock,
};

// for every record
async function onTurn(): Promise<{ due: number; approvals: number }> {
  return { due: await sendTicks(ticking), approvals: await tickAfterApprovals(ticking) };
}
