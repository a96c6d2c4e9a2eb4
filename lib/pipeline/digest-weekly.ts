/** Gathers the weekly message from the tables, as far as they hold it, and sends it to every channel. */
import type { CollectedFeed } from '../config/channels.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { weeklyMessage, type FeedReading, type Week } from '../core/alerts/weekly-message.ts';
import { messageOf } from '../core/errors.ts';
import { findLastRead } from '../stores/last-read.ts';
import { standingAlerts } from '../stores/notified.ts';
import type { Notifying } from './notify.ts';

/**
 * Gathers what is known at the end of a week. The tables hold when each feed was last read and every open alert; they do
 * not hold how much was read, interruptions that are over, or which lists are in use.
 */
export async function gatherWeek(
  feeds: readonly CollectedFeed[],
  { alerts, ledger, clock }: Pick<Notifying, 'alerts' | 'ledger' | 'clock'>,
): Promise<Week> {
  const readings: FeedReading[] = [];
  for (const feed of feeds) {
    const lastRead = await findLastRead(ledger, feed);
    readings.push({ ...feed, ...(lastRead === undefined ? {} : { lastRead }) });
  }
  const open: { severity: Severity; time: number }[] = [];
  for await (const page of standingAlerts(alerts)) {
    for (const { severity, status, time, approved } of page) {
      if (status === 'open' && !approved) open.push({ severity, time: Date.parse(time) });
    }
  }
  return { end: clock.now(), feeds: readings, open };
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
