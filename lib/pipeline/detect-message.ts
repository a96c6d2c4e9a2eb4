/**
 * Detects in one message of the queue. What cannot be used is set aside with its reason, event by event, and the rest of
 * the message proceeds; what may work later makes the message come again.
 */
import { EVENT_TRIES } from '../config/names.ts';
import { messageOf, RingerError } from '../core/errors.ts';
import { putCanary } from '../stores/canaries.ts';
import { canarySent } from './canary.ts';
import { detect, type DetectCounts, type Detecting } from './detect.ts';
import { unpackEvents } from './event-message.ts';

export interface Counts extends Omit<DetectCounts, 'failed'> {
  readonly events: number;
  /** Entries and events that were set aside. */
  readonly setAside: number;
}

/** Keeps an entry that nobody can use, with the reason. */
export type SetAside = (entry: unknown, because: string) => Promise<void>;

/**
 * @param attempt - how often the queue has given the message, this time included
 * @throws INVARIANT when the message is none of ours; else what kept a subject from being evaluated, when it may pass
 */
export async function detectMessage(
  body: string,
  attempt: number,
  run: Detecting,
  setAside: SetAside,
): Promise<Counts> {
  const { events, canaries, bad } = unpackEvents(body);
  const { failed, ...counts } = await detect(events, run);
  for (const canary of canaries) await putCanary(run.alerts, canarySent(canary), run.clock.now());
  const passing = failed.find(({ cause }) => mayPass(cause));
  // The message comes again whole: what is set aside now would be so once more.
  if (passing !== undefined && attempt < EVENT_TRIES) throw passing.cause;
  let buried = 0;
  for (const { entry, because } of bad) {
    await setAside(entry, because);
    buried++;
  }
  for (const { events: given, cause } of failed) {
    for (const event of given) await setAside(event, messageOf(cause));
    buried += given.length;
  }
  return { ...counts, events: events.length, setAside: buried };
}

/** What DynamoDB calls invalid, and what we call impossible, stays so. */
function mayPass(cause: unknown): boolean {
  if (cause instanceof RingerError) return cause.retryable;
  return !(cause instanceof Error && cause.name === 'ValidationException');
}
