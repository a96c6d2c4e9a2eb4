/**
 * Tells people of an alert: once when it is new, and again only when it has become more urgent. What was told is
 * recorded after it was sent, so that a crash in between sends twice and never not at all.
 */
import { severityRank, type Severity } from '../core/alerts/severity.ts';
import type { Clock } from '../sources/transport.ts';
import { findAlert, recordNotified } from '../stores/alerts.ts';
import type { Table } from '../stores/table.ts';
import { messageOfAlert } from './alert-message.ts';
import type { AlertTopic } from './alert-topic.ts';

export interface Notifying {
  readonly alerts: Table;
  readonly topic: AlertTopic;
  readonly clock: Clock;
  /** The least severity that anybody wants to hear of. */
  readonly from: Severity;
}

export type Notified = 'sent' | 'nothing new';

/**
 * Sends what is new of one alert. The table is asked, not the stream: a record of the stream may be older than what was
 * sent since.
 */
export async function notify(alertId: string, run: Notifying): Promise<Notified> {
  const stored = await findAlert(run.alerts, alertId);
  if (stored === undefined) return 'nothing new';
  const { alert, notified } = stored;
  if (alert.status !== 'open' || severityRank(alert.severity) < severityRank(run.from)) return 'nothing new';
  if (notified !== undefined && severityRank(alert.severity) <= severityRank(notified)) return 'nothing new';
  await run.topic.publish(messageOfAlert(alert));
  await recordNotified(run.alerts, alert.id, alert.severity, run.clock.now());
  return 'sent';
}
