/**
 * The keys of the ledger, one table for all that runs remember. Its access patterns:
 *
 * | what | partition | sort |
 * |---|---|---|
 * | a subject's newest events and its sealed state, in one query | `subject#<kind>:<id>` | backwards from `state` |
 * | its events of an instant and later, oldest first | same | from `event#<hour>` to `state` |
 * | some of its events, of one hour | same | `event#<time of the first>#<hash of their keys>` |
 * | the sealed state, conditional on its version | same | `state` |
 * | a part of a state too large for one item | same | `state-part#<hash>#<number>` |
 * | a feed's cursor and lease | `feed#<connection>#<feed>` | `cursor` |
 * | which records of a feed were read since an instant | same | `seen#<time>#<run>#<number>` |
 * | who is due in five minutes of time | `wake#<start>` | `<kind>:<id>` |
 * | up to where the due were woken | `wake` | `done` |
 * | the approvals that alerts were last weighed by | `wake` | `approvals` |
 * | the refreshed lists that are in use | `lists` | `lists` |
 *
 * `state` sorts after `event#…` and before its parts.
 */
import { eventKey, type Event } from '../core/events/index.ts';
import { stableId } from '../core/hash.ts';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import { HOUR_MS, type EpochMs } from '../core/time.ts';
import { keyText } from './item-limits.ts';

export const STATE_SORT = 'state';
export const CURSOR_SORT = 'cursor';
export const STATE_PART_PREFIX = 'state-part#';
export const NOTED_LISTS = { pk: 'lists', sk: 'lists' } as const;
export const WAKE_APPROVALS = { pk: 'wake', sk: 'approvals' } as const;
export const WAKE_DONE = { pk: 'wake', sk: 'done' } as const;

/** One feed of one connection. */
export interface FeedKey {
  readonly connection: string;
  readonly feed: string;
}

export function subjectPartition(subject: SubjectRef): string {
  return keyText(`subject#${subjectKey(subject)}`);
}

/**
 * Gives the sort key from which events of an instant and later are found, and some of the same hour before it.
 *
 * @example logSortFrom(3_700_000) // => 'event#000000003600000'
 */
export function logSortFrom(time: EpochMs): string {
  return `event#${padded(startOfHour(time))}`;
}

/** Gives the sort key of events of one hour, which are in order: the same events, the same key. */
export function logSort(events: readonly [Event, ...Event[]]): string {
  return `event#${padded(wholeMs(events[0].time))}#${stableId(...events.map(storedKey))}`;
}

/** Gives an instant that no event of an item is before, from the item's sort key. */
export function timeInLogSort(sort: string): EpochMs {
  return Number(sort.split('#')[1]);
}

export function startOfHour(time: EpochMs): EpochMs {
  return Math.floor(Math.max(0, time) / HOUR_MS) * HOUR_MS;
}

/** Gives a short mark by which an event is known again, for remembering which were seen. */
export function eventMark(event: Event): string {
  return `event#${padded(wholeMs(event.time))}#${stableId(storedKey(event))}`;
}

/** A conclusion is one event to the engine, however often it is drawn anew; here each word of it is kept. */
function storedKey(event: Event): string {
  return event.kind === 'conclusion' ? `${eventKey(event)}\n${event.revision}` : eventKey(event);
}

function wholeMs(time: EpochMs): number {
  return Math.max(0, Math.floor(time));
}

function padded(time: number): string {
  return String(time).padStart(15, '0');
}

export function feedPartition({ connection, feed }: FeedKey): string {
  return `feed#${connection}#${feed}`;
}

export function wakePartition(slot: EpochMs): string {
  return `wake#${padded(slot)}`;
}
