/**
 * Collects one feed of one connection: takes its lease, reads on from its cursor, and saves the cursor after each page
 * whose events are in the queue. A crash anywhere reads a page again; none is skipped.
 */
import type { SourceEvent } from '../core/events/index.ts';
import type { EpochMs } from '../core/time.ts';
import { asObject } from '../sources/fields.ts';
import type { Reader } from '../sources/reader.ts';
import { rejected, type Feed, type Normalized } from '../sources/source.ts';
import type { Clock } from '../sources/transport.ts';
import { releaseLease, saveCursor, takeLease } from '../stores/cursors.ts';
import type { Table } from '../stores/table.ts';
import type { EventQueue } from './event-queue.ts';

/** What is collected. */
export interface Collected {
  readonly connection: string;
  readonly feed: Feed;
  readonly read: Reader;
}

export interface Collecting {
  readonly ledger: Table;
  readonly queue: EventQueue;
  readonly clock: Clock;
  /** Unique to the run. */
  readonly token: string;
  /** No page is begun after this. */
  readonly deadline: EpochMs;
  /** The run is over by then, whatever happens. */
  readonly end: EpochMs;
  /** Told of each damaged record, in words that are safe to log. */
  readonly rejected: (because: string) => void;
}

/** What became of the records: `records = used + skipped + rejected`. */
export interface Counts {
  records: number;
  used: number;
  skipped: number;
  rejected: number;
  events: number;
}

export type Outcome =
  /** Another run has the feed. */
  | { readonly outcome: 'busy' }
  /** `more`: time ran out before the feed was read to its end. */
  | { readonly outcome: 'collected'; readonly counts: Readonly<Counts>; readonly more: boolean };

/** @throws what the reader throws, after the pages before are safe and the lease is given back; LEASE_LOST */
export async function collect({ connection, feed, read }: Collected, run: Collecting): Promise<Outcome> {
  const { ledger, clock, deadline } = run;
  const lease = await takeLease(ledger, { connection, feed: feed.id }, run.token, clock.now(), run.end);
  if (lease === undefined) return { outcome: 'busy' };
  const counts: Counts = { records: 0, used: 0, skipped: 0, rejected: 0, events: 0 };
  try {
    let last = false;
    for await (const page of read(lease.cursor, { deadline })) {
      const events = eventsOf(page.records, feed, counts, run);
      await run.queue.send(events);
      await saveCursor(ledger, lease, page.cursor, clock.now());
      ({ last } = page);
    }
    return { outcome: 'collected', counts, more: !last };
  } finally {
    await releaseLease(ledger, lease);
  }
}

function eventsOf(records: readonly unknown[], feed: Feed, counts: Counts, run: Collecting): SourceEvent[] {
  const events: SourceEvent[] = [];
  const observedTime = run.clock.now();
  for (const record of records) {
    counts.records++;
    const normalized = normalize(record, feed, observedTime);
    switch (normalized.outcome) {
      case 'events':
        counts.used++;
        counts.events += normalized.events.length;
        events.push(...normalized.events);
        break;
      case 'skipped':
        counts.skipped++;
        break;
      case 'rejected':
        counts.rejected++;
        run.rejected(normalized.because);
    }
  }
  return events;
}

function normalize(record: unknown, feed: Feed, observedTime: EpochMs): Normalized {
  const object = asObject(record);
  return object === undefined
    ? rejected('record: expected an object')
    : feed.normalize(object, { observedTime });
}
