/** Whole records of each Microsoft feed for the tests to alter, and the one way in that the tests use. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceEvent } from '../../../lib/core/events/index.ts';
import { microsoft } from '../../../lib/sources/microsoft/index.ts';
import type { Feed, Normalized, RawRecord } from '../../../lib/sources/source.ts';

const FIXTURES = join(__dirname, '..', '..', 'fixtures');

export const OBSERVED_TIME = Date.UTC(2026, 3, 1);

/** Reads a fixture by its path below `test/fixtures`, without its ending. */
export function fixture(path: string): RawRecord {
  return JSON.parse(readFileSync(join(FIXTURES, `${path}.json`), 'utf8')) as RawRecord;
}

/** Every record of every Microsoft feed among the fixtures. */
export function allFixtures(): readonly RawRecord[] {
  return globSync('{entra,intune,m365}/*/*.json', { cwd: FIXTURES })
    .filter((path) => !path.endsWith('.expected.json'))
    .sort()
    .map((path) => fixture(path.replace(/\.json$/, '')));
}

export function feedsOf(record: RawRecord): readonly Feed[] {
  return microsoft.feeds.filter((feed) => feed.recognizes(record));
}

/** Normalises a record that exactly one feed recognises. */
export function normalize(record: RawRecord): Normalized {
  const [feed, ...more] = feedsOf(record);
  if (feed === undefined || more.length > 0) throw new Error('exactly one feed has to recognise the record');
  return feed.normalize(record, { observedTime: OBSERVED_TIME });
}

export function eventsOf(record: RawRecord): readonly SourceEvent[] {
  const normalized = normalize(record);
  return normalized.outcome === 'events' ? normalized.events : [];
}

/** Gives the only event of a record, of the kind the test is about. */
export function eventOf<K extends SourceEvent['kind']>(
  record: RawRecord,
  kind: K,
): Extract<SourceEvent, { kind: K }> {
  const found = eventsOf(record).find((event) => event.kind === kind);
  if (found === undefined) throw new Error(`the record gives no ${kind}`);
  return found as Extract<SourceEvent, { kind: K }>;
}
