/** Finds the feeds that are blind, and how far the slowest is behind its schedule. */
import type { CollectedFeed } from '../config/channels.ts';
import { isBlind } from '../core/alerts/weekly-message.ts';
import type { EpochMs } from '../core/time.ts';
import { findLastRead } from '../stores/last-read.ts';
import type { Table } from '../stores/table.ts';

export interface FeedsWatched {
  readonly blind: readonly CollectedFeed[];
  /** How long the feed that is furthest behind has been due; 0 when none is. One never read is not in it. */
  readonly slowestMs: number;
}

/** @param now - the clock's */
export async function watchFeeds(
  feeds: readonly CollectedFeed[],
  ledger: Table,
  now: EpochMs,
): Promise<FeedsWatched> {
  const read = await Promise.all(
    feeds.map(async (feed) => ({ feed, lastRead: await findLastRead(ledger, feed) })),
  );
  const overdue = read.map(({ feed, lastRead = now }) => now - lastRead - feed.everyMs);
  return {
    blind: read
      .filter(({ feed, lastRead }) =>
        isBlind({ everyMs: feed.everyMs, ...(lastRead === undefined ? {} : { lastRead }) }, now),
      )
      .map(({ feed }) => feed),
    slowestMs: Math.max(0, ...overdue),
  };
}
