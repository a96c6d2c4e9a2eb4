/** An alert as SNS carries it: a text for people, and attributes that subscriptions filter by. */
import type { Alert } from '../core/alerts/alert.ts';
import { alertText, safeAlert } from '../core/alerts/text.ts';

export interface AlertMessage {
  /** Our own words alone: SNS takes 100 ASCII characters, and a vendor's text could forge a header. */
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** SNS takes 256 KiB, attributes and the JSON around it included. */
const LONGEST_TEXT = 100_000;

/** @example messageOfAlert(alert).subject // => 'Ringer: high, impossible-travel (1f0c2a9e)' */
export function messageOfAlert(alert: Alert): AlertMessage {
  const { severity, detection, id } = alert;
  return {
    subject: `Ringer: ${severity}, ${detection} (${id.slice(0, 8)})`,
    text: alertText(safeAlert(alert), 80).slice(0, LONGEST_TEXT),
    attributes: { severity, detection },
  };
}
