/** What every collector does around its vendor: it finds its feed, counts what it read, and says what became of it. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { readEnvironment, text, url } from '../config/environment.ts';
import { ENVIRONMENT } from '../config/names.ts';
import { RingerError } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { VendorId } from '../sources/manifest.ts';
import type { FeedReaders } from '../sources/reader.ts';
import { systemClock } from '../sources/transport.ts';
import { openTable } from '../stores/table.ts';
import { collect, type Outcome } from './collect.ts';
import { openEventQueue } from './event-queue.ts';

/** Enough for the page that is being read when the deadline comes. */
const MARGIN_MS = 30 * SECOND_MS;

/** Collects one feed; the schedule's payload names it. */
export type Collector = (payload: { readonly feed: string }, context: Context) => Promise<Outcome>;

/**
 * Opens the collector of one connection, from the variables every collector has.
 *
 * @throws ENVIRONMENT_INVALID
 */
export function openCollector(vendor: VendorId, feeds: FeedReaders): Collector {
  const environment = readEnvironment({
    connection: text(ENVIRONMENT.connection),
    ledgerTable: text(ENVIRONMENT.ledgerTable),
    eventsQueueUrl: url(ENVIRONMENT.eventsQueueUrl),
  });
  const logger = new Logger({ serviceName: `collect-${vendor}` });
  const collecting = {
    ledger: openTable(environment.ledgerTable),
    queue: openEventQueue(environment.eventsQueueUrl),
    clock: systemClock,
    rejected: (because: string) => logger.warn('rejected', { vendor, because }),
  };
  return async ({ feed }, context) => {
    logger.addContext(context);
    const reader = feeds.get(feed);
    if (reader === undefined) throw new RingerError('INVARIANT', `there is no feed ${feed}`);
    const end = systemClock.now() + context.getRemainingTimeInMillis();
    const run = { ...collecting, token: randomUUID(), deadline: end - MARGIN_MS, end };
    const outcome = await collect({ connection: environment.connection, ...reader }, run);
    logger.info('collected', { connection: environment.connection, vendor, feed, ...outcome });
    return outcome;
  };
}
