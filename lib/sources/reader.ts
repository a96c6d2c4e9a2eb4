/** What a source's client is to a collector: pages of one feed, from where the last run stopped. */
import { DAY_MS, type EpochMs } from '../core/time.ts';
import type { Feed } from './source.ts';

export interface Page {
  /** As the vendor wrote them; nothing is known of them yet. */
  readonly records: readonly unknown[];
  /** Records known from a few bytes to be of no use, and not given. */
  readonly passedOver?: number;
  /** Where to go on once these records are safe. Plain JSON, understood by this reader alone. */
  readonly cursor: unknown;
  /** Nothing more is waiting at the vendor. */
  readonly last: boolean;
}

/**
 * Reads pages. It ends after the `last` one, or earlier when the deadline does not leave time for another: the cursor
 * of the page before then says where to go on.
 *
 * @param cursor - of the last page of an earlier run; anything but what this reader wrote counts as none
 */
export type Reader = (cursor: unknown, run: ReaderRun) => AsyncIterable<Page>;

export interface ReaderRun {
  /** No page is asked for after it. */
  readonly deadline: EpochMs;
  /** How far back a feed without a cursor begins; absent: `FIRST_RUN_MS`, or what the vendor keeps. */
  readonly since?: EpochMs | undefined;
}

/** How far back a first run looks. */
export const FIRST_RUN_MS = 14 * DAY_MS;

/** A feed of a live connection: how its pages are read, and what is made of a record. */
export interface FeedReader {
  readonly feed: Feed;
  readonly read: Reader;
}

/** Every feed a vendor's client can read, by the id that its manifest gives it. */
export type FeedReaders = ReadonlyMap<string, FeedReader>;
