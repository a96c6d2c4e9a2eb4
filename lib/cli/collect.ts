/** `ringer collect`: pulls the live sources into a store in a folder, and detects as it goes; no AWS account is needed. */
import { durationMs } from '../config/duration.ts';
import { readPeopleFile } from '../config/people-file.ts';
import { CATALOGUE } from '../core/detections/index.ts';
import type { EpochMs } from '../core/time.ts';
import { parseTime } from '../sources/times.ts';
import { writeAlerts } from './alerts-output.ts';
import { collectFeeds, type FeedRun } from './collect-feeds.ts';
import { openLocalPipeline, type LocalPipeline } from './collect-pipeline.ts';
import { reportFeeds, summaryText } from './collect-report.ts';
import { configOf } from './config-option.ts';
import { EXIT } from './exit.ts';
import { namedSources } from './named-sources.ts';
import { withEmbedded } from './store-options.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface CollectOptions {
  readonly config?: string;
  readonly people?: string;
  readonly store?: string;
  readonly source?: readonly string[];
  readonly since?: string;
  readonly once?: boolean;
  readonly watch?: boolean;
  readonly eventsOut?: string;
}

const DEFAULT_STORE = 'ringer-store';

/**
 * Runs the verb.
 *
 * @returns 0 every feed was read to its end · 1 one of them was not, after all the others · 2 wrong usage
 */
export async function collectVerb(options: CollectOptions): Promise<number> {
  const { store = DEFAULT_STORE, once = false, watch = false } = options;
  if (once && watch) throw new UsageError('--once and --watch: choose one of them');
  const since = sinceOf(options.since, Date.now());
  const config = configOf(options.config, CATALOGUE);
  const sources = namedSources(config, options.source);
  const peopleFile = options.people ?? config.people;
  const people = peopleFile === undefined ? undefined : readPeopleFile(peopleFile);
  for (const { line, message } of people?.problems ?? []) notice(`people: line ${line}: ${message}`);
  const stopping = new AbortController();
  const stop = onInterrupt(stopping);
  try {
    return await withEmbedded(store, async (tables) => {
      const pipeline = await openLocalPipeline({
        ...{ directory: store, tables, config, roster: people?.people ?? [] },
        eventsOut: options.eventsOut,
      });
      try {
        notice(`collecting ${sources.map(({ name }) => name).join(', ')} into ${store}`);
        const run = { sources, since, watch, stop: stopping.signal };
        const feeds = await reportFeeds((progress) => collectFeeds(run, pipeline, progress));
        return await finish(feeds, pipeline, stopping.signal);
      } finally {
        pipeline.close();
      }
    });
  } finally {
    stop();
  }
}

async function finish(
  feeds: readonly FeedRun[],
  pipeline: LocalPipeline,
  stop: AbortSignal,
): Promise<number> {
  for (const line of summaryText(feeds, pipeline.setAside())) notice(line);
  const alerts = await pipeline.news();
  await writeAlerts(alerts, { format: process.stdout.isTTY ? 'text' : 'ndjson', out: undefined });
  if (stop.aborted) notice('stopped; what was read is kept, and the next run goes on from there');
  const isComplete = feeds.every(
    ({ failure, complete }) => failure === undefined && (complete || stop.aborted),
  );
  return isComplete ? EXIT.done : EXIT.failed;
}

/** A first interrupt ends the run after the page in hand; a second ends it at once, which loses nothing either. */
function onInterrupt(stopping: AbortController): () => void {
  const interrupted = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    notice('stopping after the page in hand; interrupt again to stop at once');
    stopping.abort();
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  return () => {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
  };
}

/** @example sinceOf('30 days', Date.UTC(2026, 0, 31)) // => Date.UTC(2026, 0, 1) */
function sinceOf(written: string | undefined, now: EpochMs): EpochMs | undefined {
  if (written === undefined) return undefined;
  const ago = durationMs(written);
  const time = ago === undefined ? parseTime(written) : now - ago;
  if (time === undefined || time > now)
    throw new UsageError(
      `--since: expected a time that is past, 2026-03-01 or 30 days, got ${JSON.stringify(written.slice(0, 40))}`,
    );
  return time;
}
