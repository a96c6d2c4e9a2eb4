/** Collects one feed of an Okta organization; the schedule's payload names the feed. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { readEnvironment, text, url } from '../lib/config/environment.ts';
import { ENVIRONMENT } from '../lib/config/names.ts';
import { RingerError } from '../lib/core/errors.ts';
import { SECOND_MS } from '../lib/core/time.ts';
import { collect, type Outcome } from '../lib/pipeline/collect.ts';
import { openEventQueue } from '../lib/pipeline/event-queue.ts';
import { readSecret } from '../lib/pipeline/secret.ts';
import { systemLogReader } from '../lib/sources/okta/client.ts';
import { apiToken } from '../lib/sources/okta/credential.ts';
import { systemLog } from '../lib/sources/okta/system-log.ts';
import { systemClock } from '../lib/sources/transport.ts';
import { openTable } from '../lib/stores/table.ts';

/** Enough for the page that is being read when the deadline comes. */
const MARGIN_MS = 30 * SECOND_MS;

// called by AWS
export async function handler({ feed }: { readonly feed: string }, context: Context): Promise<Outcome> {
  logger.addContext(context);
  const collected = FEEDS.get(feed);
  if (collected === undefined) throw new RingerError('INVARIANT', `there is no feed ${feed}`);
  const end = systemClock.now() + context.getRemainingTimeInMillis();
  const run = { ...collecting, token: randomUUID(), deadline: end - MARGIN_MS, end };
  const outcome = await collect({ connection: environment.connection, ...collected }, run);
  logger.info('collected', { connection: environment.connection, source: 'okta', feed, ...outcome });
  return outcome;
}

// once per cold start
const environment = readEnvironment({
  connection: text(ENVIRONMENT.connection),
  orgUrl: url(ENVIRONMENT.orgUrl),
  secretId: text(ENVIRONMENT.secretId),
  ledgerTable: text(ENVIRONMENT.ledgerTable),
  eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
});
const logger = new Logger({ serviceName: 'collect-okta' });
const collecting = {
  ledger: openTable(environment.ledgerTable),
  queue: openEventQueue(environment.eventsQueueUrl),
  clock: systemClock,
  rejected,
};
const credential = apiToken(() => readSecret(environment.secretId));
const okta = { orgUrl: environment.orgUrl, credential, transport: fetch, clock: systemClock };
const FEEDS = new Map([[systemLog.id, { feed: systemLog, read: systemLogReader(okta) }]]);

// for every record
function rejected(because: string): void {
  logger.warn('rejected', { source: 'okta', because });
}
