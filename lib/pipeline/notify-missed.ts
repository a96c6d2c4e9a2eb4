/**
 * Sends what notify left or never heard of: old alerts and floods as one digest for each channel, the rest one by one.
 * It goes by the tables alone, so that a lost record of the stream costs an hour and not an alert.
 */
import type { Alert } from '../core/alerts/alert.ts';
import { digestMessage, type DigestOf } from '../core/alerts/digest-message.ts';
import type { Published } from '../core/alerts/publish.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { messageOf } from '../core/errors.ts';
import { MINUTE_MS, type EpochMs } from '../core/time.ts';
import { findAlert, type StoredAlert } from '../stores/alerts.ts';
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
/** A crowded organization answers at its next tick, ten minutes away at most. */
const ANSWER_MS = 15 * MINUTE_MS;

export async function notifyMissed(run: Omit<Notifying, 'ledger'>): Promise<Readonly<Record<string, Swept>>> {
  const owed = await whatIsOwed(run);
  const swept = await Promise.all(
    run.channels.map(async (channel) => {
      const { old, recent } = owed.get(channel.id) ?? { old: [], recent: [] };
      return [channel.id, await sweepChannel(channel, old, recent, run)] as const;
    }),
  );
  return Object.fromEntries(swept);
}

async function sweepChannel(
  channel: NotifyChannel,
  old: readonly Owed[],
  recent: readonly Owed[],
  run: Omit<Notifying, 'ledger'>,
): Promise<Swept> {
  const sum: Swept = { sent: 0, digested: 0, failed: false };
  const digest = (of: DigestOf, those: readonly Owed[]) => async (): Promise<void> => {
    sum.digested += await sendDigest(of, those, channel, run);
  };
  const single =
    ({ alert, told }: Owed) =>
    async (): Promise<void> => {
      await sendAlert(alert, told, channel, run);
      sum.sent++;
    };
  const sends = [
    ...(old.length > 0 ? [digest('backlog', old)] : []),
    ...(recent.length > FLOOD.most ? [digest('flood', recent)] : recent.map(single)),
  ];
  for (const send of sends) {
    try {
      await send();
    } catch (thrown) {
      // The others go on: a message that a channel never takes must not hold them back hour after hour.
      sum.failed = true;
      run.failed(channel.id, messageOf(thrown));
    }
  }
  return sum;
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
    const stored = await findAlert(alerts, id);
    if (stored === undefined || isAwaited(stored, clock.now())) continue;
    const { alert } = stored;
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

/** Tells whether the answer that may explain an alert is on its way still. */
function isAwaited({ alert, newest }: StoredAlert, now: EpochMs): boolean {
  return (alert as Partial<Published>).awaiting === true && Date.parse(newest.time) > now - ANSWER_MS;
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
