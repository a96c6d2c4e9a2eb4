/** Tries a feed of a connection as its collector would read it, and looks at what the vendor's answers say beside. */
import type { SourceConnection } from '../config/source-schema.ts';
import { enabledFeeds } from '../config/enabled-feeds.ts';
import { messageOf, RingerError, type ErrorCode } from '../core/errors.ts';
import { DAY_MS, HOUR_MS, SECOND_MS, type EpochMs } from '../core/time.ts';
import type { FeedManifest } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { outcomeOf } from '../sources/outcome.ts';
import type { FeedReader } from '../sources/reader.ts';
import { systemClock, type Transport } from '../sources/transport.ts';
import { connectionReaders } from './connection-readers.ts';
import { credentialOf } from './credential-value.ts';
import { credentialEnd } from './credential-end.ts';

/** What was found of one connection. */
export interface Checkup {
  readonly connection: string;
  readonly type: SourceConnection['type'];
  /** By how much the vendor's clock is ahead of ours; absent when it did not say. */
  readonly clockSkewMs?: number;
  /** When the credential stops being good; absent when it does not say of itself. */
  readonly credentialEnds?: EpochMs;
  readonly feeds: readonly FeedCheckup[];
}

export interface FeedCheckup {
  readonly source: string;
  readonly feed: string;
  /** `quiet`: it can be read, and had nothing in a week. `not-tried`: it can be read from the deployment alone. */
  readonly state: 'ok' | 'quiet' | 'blind' | 'not-tried';
  /** Of the newest record that was read. */
  readonly newestTime?: EpochMs;
  /** Requests the vendor says are left of a minute. */
  readonly requestsLeft?: number;
  readonly permissions: readonly string[];
  readonly licence?: string;
  readonly problem?: { readonly code: ErrorCode | undefined; readonly message: string };
}

/** A feed that has this much to say can be read. */
const MOST_PAGES = 3;
const LONGEST_MS = 12 * SECOND_MS;
/** Lately first; a feed that had nothing is asked about a week. */
const LOOK_BACK_MS = [2 * HOUR_MS, 7 * DAY_MS] as const;

/** Tries every feed of a connection, one after the other: together they would use up what they measure. */
export async function checkUp(source: SourceConnection): Promise<Checkup> {
  const heard: Heard = {};
  const secret = credentialOf(source);
  const all = MANIFESTS.find(({ vendor }) => vendor === source.type)?.feeds ?? [];
  const readers = await connectionReaders(source, secret, listening(heard)).catch(blindness);
  const feeds: FeedCheckup[] = [];
  for (const feed of enabledFeeds(source, all)) {
    delete heard.requestsLeft;
    const { permissions, licence } = feed;
    const found =
      'problem' in readers
        ? { state: 'blind' as const, ...readers }
        : await tried(feed, readers.get(feed.id));
    feeds.push({
      source: feed.source,
      feed: feed.id,
      ...found,
      ...(heard.requestsLeft === undefined ? {} : { requestsLeft: heard.requestsLeft }),
      permissions,
      ...(licence === undefined ? {} : { licence }),
    });
  }
  const ends = await credentialEnd(source.type, secret);
  return {
    connection: source.name,
    type: source.type,
    ...(heard.clockSkewMs === undefined ? {} : { clockSkewMs: heard.clockSkewMs }),
    ...(ends === undefined ? {} : { credentialEnds: ends }),
    feeds,
  };
}

async function tried(
  manifest: FeedManifest,
  reader: FeedReader | undefined,
): Promise<Pick<FeedCheckup, 'state' | 'newestTime' | 'problem'>> {
  if (reader === undefined) return { state: 'not-tried' };
  try {
    for (const lookBackMs of manifest.reads === 'listing' ? [0] : LOOK_BACK_MS) {
      const { records, newestTime } = await newestOf(reader, lookBackMs);
      if (records > 0) return { state: 'ok', ...(newestTime === undefined ? {} : { newestTime }) };
    }
    return { state: 'quiet' };
  } catch (thrown) {
    return { state: 'blind', ...blindness(thrown) };
  }
}

async function newestOf(
  { feed, read }: FeedReader,
  lookBackMs: number,
): Promise<{ readonly records: number; readonly newestTime?: EpochMs }> {
  const now = systemClock.now();
  let records = 0;
  let newestTime: EpochMs | undefined;
  let pages = 0;
  let isAnswered = false;
  for await (const page of read(undefined, { deadline: now + LONGEST_MS, since: now - lookBackMs })) {
    isAnswered = true;
    records += page.records.length + (page.passedOver ?? 0);
    for (const record of page.records) {
      const outcome = outcomeOf(record, feed, now, now);
      for (const { time } of outcome.outcome === 'events' ? outcome.events : [])
        newestTime = Math.max(newestTime ?? time, time);
    }
    if (page.last || ++pages >= MOST_PAGES) break;
  }
  if (!isAnswered)
    throw new RingerError('SOURCE_UNAVAILABLE', 'no answer within 12 seconds, or told to wait for longer');
  return { records, ...(newestTime === undefined ? {} : { newestTime }) };
}

function blindness(thrown: unknown): Pick<Required<FeedCheckup>, 'problem'> {
  const code = thrown instanceof RingerError ? thrown.code : undefined;
  return { problem: { code, message: messageOf(thrown) } };
}

/** What the headers of answers say. */
interface Heard {
  clockSkewMs?: number;
  requestsLeft?: number;
}

const REMAINING = ['x-rate-limit-remaining', 'x-ratelimit-remaining', 'ratelimit-remaining'];

function listening(heard: Heard): Transport {
  return async (request) => {
    const sent = systemClock.now();
    const response = await fetch(request);
    const theirs = Date.parse(response.headers.get('date') ?? '');
    // Their clock shows whole seconds; ours is taken in the middle of the way there and back.
    if (!Number.isNaN(theirs)) heard.clockSkewMs = theirs + SECOND_MS / 2 - (sent + systemClock.now()) / 2;
    const left = REMAINING.map((name) => response.headers.get(name)).find((value) => value !== null);
    if (left !== undefined && left !== null && Number.isFinite(Number(left)))
      heard.requestsLeft = Number(left);
    return response;
  };
}
