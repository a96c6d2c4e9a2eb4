/** The default event bus: whoever wants to hear of alerts in this account makes a rule on it. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BUS_EVENT } from '../config/names.ts';
import { shortTexts } from '../core/alerts/email-text.ts';
import { quoted } from '../core/alerts/quoted.ts';
import { RingerError } from '../core/errors.ts';
import type { AlertChange } from '../stores/evidence.ts';

/** The bus takes 256 KiB an event, its own fields included. */
const LARGEST_DETAIL_BYTES = 200 * 1024;
/** As much as the command line takes for a note. One that was written past it must not hold up everybody's evidence. */
const LONGEST_WHY = 4_000;

let shared: EventBridgeClient | undefined;

/**
 * Tells the bus of a change.
 *
 * @throws STORE_FAILED, retryable, when the bus did not take it
 */
export async function putAlertChange(bus: string, change: AlertChange): Promise<void> {
  shared ??= new EventBridgeClient({});
  const { Entries = [], FailedEntryCount } = await shared.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: bus,
          Source: BUS_EVENT.source,
          DetailType: BUS_EVENT.alertChanged,
          Detail: detailOf(change),
        },
      ],
    }),
  );
  if (FailedEntryCount === undefined || FailedEntryCount === 0) return;
  throw new RingerError('STORE_FAILED', `the event bus answered ${Entries[0]?.ErrorCode ?? 'no'}`, {
    retryable: true,
  });
}

function detailOf({ alert, newest, version }: AlertChange): string {
  const whole = JSON.stringify({ schemaVersion: 1, alert, newest, version });
  if (Buffer.byteLength(whole) <= LARGEST_DETAIL_BYTES) return whole;
  const { related, evidence, ...rest } = alert;
  const shorter = { ...rest, related: related.slice(0, 20), evidence: evidence.slice(0, 5) };
  const said = newest.why === undefined ? newest : { ...newest, why: quoted(newest.why, LONGEST_WHY) };
  return JSON.stringify({ schemaVersion: 1, alert: shortTexts(shorter, 120), newest: said, version });
}
