/**
 * Tells people of an alert: once when it is new, and again only when it has become more urgent. What was told is
 * recorded after it was sent, so that a crash in between sends twice and never not at all.
 */
import type { Alert } from '../core/alerts/alert.ts';
import { messageOfAlert } from '../core/alerts/message.ts';
import type { Published } from '../core/alerts/publish.ts';
import type { Severity } from '../core/alerts/severity.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { HOUR_MS } from '../core/time.ts';
import type { Clock } from '../sources/transport.ts';
import { findAlert } from '../stores/alerts.ts';
import { findTold, recordTold, takeTurn } from '../stores/notified.ts';
import type { Table } from '../stores/table.ts';
import { dueOf, mayPass, type NotifyChannel } from './notify-channel.ts';

export interface Notifying {
  readonly alerts: Table;
  readonly ledger: Table;
  readonly channels: readonly NotifyChannel[];
  readonly clock: Clock;
  /** Told of each channel that failed, in words that are safe to log. */
  readonly failed: (channel: string, because: string) => void;
}

/** `later`: the hourly sweep has it, in a digest or because the channel cannot be written to. */
export type Notified = 'sent' | 'nothing new' | 'later';

/** More messages of one severity to one channel within an hour are a flood: the rest comes as one digest. */
export const FLOOD = { ms: HOUR_MS, most: 10 } as const;

/**
 * Sends what is new of one alert to each channel. The table is asked, not the stream: a record of the stream may be older
 * than what was sent since. A channel that fails does not keep the others from theirs.
 *
 * @returns what became of it, by channel
 * @throws STORE_FAILED, retryable, when a channel failed in a way that may pass
 */
export async function notify(alertId: string, run: Notifying): Promise<Readonly<Record<string, Notified>>> {
  const alert = await findAlert(run.alerts, alertId);
  if (alert === undefined) return {};
  const told = await findTold(run.alerts, alertId);
  const results = await Promise.allSettled(
    run.channels.map((channel) => tellChannel(alert.alert, told.get(channel.id), channel, run)),
  );
  const outcomes: Record<string, Notified> = {};
  const passing: string[] = [];
  for (const [index, result] of results.entries()) {
    const id = run.channels[index]?.id ?? '';
    outcomes[id] = result.status === 'fulfilled' ? result.value : 'later';
    if (result.status === 'fulfilled') continue;
    run.failed(id, messageOf(result.reason));
    if (mayPass(result.reason)) passing.push(`${id}: ${messageOf(result.reason)}`);
  }
  if (passing.length > 0) throw new RingerError('STORE_FAILED', passing.join('; '), { retryable: true });
  return outcomes;
}

/** Sends one alert to one channel, then records it. */
export async function sendAlert(
  alert: Alert,
  told: Severity | undefined,
  channel: NotifyChannel,
  { alerts, clock }: Pick<Notifying, 'alerts' | 'clock'>,
): Promise<void> {
  await channel.send(messageOfAlert(alert, channel.detail, told), alert);
  await recordTold(alerts, alert.id, channel.id, alert.severity, clock.now());
}

async function tellChannel(
  alert: Alert,
  told: Severity | undefined,
  channel: NotifyChannel,
  run: Notifying,
): Promise<Notified> {
  const now = run.clock.now();
  const due = dueOf(alert, told, channel.minimum, now);
  if (due === 'nothing') return 'nothing new';
  // The answer is another change of the alert; should it never come, the sweep tells of it.
  if ((alert as Partial<Published>).awaiting === true) return 'later';
  if (due === 'digest') return 'later';
  if (!(await takeTurn(run.ledger, channel.id, alert.severity, now, FLOOD))) return 'later';
  await sendAlert(alert, told, channel, run);
  return 'sent';
}
