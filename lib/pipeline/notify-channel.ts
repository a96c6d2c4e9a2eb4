/** A way to people, and what is owed to it of an alert. */
import type { Alert } from '../core/alerts/alert.ts';
import type { Detail, Message } from '../core/alerts/message.ts';
import { isApproved, type Published } from '../core/alerts/publish.ts';
import { severityRank, type Severity } from '../core/alerts/severity.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { DAY_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import type { Clock } from '../sources/transport.ts';

export interface NotifyChannel {
  /** Under which it is recorded what was sent: it never changes. */
  readonly id: string;
  /** The least severity it wants. */
  readonly minimum: Severity;
  readonly detail: Detail;
  /**
   * Sends. It resolves when the other side has taken the message.
   *
   * @param alert - what the message is of, where it is one alert
   * @throws RingerError, not retryable when trying again soon is of no use
   */
  readonly send: (message: Message, alert?: Alert) => Promise<void>;
}

export type Due = 'nothing' | 'now' | 'digest';

/** What is older when it is first told of is history, not news. */
const OLD_MS = DAY_MS;
/** A channel that did not answer is not asked again at once, lest a batch of records wait for it one by one. */
const REST_MS = 20 * SECOND_MS;

/**
 * Decides what a channel is owed: the first message about an open alert, and another when the alert has become more
 * urgent than what was told, also when somebody has acknowledged the lesser one.
 *
 * @param told - what the channel was last told
 */
export function dueOf(alert: Alert, told: Severity | undefined, minimum: Severity, now: EpochMs): Due {
  const rank = severityRank(alert.severity);
  if (rank < severityRank(minimum) || isApproved(alert as Partial<Published>)) return 'nothing';
  if (told === undefined) {
    if (alert.status !== 'open') return 'nothing';
    return Date.parse(alert.time) < now - OLD_MS ? 'digest' : 'now';
  }
  const isStanding = alert.status === 'open' || alert.status === 'acknowledged';
  return isStanding && rank > severityRank(told) ? 'now' : 'nothing';
}

/** Makes a channel refuse for a while after it failed in a way that may pass. One that says no says so at once, and maybe to one message alone. */
export function restingAfterFailure(channel: NotifyChannel, clock: Clock): NotifyChannel {
  let failed: { readonly until: EpochMs; readonly because: string } | undefined;
  return {
    ...channel,
    async send(message, alert) {
      if (failed !== undefined && clock.now() < failed.until) {
        throw new RingerError('SOURCE_UNAVAILABLE', failed.because, { retryable: true });
      }
      try {
        await channel.send(message, alert);
        failed = undefined;
      } catch (thrown) {
        if (mayPass(thrown)) failed = { until: clock.now() + REST_MS, because: messageOf(thrown) };
        throw thrown;
      }
    },
  };
}

/** Tells whether trying again soon may help: everything may, unless it says that it does not. */
export function mayPass(thrown: unknown): boolean {
  return !(thrown instanceof RingerError) || thrown.retryable;
}
