/** Reads the feeds of connections, several at a time: none waits for another or stops it, and detecting goes on meanwhile. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { enabledFeeds } from '../config/enabled-feeds.ts';
import { feedEveryMinutes } from '../config/schedule.ts';
import type { SourceConnection } from '../config/source-schema.ts';
import { messageOf, RingerError, type ErrorCode } from '../core/errors.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import { collect, type Collected, type Counts } from '../pipeline/collect.ts';
import { isWorthAnother } from '../pipeline/collect-again.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { systemClock } from '../sources/transport.ts';
import type { LocalPipeline } from './collect-pipeline.ts';
import { connectionReaders } from './connection-readers.ts';
import { credentialOf } from './credential-value.ts';

/** One feed, and what became of it so far. */
export interface FeedRun {
  readonly connection: string;
  readonly source: string;
  readonly feed: string;
  readonly everyMs: number;
  state: 'waiting' | 'reading' | 'read';
  readonly counts: Counts;
  /** It was read to its end. */
  complete: boolean;
  failure?: { readonly code: ErrorCode | undefined; readonly message: string };
  /** Different reasons why records were damaged, the first few. */
  readonly damage: Set<string>;
  /** When it is to be read again. */
  due: EpochMs;
}

export interface CollectRun {
  readonly sources: readonly SourceConnection[];
  readonly since: EpochMs | undefined;
  readonly watch: boolean;
  readonly stop: AbortSignal;
}

/** A turn of a feed; where more is waiting, the next follows at once. */
const TURN_MS = 10 * MINUTE_MS;
const FEEDS_AT_ONCE = 6;
const REASONS_KEPT = 20;
const IDLE_MS = SECOND_MS;
/** Collecting stops for a while when so much waits to be evaluated. */
const MOST_WAITING = 500;

type Feed = FeedRun & { readonly collected: () => Promise<Collected> };

/**
 * Reads every feed to its end; with `watch`, each again when it is due, until told to stop.
 *
 * @param progress - told after each page
 */
export async function collectFeeds(
  run: CollectRun,
  pipeline: LocalPipeline,
  progress: (feeds: readonly FeedRun[], waiting: number) => void,
): Promise<readonly FeedRun[]> {
  const feeds = run.sources.flatMap(feedsOf);
  const tell = (): void => progress(feeds, pipeline.waiting());
  let reading = true;
  const detecting = async (): Promise<void> => {
    while (reading) {
      await pipeline.detect();
      tell();
      await pause(IDLE_MS, run.stop);
      if (run.stop.aborted) return;
    }
  };
  const detector = detecting();
  const collecting = async (): Promise<void> => {
    do {
      const due = feeds.filter((feed) => feed.due <= systemClock.now() && feed.state !== 'reading').values();
      const worker = async (): Promise<void> => {
        for (const feed of due) await readFeed(feed, run, pipeline, tell);
      };
      await Promise.all(Array.from({ length: FEEDS_AT_ONCE }, worker));
      if (run.watch) await pause(nextDue(feeds) - systemClock.now(), run.stop);
    } while (run.watch && !run.stop.aborted);
  };
  try {
    // Detecting that fails ends the run: nothing else would say so.
    await Promise.race([collecting(), detector.then(() => new Promise<never>(() => undefined))]);
  } finally {
    reading = false;
  }
  await detector;
  if (!run.stop.aborted) {
    await pipeline.detect();
    await pipeline.settle();
  }
  return feeds;
}

function feedsOf(source: SourceConnection): readonly Feed[] {
  const readers = connectionReaders(source, credentialOf(source));
  // Asked for by each feed; none of them is to be the one that is not heard.
  readers.catch(() => undefined);
  const all = MANIFESTS.find(({ vendor }) => vendor === source.type)?.feeds ?? [];
  // A trail's files are told of in the deployment's queue; from here the event history says most of the same.
  const read = source.type === 'aws' ? { ...source, trailBucket: undefined } : source;
  return enabledFeeds(read, all).map(({ id, overlapMinutes, ...feed }) => ({
    connection: source.name,
    source: feed.source,
    feed: id,
    everyMs: feedEveryMinutes(source, { id, ...feed }) * MINUTE_MS,
    state: 'waiting',
    counts: { records: 0, used: 0, skipped: 0, rejected: 0, repeated: 0, events: 0 },
    complete: false,
    damage: new Set(),
    due: 0,
    async collected() {
      const reader = (await readers).get(id);
      if (reader === undefined)
        throw new RingerError(
          'CONFIG_INVALID',
          `sources: ${source.name} cannot read ${id} from this machine`,
        );
      return { ...reader, connection: source.name, id, overlapMinutes };
    },
  }));
}

/** Reads a feed on, turn after turn, until nothing more is waiting or no turn gets further. */
async function readFeed(
  feed: Feed,
  run: CollectRun,
  pipeline: LocalPipeline,
  tell: () => void,
): Promise<void> {
  feed.state = 'reading';
  delete feed.failure;
  feed.complete = false;
  try {
    const collected = withProgress(await feed.collected(), run.stop, async (records) => {
      feed.counts.records += records;
      tell();
      while (pipeline.waiting() > MOST_WAITING && !run.stop.aborted) await pause(IDLE_MS, run.stop);
    });
    for (let again = true; again && !run.stop.aborted;) {
      const now = systemClock.now();
      const before = feed.counts.records;
      const outcome = await collect(collected, {
        ...{ ledger: pipeline.ledger, queue: pipeline.queue, archive: pipeline.archive, clock: systemClock },
        ...{
          token: randomUUID(),
          deadline: now + TURN_MS,
          end: now + HOUR_MS,
          since: run.since,
          alone: true,
        },
        rejected: (because) => {
          if (feed.damage.size < REASONS_KEPT) feed.damage.add(because.replace(/, got .*$/su, ''));
        },
      });
      again = isWorthAnother(outcome);
      if (outcome.outcome !== 'collected') continue;
      feed.counts.records = before;
      for (const [name, count] of Object.entries(outcome.counts)) feed.counts[name as keyof Counts] += count;
      feed.complete = !outcome.more;
    }
  } catch (thrown) {
    feed.failure = {
      code: thrown instanceof RingerError ? thrown.code : undefined,
      message: messageOf(thrown),
    };
  }
  feed.due = systemClock.now() + feed.everyMs;
  feed.state = 'read';
  tell();
}

/** Tells of each page once the next is asked for, when it is safe; no page is asked for after the word to stop. */
function withProgress(
  collected: Collected,
  stop: AbortSignal,
  read: (records: number) => Promise<void>,
): Collected {
  return {
    ...collected,
    async *read(cursor, reading) {
      for await (const page of collected.read(cursor, reading)) {
        yield page;
        await read(page.records.length);
        if (stop.aborted) return;
      }
    },
  };
}

function nextDue(feeds: readonly FeedRun[]): EpochMs {
  return Math.min(...feeds.map(({ due }) => due));
}

/** Waits; being told to stop ends it. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
}
