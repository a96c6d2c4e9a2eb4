/**
 * The canary: an entry that takes the way of an event from the queue on, to show that the way is open. Every hour one
 * goes unseen; `ringer alerts test` sends one that is announced to everybody.
 */
import { testMessage } from '../core/alerts/test-message.ts';
import type { EventBase } from '../core/events/index.ts';
import { messageOf } from '../core/errors.ts';
import { recordHop, type Canary, type CanarySent } from '../stores/canaries.ts';
import type { EpochMs } from '../core/time.ts';
import type { Notifying } from './notify.ts';

/** A canary in the queue. */
export interface CanaryEntry extends EventBase {
  readonly kind: 'canary';
  readonly announce: boolean;
}

export function canaryEntry({ token, sentAt, announce }: CanarySent): CanaryEntry {
  return { kind: 'canary', time: sentAt, source: 'ringer', feed: 'canary', uid: token, announce };
}

export function canarySent({ uid, time, announce }: CanaryEntry): CanarySent {
  return { token: uid, sentAt: time, announce };
}

/**
 * Takes a canary that came through the stream to its end: an announced one goes to every channel, whatever its minimum.
 *
 * @returns how long the whole way took; `undefined` when it had arrived before, for each hop is in the stream too
 */
export async function hearCanary(canary: Canary, run: Notifying): Promise<EpochMs | undefined> {
  if ((canary.notifiedAt ?? -Infinity) >= canary.detectedAt) return undefined;
  const channels: Record<string, string> = {};
  if (canary.announce) {
    const message = testMessage(canary.token, canary.sentAt);
    for (const { id, send } of run.channels) {
      try {
        await send(message);
        channels[id] = 'sent';
      } catch (thrown) {
        channels[id] = messageOf(thrown);
        run.failed(id, messageOf(thrown));
      }
    }
  }
  const notifiedAt = run.clock.now();
  await recordHop(run.alerts, canary.token, { notifiedAt, channels });
  return notifiedAt - canary.sentAt;
}
