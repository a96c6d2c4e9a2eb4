/** What becomes of a record, whoever read it: a collector from its vendor, or a scan from a file or the archive. */
import { DAY_MS, isoTime, type EpochMs } from '../core/time.ts';
import { asObject } from './fields.ts';
import { rejected, type Feed, type Normalized } from './source.ts';

/**
 * Turns a record into its events, or says why not. Never throws: one record never keeps the others from being read.
 *
 * @param observedTime - when it was fetched
 * @param clock - the real time then: what happened more than a day later did not
 */
export function outcomeOf(record: unknown, feed: Feed, observedTime: EpochMs, clock: EpochMs): Normalized {
  const object = asObject(record);
  if (object === undefined) return rejected('record: expected an object');
  try {
    const normalized = feed.normalize(object, { observedTime });
    if (normalized.outcome !== 'events') return normalized;
    const ahead = normalized.events.find((event) => event.time > clock + DAY_MS);
    return ahead === undefined
      ? normalized
      : rejected(`the time ${isoTime(ahead.time)} is more than a day ahead of the clock`);
  } catch (thrown) {
    // The message may quote the record.
    const name = thrown instanceof Error ? thrown.name : typeof thrown;
    return rejected(`Ringer failed on it (${name}): please report it`);
  }
}
