/** Takes records as vendors send them the way they take: recognised, normalised, placed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceEvent } from '../../lib/core/events/index.ts';
import { createAtlas, type AtlasParts } from '../../lib/geo/atlas.ts';
import { feedOf } from '../../lib/sources/index.ts';
import type { RawRecord } from '../../lib/sources/source.ts';

/**
 * Reads a fixture, `okta/system-log/session-start-vpn`, with some of its fields replaced.
 *
 * @param over - replaces what is at a top-level key
 */
export function fixture(path: string, over: Record<string, unknown> = {}): RawRecord {
  const text = readFileSync(join(__dirname, '../fixtures', `${path}.json`), 'utf8');
  return { ...(JSON.parse(text) as RawRecord), ...over };
}

/** Gives the events of a record as they reach the engine. */
export function eventsOf(record: RawRecord, atlas: AtlasParts = {}): readonly SourceEvent[] {
  const normalized = feedOf(record)?.normalize(record, { observedTime: Date.UTC(2026, 0, 1) });
  if (normalized?.outcome !== 'events')
    throw new Error(`the record gave ${normalized?.outcome ?? 'nothing'}`);
  const { place } = createAtlas(atlas);
  return normalized.events.map((event) =>
    event.srcEndpoint === undefined ? event : { ...event, srcEndpoint: place(event.srcEndpoint) },
  );
}
