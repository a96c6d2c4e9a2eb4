/**
 * The keys of the ledger, one table for all that runs remember. Its access patterns:
 *
 * | what | partition | sort |
 * |---|---|---|
 * | a subject's events since an instant, and its sealed state, in one query | `subject#<kind>:<id>` | from `event#<time>` on |
 * | one event, written any number of times | same | `event#<time>#<hash of its key>` |
 * | the sealed state, conditional on its version | same | `state` |
 * | a feed's cursor and lease | `feed#<connection>#<feed>` | `cursor` |
 *
 * `state` sorts after `event#…`, so that one query gives both.
 */
import { eventKey, type Event } from '../core/events/index.ts';
import { stableId } from '../core/hash.ts';
import { subjectKey, type SubjectRef } from '../core/people/subject.ts';
import type { EpochMs } from '../core/time.ts';
import { keyText } from './item-limits.ts';

export const STATE_SORT = 'state';
export const CURSOR_SORT = 'cursor';

/** One feed of one connection. */
export interface FeedKey {
  readonly connection: string;
  readonly feed: string;
}

export function subjectPartition(subject: SubjectRef): string {
  return keyText(`subject#${subjectKey(subject)}`);
}

/**
 * Gives the sort key from which events of an instant and later are found.
 *
 * @example eventSortFrom(0) // => 'event#000000000000000'
 */
export function eventSortFrom(time: EpochMs): string {
  return `event#${String(Math.max(0, Math.floor(time))).padStart(15, '0')}`;
}

/** Gives the sort key of an event. Vendors' ids may be longer than a key may be, so they are hashed. */
export function eventSort(event: Event): string {
  return `${eventSortFrom(event.time)}#${stableId(eventKey(event))}`;
}

export function feedPartition({ connection, feed }: FeedKey): string {
  return `feed#${connection}#${feed}`;
}
