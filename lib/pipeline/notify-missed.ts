/**
 * Sends what notify left or never heard of: old alerts and floods as one digest for each channel, the rest one by one.
 * It goes by the tables alone, so that a lost record of the stream costs an hour and not an alert.
 */
import type { Alert } from '../core/alerts/alert.ts';
import { digestMessage, type DigestOf } from '../core/alerts/digest-message.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { messageOf } from '../core/errors.ts';
import { findAlert } from '../stores/alerts.ts';
import { alertsToNotify, findTold, recordTold } from '../stores/notified.ts';
import { dueOf, type NotifyChannel } from './notify-channel.ts';
import { FLOOD, sendAlert, type Notifying } from './notify.ts';

/** What was made up for, by channel. */
export interface Swept {
  sent: number;
  /** Alerts that went into digests. */
  digested: number;
  failed: boolean;
}

interface Owed {
  readonly alert: Alert;
  readonly told: Severity | undefined;
}

/** A digest counts no more at once; the next hour has the rest. */
const MOST_OWED = 2_000;

export async function notifyMissed(run: Omit<Notifying, 'ledger'>): Promise<Readonly<Record<string, Swept>>> {
  const owed = await whatIsOwed(run);
  const swept = await Promise.all(
    run.channels.map(async (channel) => {
      const { old, recent } = owed.get(channel.id) ?? { old: [], recent: [] };
      const sum: Swept = { sent: 0, digested: 0, failed: false };
      try {
        if (old.length > 0) sum.digested += await sendDigest('backlog', old, channel, run);
        if (recent.length > FLOOD.most) sum.digested += await sendDigest('flood', recent, channel, run);
        else {
          for (const { alert, told } of recent) {
            await sendAlert(alert, told, channel, run);
            sum.sent++;
          }
        }
      } catch (thrown) {
        sum.failed = true;
        run.failed(channel.id, messageOf(thrown));
      }
      return [channel.id, sum] as const;
    }),
  );
  return Object.fromEntries(swept);
}

async function whatIsOwed({
  alerts,
  channels,
  clock,
}: Omit<Notifying, 'ledger'>): Promise<ReadonlyMap<string, { old: Owed[]; recent: Owed[] }>> {
  const owed = new Map(channels.map(({ id }) => [id, { old: [] as Owed[], recent: [] as Owed[] }]));
  let count = 0;
  for await (const id of alertsToNotify(alerts, channels)) {
    // The list may be older than what was sent meanwhile.
    const alert = (await findAlert(alerts, id))?.alert;
    if (alert === undefined) continue;
    const told = await findTold(alerts, id);
    for (const channel of channels) {
      const before = told.get(channel.id);
      const due = dueOf(alert, before, channel.minimum, clock.now());
      if (due === 'nothing') continue;
      count++;
      owed.get(channel.id)?.[due === 'digest' ? 'old' : 'recent'].push({ alert, told: before });
    }
    if (count >= MOST_OWED) break;
  }
  return owed;
}

async function sendDigest(
  of: DigestOf,
  owed: readonly Owed[],
  channel: NotifyChannel,
  { alerts, clock }: Omit<Notifying, 'ledger'>,
): Promise<number> {
  const those = owed.map(({ alert }) => alert);
  await channel.send(digestMessage(of, those, channel.detail));
  for (const { id, severity } of those) await recordTold(alerts, id, channel.id, severity, clock.now());
  return those.length;
}
