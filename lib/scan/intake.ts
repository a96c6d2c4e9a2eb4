/** Takes records as files give them and turns them into events, counting what becomes of each. */
import type { SourceEvent } from '../core/events/index.ts';
import { eventKey } from '../core/events/index.ts';
import { messageOf } from '../core/errors.ts';
import type { EpochMs } from '../core/time.ts';
import type { Position, Sink } from '../exports/read.ts';
import { archivedRecord, type ArchivedRecord } from '../sources/archived.ts';
import { asObject } from '../sources/fields.ts';
import { feedOf, VENDORS } from '../sources/index.ts';
import { outcomeOf } from '../sources/outcome.ts';
import type { Feed, Glance, RawRecord } from '../sources/source.ts';
import { recordsOf } from './pages.ts';
import { Seen } from './seen.ts';
import { sourceNamed, Sums, type CountedSource } from './sums.ts';

/** Stands for the time of inventory rows that carry none, until it is known what *now* is. */
export const UNDATED: EpochMs = 0;

const MAX_PAGE_DEPTH = 4;

export class Intake implements Sink {
  readonly sums = new Sums();
  /** Time of the newest event; `undefined` while there is none. */
  newest: EpochMs | undefined;
  readonly #seen = new Seen();
  readonly #clock: EpochMs;
  readonly #take: (event: SourceEvent) => void;
  #glances: readonly Glance[] = [];
  /** The feed of the record before: files hold runs of the same. */
  #lastFeed: Feed | undefined;
  #lastFile = '';

  /**
   * @param clock - the real time: events more than a day ahead of it are rejected
   * @param take - given each event, once
   */
  constructor(clock: EpochMs, take: (event: SourceEvent) => void) {
    this.#clock = clock;
    this.#take = take;
  }

  buffer(bytes: Buffer): void {
    this.#glances = VENDORS.flatMap((vendor) => (vendor.glance === undefined ? [] : [vendor.glance(bytes)]));
  }

  json(bytes: Buffer, start: number, end: number, at: Position): void {
    for (const glance of this.#glances) {
      const source = glance(start, end);
      if (source !== undefined) {
        this.sums.skipped(source as CountedSource, 'irrelevant');
        return;
      }
    }
    this.#text(bytes.toString('utf8', start, end), at);
  }

  /** A row counts when it carries a record as JSON, as Purview's audit export does. */
  row(row: Readonly<Record<string, string>>, at: Position): void {
    const column = Object.keys(row).find((name) => name.toLowerCase() === 'auditdata');
    if (column === undefined) this.sums.skipped('other', 'unsupported');
    else this.#text(row[column] ?? '', at, 'm365');
  }

  damaged(reason: string, at: Position): void {
    this.#reject(this.#sourceIn(at), reason, at);
  }

  #text(text: string, at: Position, source?: CountedSource): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      this.#reject(source ?? this.#sourceIn(at), `not valid JSON: ${messageOf(cause).slice(0, 120)}`, at);
      return;
    }
    this.#value(value, at, 0);
  }

  #value(value: unknown, at: Position, depth: number): void {
    if (Array.isArray(value) && depth < MAX_PAGE_DEPTH) {
      for (const element of value) this.#value(element, at, depth + 1);
      return;
    }
    const record = asObject(value);
    if (record === undefined) {
      this.#reject(this.#sourceIn(at), 'expected a JSON object', at);
      return;
    }
    const archived = archivedRecord(record);
    if (archived !== undefined) {
      this.#archived(archived, at);
      return;
    }
    const feed = this.#feedOf(record);
    if (feed !== undefined) {
      this.#record(record, feed, at);
      return;
    }
    const inside = depth < MAX_PAGE_DEPTH ? recordsOf(record) : undefined;
    if (inside === undefined) this.sums.skipped('other', 'unsupported');
    else for (const element of inside) this.#value(element, at, depth + 1);
  }

  #feedOf(record: RawRecord): Feed | undefined {
    return this.#lastFeed?.recognizes(record) === true ? this.#lastFeed : feedOf(record);
  }

  /** What has no shape of a feed was rejected when it was collected, by a feed that was asked for. */
  #archived({ source, fetchedTime, outcome, because, record }: ArchivedRecord, at: Position): void {
    const counted = sourceNamed(source);
    const object = asObject(record);
    const feed = object === undefined ? undefined : this.#feedOf(object);
    if (fetchedTime === undefined) this.#reject(counted, 'fetchedTime: expected a time', at);
    else if (object !== undefined && feed !== undefined) this.#record(object, feed, at, fetchedTime);
    else if (outcome === 'rejected')
      this.#reject(counted, typeof because === 'string' ? because : 'when it was collected', at);
    else this.sums.skipped(counted, because === 'irrelevant' ? because : 'unsupported');
  }

  #record(record: RawRecord, feed: Feed, at: Position, fetchedTime?: EpochMs): void {
    this.#lastFeed = feed;
    this.#lastFile = at.file;
    const source = feed.source as CountedSource;
    const outcome = outcomeOf(record, feed, fetchedTime ?? UNDATED, fetchedTime ?? this.#clock);
    switch (outcome.outcome) {
      case 'rejected':
        this.#reject(source, outcome.because, at);
        return;
      case 'skipped':
        this.sums.skipped(source, outcome.because);
        return;
      case 'events':
        this.#events(outcome.events, source);
    }
  }

  #events(events: readonly SourceEvent[], source: CountedSource): void {
    // Inventory rows share an application's id; their devices tell them apart.
    const key = events.length === 1 ? eventKey(events[0] as SourceEvent) : events.map(eventKey).join('\n');
    if (!this.#seen.add(key)) {
      this.sums.skipped(source, 'duplicate');
      return;
    }
    this.sums.used(source, events.length);
    for (const event of events) {
      if (event.time !== UNDATED && (this.newest === undefined || event.time > this.newest))
        this.newest = event.time;
      this.#take(event);
    }
  }

  /** A record nobody can read is counted under the source of the ones before it in the same file. */
  #sourceIn(at: Position): CountedSource {
    return this.#lastFeed !== undefined && this.#lastFile === at.file
      ? (this.#lastFeed.source as CountedSource)
      : 'other';
  }

  #reject(source: CountedSource, because: string, at: Position): void {
    const { file, line, record } = at;
    this.sums.rejected({ source, file, ...(line === undefined ? {} : { line }), record, because });
  }
}
