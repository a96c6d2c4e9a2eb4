/** `ringer alerts acknowledge|close|reopen|note`: what a person says of an alert, kept with who and when. */
import { safeText } from '../core/alerts/text.ts';
import type { Action } from '../stores/alert-life.ts';
import { actOnAlert } from '../stores/alerts.ts';
import { findOne, withAlerts } from './alerts-store.ts';
import { EXIT } from './exit.ts';
import type { StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface ActOptions extends StoreOptions {
  readonly reason?: string;
}

/** A page of text; what is longer belongs into a case file. */
const LONGEST_REASON = 4_000;

/** Does it, or says why it cannot be done: exit code 1. */
export function alertsActVerb(verb: Action['verb'], id: string, options: ActOptions): Promise<number> {
  return withAlerts(options, async ({ alerts, who }) => {
    const why = reasonOf(verb, options.reason);
    const found = await findOne(alerts, id);
    if (found === undefined) return EXIT.failed;
    const { alert } = found;
    const action: Action = { verb, who, why, time: Date.now(), judging: alert.severity };
    const outcome = await actOnAlert(alerts, alert.id, action);
    if (outcome === undefined || 'refused' in outcome) {
      notice(`ringer: ${verb} ${alert.id.slice(0, 8)}: ${safeText(outcome?.refused ?? 'it is gone')}`);
      return EXIT.failed;
    }
    const { newest } = outcome;
    notice(
      `${newest.what}: ${alert.id.slice(0, 8)} ${alert.detection}, ${safeText(alert.subject.id)}; it is ${outcome.alert.status}`,
    );
    return EXIT.done;
  });
}

function reasonOf(verb: Action['verb'], given: string | undefined): string | undefined {
  const reason = given?.trim();
  if (verb !== 'acknowledge' && (reason ?? '') === '') throw new UsageError(`${verb} needs a --reason`);
  if (reason !== undefined && reason.length > LONGEST_REASON)
    throw new UsageError(`--reason: expected at most ${LONGEST_REASON} characters, got ${reason.length}`);
  return reason === '' ? undefined : reason;
}
