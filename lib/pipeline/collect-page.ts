/** Sorts out a page: what becomes of each record, and by what it is known when a vendor lists it again. */
import { eventKey, type SourceEvent } from '../core/events/index.ts';
import type { EpochMs } from '../core/time.ts';
import type { ArchivedOutcome } from '../sources/archived.ts';
import { outcomeOf } from '../sources/outcome.ts';
import { rejected, type Feed, type Normalized } from '../sources/source.ts';
import type { Identified } from '../stores/seen-records.ts';

/** A record and what became of it. */
export interface Sorted extends ArchivedOutcome, Identified {
  /** As received. */
  readonly json: string;
  /** Empty unless `used`. */
  readonly events: readonly SourceEvent[];
}

/** What surely fits into a message of the queue once compressed, however little it shrinks. */
const LARGEST_EVENT_BYTES = 180_000;

/**
 * Sorts out the records of a page.
 *
 * A record that gives events is known by theirs, so that its second copy is the same whatever the vendor has since
 * changed in it; as for `scan`, the first one counts. Any other is known by all that it says.
 *
 * @param fetchedTime - when the page was read
 */
export function sortOut(records: readonly unknown[], feed: Feed, fetchedTime: EpochMs): readonly Sorted[] {
  return records.map((record) => {
    const json = JSON.stringify(record);
    const normalized = sendable(outcomeOf(record, feed, fetchedTime, fetchedTime), json);
    if (normalized.outcome === 'events') {
      const { events } = normalized;
      const time = events.reduce((oldest, event) => Math.min(oldest, event.time), Infinity);
      return { json, outcome: 'used', events, key: events.map(eventKey).join('\n'), time };
    }
    return { json, ...normalized, events: [], key: json };
  });
}

/** An event that fits into no message would hold up its page for ever. */
function sendable(normalized: Normalized, json: string): Normalized {
  // No event is larger than its record by much; UTF-8 takes at most three bytes a unit.
  if (normalized.outcome !== 'events' || json.length < LARGEST_EVENT_BYTES / 6) return normalized;
  const bytes = Math.max(...normalized.events.map((event) => Buffer.byteLength(JSON.stringify(event))));
  return bytes <= LARGEST_EVENT_BYTES ? normalized : rejected(`an event of ${bytes} bytes is too large`);
}
