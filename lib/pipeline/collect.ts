/**
 * Collects one feed of one connection: takes its lease, reads on from its cursor, and makes every page safe before the
 * next is asked for. Nothing is lost and little is done twice, wherever a run dies, because of the order of the writes:
 *
 * 1. The archive, so that no alert ever speaks of an event that is not there. A page that is read again gives a second
 *    object; readers of the archive tell repetitions by their events.
 * 2. The queue. An event that is sent twice changes nothing.
 * 3. What was seen, only after it was sent: what is taken for seen is in the queue.
 * 4. The cursor, last: a page is passed only when all of it is done.
 *
 * The cursor is written when it has moved, and at the end together with giving the lease back.
 */
import { MINUTE_MS, type EpochMs } from '../core/time.ts';
import type { FeedReader } from '../sources/reader.ts';
import type { Clock } from '../sources/transport.ts';
import type { Archive } from '../stores/archive.ts';
import {
  isMoved,
  leaseLost,
  releaseLease,
  saveAndRelease,
  saveCursor,
  takeLease,
  type Lease,
  type Progress,
} from '../stores/cursors.ts';
import { openSeenRecords } from '../stores/seen-records.ts';
import type { Table } from '../stores/table.ts';
import { archivePage } from './archive-page.ts';
import { sortOut, type Sorted } from './collect-page.ts';
import type { EventQueue } from './event-queue.ts';

/** What is collected. */
export interface Collected extends FeedReader {
  readonly connection: string;
  /** The feed's id in its vendor's manifest. */
  readonly id: string;
  /** How far behind the newest read each run starts again; 0 when it never reads a record twice. */
  readonly overlapMinutes: number;
}

export interface Collecting {
  readonly ledger: Table;
  readonly queue: EventQueue;
  /** Absent where nothing is archived. */
  readonly archive?: Archive | undefined;
  readonly clock: Clock;
  /** Unique to the run. */
  readonly token: string;
  /** No page is begun after this. */
  readonly deadline: EpochMs;
  /** The run is over by then, whatever happens. */
  readonly end: EpochMs;
  /** How far back a feed that was never read begins; absent: as its reader has it. */
  readonly since?: EpochMs | undefined;
  /** No other process can have the ledger: a lease that somebody holds is that of a run that died. */
  readonly alone?: true;
  /** Told of each damaged record, in words that are safe to log. */
  readonly rejected: (because: string) => void;
}

/** What became of the records: `records = used + skipped + rejected + repeated`. */
export interface Counts {
  records: number;
  used: number;
  skipped: number;
  rejected: number;
  /** Read before, in an overlap. */
  repeated: number;
  events: number;
}

export type Outcome =
  /** Another run has the feed. */
  | { readonly outcome: 'busy' }
  | {
      readonly outcome: 'collected';
      readonly counts: Readonly<Counts>;
      /** Time ran out before the feed was read to its end. */
      readonly more: boolean;
      /** The next run starts further on than this one did. */
      readonly moved: boolean;
    };

/** @throws what the reader throws, after the pages before are safe and the lease is given back; LEASE_LOST */
export async function collect(collected: Collected, run: Collecting): Promise<Outcome> {
  const { ledger, clock, deadline } = run;
  const key = { connection: collected.connection, feed: collected.id };
  const takenAt = run.alone === true ? Number.MAX_SAFE_INTEGER : clock.now();
  const taken = await takeLease(ledger, key, run.token, takenAt, run.end);
  if (taken === undefined) return { outcome: 'busy' };
  const counts: Counts = { records: 0, used: 0, skipped: 0, rejected: 0, repeated: 0, events: 0 };
  const keep = pageKeeper(collected, taken, counts, run);
  let lease = taken;
  let unsaved: Progress | undefined;
  let more = true;
  let held = true;
  try {
    for await (const page of collected.read(taken.cursor, { deadline, since: run.since })) {
      const { cursor, last } = page;
      const passedOver = page.passedOver ?? 0;
      counts.records += passedOver;
      counts.skipped += passedOver;
      const records = (unsaved?.records ?? 0) + (await keep(page.records)) + passedOver;
      unsaved = { cursor, records, last };
      more = !last;
      if (last || !isMoved(lease, cursor)) continue;
      lease = await saveCursor(ledger, lease, cursor, clock.now(), records);
      unsaved = undefined;
    }
  } finally {
    if (unsaved === undefined) await releaseLease(ledger, lease);
    else held = await saveAndRelease(ledger, lease, unsaved, clock.now());
  }
  if (!held) throw leaseLost(taken);
  return { outcome: 'collected', counts, more, moved: isMoved(taken, (unsaved ?? lease).cursor) };
}

/** Makes what keeps a page: archives its records, sends their events, and gives how many were new. */
function pageKeeper(
  { connection, id, feed, overlapMinutes }: Collected,
  lease: Lease,
  counts: Counts,
  run: Collecting,
): (records: readonly unknown[]) => Promise<number> {
  const { ledger, queue, archive, clock, token } = run;
  const from = (lease.movedAt ?? clock.now()) - overlapMinutes * MINUTE_MS;
  const seen = overlapMinutes === 0 ? undefined : openSeenRecords(ledger, lease, from, clock.now);
  let page = 0;
  return async (records) => {
    const fetchedTime = clock.now();
    const sorted = sortOut(records, feed, fetchedTime);
    const fresh = seen === undefined ? sorted : await seen.unseen(sorted);
    if (archive !== undefined) {
      const fetched = { connection, source: feed.source, feed: id, fetchedTime };
      await archivePage(archive, fetched, fresh, { token, page: ++page });
    }
    await queue.send(fresh.flatMap(({ events }) => events));
    await seen?.remember(fresh);
    count(sorted, fresh, counts);
    for (const { outcome, because } of fresh) if (outcome === 'rejected') run.rejected(because ?? '');
    return fresh.length;
  };
}

function count(sorted: readonly Sorted[], fresh: readonly Sorted[], counts: Counts): void {
  counts.records += sorted.length;
  counts.repeated += sorted.length - fresh.length;
  for (const { outcome, events } of fresh) {
    counts[outcome]++;
    counts.events += events.length;
  }
}
