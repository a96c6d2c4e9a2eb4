/** What every collector does around its vendor: it finds its feed, counts what it read, and says what became of it. */
import { randomUUID } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { optional, readEnvironment, text, url } from '../config/environment.ts';
import { ENVIRONMENT, METRIC, METRIC_NAMESPACE } from '../config/names.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { VendorId } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import type { FeedReaders } from '../sources/reader.ts';
import { systemClock } from '../sources/transport.ts';
import { openArchive } from '../stores/archive.ts';
import { openTable } from '../stores/table.ts';
import { askForMore, isWorthAnother } from './collect-again.ts';
import { collect, type Collected, type Outcome } from './collect.ts';
import { openEventQueue } from './event-queue.ts';

/** Enough for the page that is being read when the deadline comes. */
const MARGIN_MS = 30 * SECOND_MS;
/** Different reasons of damage that a run's log names; the archive has every record with its own. */
const REASONS_LOGGED = 20;

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
    archiveBucket: optional(text(ENVIRONMENT.archiveBucket)),
  });
  const { connection, archiveBucket } = environment;
  const logger = new Logger({ serviceName: `collect-${vendor}` });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
  const collecting = {
    ledger: openTable(environment.ledgerTable),
    queue: openEventQueue(environment.eventsQueueUrl),
    archive: archiveBucket === undefined ? undefined : openArchive(archiveBucket),
    clock: systemClock,
  };
  return async ({ feed }, context) => {
    logger.addContext(context);
    const end = systemClock.now() + context.getRemainingTimeInMillis();
    const damage = new Set<string>();
    const run = {
      ...collecting,
      token: randomUUID(),
      deadline: end - MARGIN_MS,
      end,
      rejected(because: string) {
        if (damage.size < REASONS_LOGGED) damage.add(unquoted(because));
      },
    };
    try {
      const outcome = await collect(collectedFeed(vendor, connection, feed, feeds), run);
      logger.info('collected', { vendor, connection, feed, ...outcome, damage: [...damage] });
      countRecords(metrics, outcome);
      if (isWorthAnother(outcome)) await askForMore(connection, feed);
      return outcome;
    } catch (thrown) {
      const code = thrown instanceof RingerError ? thrown.code : undefined;
      logger.error('not collected', { vendor, connection, feed, code, because: messageOf(thrown) });
      throw thrown;
    }
  };
}

/** Reasons quote what a vendor wrote; the archive keeps them whole. */
function unquoted(because: string): string {
  return because.replace(/, got .*$/su, '');
}

function collectedFeed(vendor: VendorId, connection: string, id: string, feeds: FeedReaders): Collected {
  const reader = feeds.get(id);
  const manifest = MANIFESTS.find((each) => each.vendor === vendor)?.feeds.find((each) => each.id === id);
  if (reader === undefined || manifest === undefined)
    throw new RingerError('INVARIANT', `${vendor} has no feed ${id}`);
  return { ...reader, connection, id, overlapMinutes: manifest.overlapMinutes };
}

/** Without a dimension of their own: which feed it was, the log says. */
function countRecords(metrics: Metrics, outcome: Outcome): void {
  if (outcome.outcome !== 'collected') return;
  const { records, repeated, rejected } = outcome.counts;
  metrics.addMetric(METRIC.recordsRead, MetricUnit.Count, records - repeated);
  metrics.addMetric(METRIC.recordsRejected, MetricUnit.Count, rejected);
  metrics.publishStoredMetrics();
}
