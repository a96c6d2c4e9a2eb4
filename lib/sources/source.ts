/**
 * What a source is to the rest of Ringer: a vendor's record goes in, and comes out as exactly one of three things.
 */
import type { SourceEvent, SourceId } from '../core/events/index.ts';
import type { EpochMs } from '../core/time.ts';

/** A parsed JSON object, about which nothing is known yet. */
export type RawRecord = Readonly<Record<string, unknown>>;

export type Normalized =
  | { readonly outcome: 'events'; readonly events: readonly SourceEvent[] }
  /** `irrelevant`: no detection can use it. `unsupported`: another product or layout. */
  | { readonly outcome: 'skipped'; readonly because: 'irrelevant' | 'unsupported' }
  /** Damaged: names the field and what was expected. */
  | { readonly outcome: 'rejected'; readonly because: string };

/** One kind of record of one source. */
export interface Feed {
  readonly source: SourceId;
  readonly id: string;
  /** Tells from its shape alone whether a record is of this feed. Feeds exclude each other. */
  readonly recognizes: (record: RawRecord) => boolean;
  /**
   * Turns a record into events. Relevance comes first: what no detection can use is `irrelevant`, whether or not the
   * rest of it would parse.
   */
  readonly normalize: (record: RawRecord, reading: Reading) => Normalized;
}

/** What a normaliser may know beside the record. */
export interface Reading {
  /** When the record was fetched. Inventory rows without a time of their own take it. */
  readonly observedTime: EpochMs;
}

/** A vendor: its feeds, and where it is possible, a glance that spares parsing. */
export interface Vendor {
  readonly feeds: readonly Feed[];
  /**
   * Opens what wraps several records with shared context (an SSM page, a LookupEvents event): gives the records inside,
   * or `undefined` when this is not such a wrapper.
   */
  readonly unwrap?: (page: RawRecord) => readonly unknown[] | undefined;
  /**
   * Tells from a few bytes that a record cannot matter, so that it need not be parsed. Made once a buffer; called with
   * rising ranges of it. Never says so of a record that `normalize` would use or reject for another reason than damage.
   */
  readonly glance?: (bytes: Buffer) => Glance;
}

/** The source to count an irrelevant record under, or `undefined` when it has to be parsed to know. */
export type Glance = (start: number, end: number) => SourceId | undefined;

export const IRRELEVANT: Normalized = { outcome: 'skipped', because: 'irrelevant' };

export function rejected(because: string): Normalized {
  return { outcome: 'rejected', because };
}

/** Wraps the events of a record; one that gives none is of no use. */
export function events(list: readonly SourceEvent[]): Normalized {
  return list.length === 0 ? IRRELEVANT : { outcome: 'events', events: list };
}
