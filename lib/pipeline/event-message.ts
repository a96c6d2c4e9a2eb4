/** Events as they travel through the queue: many in one message, those of one subject together. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { RingerError } from '../core/errors.ts';
import { compareText, type Event, type EventBase } from '../core/events/index.ts';
import { asObject } from '../sources/fields.ts';
import type { CanaryEntry } from './canary.ts';

type Entry = Event | CanaryEntry;

/** SQS takes 256 KiB everywhere; a little is left for its own accounting. */
const LARGEST_MESSAGE = 250_000;
/** So many that a message is worth its request, so few that one bad message holds back little. */
const MOST_EVENTS = 250;
const LARGEST_UNPACKED_BYTES = 64 * 1024 * 1024;

/**
 * Packs events into message bodies. Events of one actor share a message where they can, so that whoever reads it reads
 * and writes that actor's state once.
 */
export function packEvents(events: readonly Entry[]): readonly string[] {
  const keyed = events.map((event): [string, Entry] => [groupOf(event), event]);
  const sorted = keyed.sort(([a], [b]) => compareText(a, b)).map(([, event]) => event);
  const bodies: string[] = [];
  for (let start = 0; start < sorted.length; start += MOST_EVENTS) {
    bodies.push(...bodiesOf(sorted.slice(start, start + MOST_EVENTS)));
  }
  return bodies;
}

function bodiesOf(events: readonly Entry[]): readonly string[] {
  const body = gzipSync(JSON.stringify({ version: 1, events })).toString('base64');
  if (body.length <= LARGEST_MESSAGE) return [body];
  if (events.length === 1)
    throw new RingerError('INVARIANT', `an event of ${body.length} bytes fits in no message`);
  const middle = Math.ceil(events.length / 2);
  return [...bodiesOf(events.slice(0, middle)), ...bodiesOf(events.slice(middle))];
}

function groupOf(event: Entry): string {
  if ('to' in event && event.to !== undefined) return `${event.to.kind}:${event.to.id}`;
  const { actor, device } = event;
  return (
    actor?.address ?? actor?.accountUid ?? actor?.sessionName ?? device?.serialNumber ?? device?.uid ?? ''
  );
}

export interface Unpacked {
  readonly events: readonly Event[];
  readonly canaries: readonly CanaryEntry[];
  /** Entries that are no events. */
  readonly bad: readonly { readonly entry: unknown; readonly because: string }[];
}

/**
 * Reads a message body.
 *
 * @throws INVARIANT when it is not one of ours at all
 */
export function unpackEvents(body: string): Unpacked {
  const entries = entriesOf(body);
  const events: Event[] = [];
  const canaries: CanaryEntry[] = [];
  const bad: { entry: unknown; because: string }[] = [];
  for (const entry of entries) {
    const because = whyNotEvent(entry);
    if (because !== undefined) bad.push({ entry, because });
    else if ((entry as EventBase & { kind: string }).kind === 'canary') canaries.push(entry as CanaryEntry);
    else events.push(entry as Event);
  }
  return { events, canaries, bad };
}

function entriesOf(body: string): readonly unknown[] {
  let message: unknown;
  try {
    const text = gunzipSync(Buffer.from(body, 'base64'), {
      maxOutputLength: LARGEST_UNPACKED_BYTES,
    }).toString('utf8');
    message = JSON.parse(text);
  } catch (cause) {
    throw new RingerError('INVARIANT', 'a message that is not packed events', { cause });
  }
  const entries = asObject(message)?.['events'];
  if (asObject(message)?.['version'] !== 1 || !Array.isArray(entries)) {
    throw new RingerError('INVARIANT', 'a message of another version');
  }
  return entries;
}

function whyNotEvent(entry: unknown): string | undefined {
  const event = asObject(entry);
  if (event === undefined) return 'not an object';
  for (const field of ['kind', 'source', 'feed', 'uid']) {
    if (typeof event[field] !== 'string') return `${field}: expected a text`;
  }
  const time = event['time'];
  return typeof time === 'number' && Number.isFinite(time) && time > 0
    ? undefined
    : 'time: expected an instant';
}
