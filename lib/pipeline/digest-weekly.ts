/** Gathers the weekly message from the tables, as far as they hold it, and sends it to every channel. */
import type { CollectedFeed } from '../config/channels.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { weeklyMessage, type FeedReading, type Week } from '../core/alerts/weekly-message.ts';
import { messageOf } from '../core/errors.ts';
import { DAY_MS, dayOf, type EpochMs } from '../core/time.ts';
import { readHistory } from '../stores/last-read.ts';
import { findNotedLists } from '../stores/noted-lists.ts';
import { standingAlerts } from '../stores/notified.ts';
import type { Table } from '../stores/table.ts';
import type { Notifying } from './notify.ts';

/** Gathers what is known at the end of a week. */
export async function gatherWeek(
  feeds: readonly CollectedFeed[],
  { alerts, ledger, clock }: Pick<Notifying, 'alerts' | 'ledger' | 'clock'>,
): Promise<Week> {
  const end = clock.now();
  const readings: FeedReading[] = [];
  for (const feed of feeds) readings.push(await gatherFeed(feed, ledger, end));
  const open: { severity: Severity; time: number }[] = [];
  for await (const page of standingAlerts(alerts)) {
    for (const { severity, status, time, approved } of page) {
      if (status === 'open' && !approved) open.push({ severity, time: Date.parse(time) });
    }
  }
  const lists = await findNotedLists(ledger);
  return { end, feeds: readings, open, ...(lists === undefined ? {} : { lists }) };
}

async function gatherFeed(feed: CollectedFeed, ledger: Table, end: EpochMs): Promise<FeedReading> {
  const { recordsByDay, gaps, ...last } = await readHistory(ledger, feed);
  // The first day counts whole, so that no hour is missing from two messages a week apart.
  const days = Object.entries(recordsByDay).filter(([day]) => day >= dayOf(end - 7 * DAY_MS));
  return {
    ...feed,
    ...last,
    records: days.reduce((sum, [, records]) => sum + records, 0),
    gaps: gaps.filter(({ to }) => to > end - 7 * DAY_MS),
  };
}

/** Sends the week to every channel; one that fails is told of and does not keep the others from theirs. */
export async function sendWeek(
  feeds: readonly CollectedFeed[],
  run: Notifying,
): Promise<{ readonly sent: number }> {
  const message = weeklyMessage(await gatherWeek(feeds, run));
  let sent = 0;
  await Promise.all(
    run.channels.map(async (channel) => {
      try {
        await channel.send(message);
        sent++;
      } catch (thrown) {
        run.failed(channel.id, messageOf(thrown));
      }
    }),
  );
  return { sent };
}
