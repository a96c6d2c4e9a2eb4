/** Reads what lies in the dead-letter queue: who put it there, why, and whether it is of use. */
import { gzipSync } from 'node:zlib';
import type { Event } from '../core/events/index.ts';
import { asObject } from '../sources/fields.ts';
import { unpackEvents } from './event-message.ts';

/** A message there. */
export type DeadLetter = {
  readonly reason: string;
  /** Events that can go back. */
  readonly events: number;
} & (
  | { readonly kind: 'event'; readonly event: Event }
  /** The body is a message of the events queue as it is. */
  | { readonly kind: 'packed' }
  | { readonly kind: 'stays' }
);

/** Reads a message's body. Never throws: what nobody knows stays where it is, and that is its reason. */
export function readDeadLetter(body: string): DeadLetter {
  const written = objectIn(body);
  if (written === undefined) return packed(body);
  if ('entry' in written) return setAside(written['entry'], textIn(written['because']));
  const stream = asObject(written['DDBStreamBatchInfo']);
  return stays(
    stream === undefined ? 'something that Ringer did not put here' : streamReason(written['requestContext']),
  );
}

function packed(body: string): DeadLetter {
  try {
    const events = unpackEvents(body).events.length;
    return events === 0
      ? stays('a message in which nothing is an event')
      : { kind: 'packed', reason: 'a message that detect failed on too often', events };
  } catch {
    return stays('something that Ringer did not put here');
  }
}

/** What was no event when it was set aside may be one for a newer version. */
function setAside(entry: unknown, because: string): DeadLetter {
  const asMessage = gzipSync(JSON.stringify({ version: 1, events: [entry] })).toString('base64');
  const {
    events: [event],
    bad: [bad],
  } = unpackEvents(asMessage);
  return event === undefined
    ? stays(`no event: ${bad?.because ?? because}`)
    : { kind: 'event', reason: because, event, events: 1 };
}

function stays(reason: string): DeadLetter {
  return { kind: 'stays', reason, events: 0 };
}

/** Lambda gives no records, only where in the stream they were. */
function streamReason(context: unknown): string {
  const { functionArn, condition } = asObject(context) ?? {};
  const name = /:function:([\w-]+)/.exec(textIn(functionArn))?.[1] ?? 'a function';
  return `changes of alerts that ${name} gave up (${textIn(condition)}): no events`;
}

function textIn(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'no reason given';
}

function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(body));
  } catch {
    // Packed events are no JSON.
    return undefined;
  }
}
