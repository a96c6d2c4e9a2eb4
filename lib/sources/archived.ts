/**
 * A line of the archive: a vendor's record as it was received, or an event that was made of one, and where it came from.
 * Collecting writes such lines and `ringer scan` reads them.
 */
import type { SourceEvent, SourceId } from '../core/events/index.ts';
import { isoTime, type EpochMs } from '../core/time.ts';
import type { RawRecord } from './source.ts';
import { parseTime } from './times.ts';

const SCHEMA_VERSION = 1;

/** Where and when a page was read. */
export interface Fetched {
  readonly connection: string;
  readonly source: SourceId;
  /** The feed's id in its vendor's manifest, as the connection's `feeds` name it. */
  readonly feed: string;
  readonly fetchedTime: EpochMs;
}

/** What became of a record when it was collected. `because` names the reason of the other two. */
export interface ArchivedOutcome {
  readonly outcome: 'used' | 'skipped' | 'rejected';
  readonly because?: string;
}

/**
 * Writes the line of a record.
 *
 * @param json - the record as JSON
 * @example recordLine(fetched, { outcome: 'used' }, '{"uuid":"a"}')
 * // => '{"schemaVersion":1,"connection":"main",…,"outcome":"used","record":{"uuid":"a"}}'
 */
export function recordLine(fetched: Fetched, { outcome, because }: ArchivedOutcome, json: string): string {
  const head = JSON.stringify({ ...headOf(fetched), outcome, because });
  return `${head.slice(0, -1)},"record":${json}}`;
}

/** Writes the line of an event. */
export function eventLine(fetched: Fetched, event: SourceEvent): string {
  return JSON.stringify({ ...headOf(fetched), event });
}

function headOf({ connection, source, feed, fetchedTime }: Fetched): object {
  return { schemaVersion: SCHEMA_VERSION, connection, source, feed, fetchedTime: isoTime(fetchedTime) };
}

/** An archived record as a reader finds it; nothing in it is certain. */
export interface ArchivedRecord {
  readonly source: unknown;
  /** `undefined` when damaged. */
  readonly fetchedTime: EpochMs | undefined;
  readonly outcome: unknown;
  readonly because: unknown;
  readonly record: unknown;
}

/** Opens the line of a record; `undefined` for anything else, lines of events included. No vendor's record looks so. */
export function archivedRecord(line: RawRecord): ArchivedRecord | undefined {
  if (line['schemaVersion'] !== SCHEMA_VERSION) return undefined;
  if (!Object.hasOwn(line, 'fetchedTime') || !Object.hasOwn(line, 'record')) return undefined;
  const { source, fetchedTime, outcome, because, record } = line;
  return { source, fetchedTime: parseTime(fetchedTime), outcome, because, record };
}
