/** The weekly message: that Ringer is alive, what it could see, and what waits for somebody. Sent also when all is well. */
import { DAY_MS, dayOf, durationText, HOUR_MS, isoTime, type EpochMs } from '../time.ts';
import type { Message, Section } from './message.ts';
import { asSubject, quoted } from './quoted.ts';
import { SEVERITIES, type Severity } from './severity.ts';

/** What is known of the week. What is absent could not be known, and the message says so. */
export interface Week {
  readonly end: EpochMs;
  readonly feeds: readonly FeedReading[];
  readonly open: readonly { readonly severity: Severity; readonly time: EpochMs }[];
  readonly lists?: readonly { readonly name: string; readonly refreshed: EpochMs }[];
}

export interface FeedReading {
  readonly connection: string;
  readonly feed: string;
  /** When something was last read from it; absent when nothing ever was. */
  readonly lastRead?: EpochMs;
  /** How often it is to be read. */
  readonly everyMs: number;
  /** When something new last came. */
  readonly lastArrived?: EpochMs;
  /** New records of the week. */
  readonly records: number;
  /** Times of the week without a reading, from one to the next. */
  readonly gaps: readonly { readonly from: EpochMs; readonly to: EpochMs }[];
}

/** A feed is blind when three turns in a row, and at least an hour, brought nothing home. */
const BLIND_TURNS = 3;
/** Lists of addresses change within weeks. */
const STALE_LIST_MS = 30 * DAY_MS;
const FEEDS_LISTED = 40;

/** Tells whether nothing was read of a feed for too long. */
export function isBlind(
  { lastRead, everyMs }: Pick<FeedReading, 'lastRead' | 'everyMs'>,
  now: EpochMs,
): boolean {
  return lastRead === undefined || now - lastRead > Math.max(HOUR_MS, BLIND_TURNS * everyMs);
}

/** @example weeklyMessage(week).subject // => 'Ringer: week to 2026-11-02, 2 of 9 feeds blind, 14 open alerts' */
export function weeklyMessage(week: Week): Message {
  const blind = week.feeds.filter((feed) => isBlind(feed, week.end));
  const title =
    `Week to ${dayOf(week.end)}, ${blind.length} of ${counted(week.feeds.length, 'feed')} blind, ` +
    counted(week.open.length, 'open alert');
  return {
    kind: 'weekly',
    id: dayOf(week.end),
    subject: asSubject(`Ringer: ${title.charAt(0).toLowerCase()}${title.slice(1)}`),
    title,
    sections: [read(week), blindness(blind, week), ages(week), stale(week)],
    severities: SEVERITIES,
  };
}

function read({ feeds, end }: Week): Section {
  const lines = feeds
    .filter((feed) => !isBlind(feed, end))
    .map((feed) => {
      const ago = durationText(end - (feed.lastRead ?? end));
      return `${nameOf(feed)}: ${counted(feed.records, 'record')}, ${newest(feed, end)}; read ${ago} ago`;
    });
  return { heading: 'Read', lines: orNone(lines, 'No feed was read.') };
}

/** A feed that answers and has nothing is no failure, and yet worth a look. */
function newest({ lastArrived }: FeedReading, end: EpochMs): string {
  return lastArrived === undefined
    ? 'nothing ever came'
    : `the newest ${durationText(end - lastArrived)} ago`;
}

function blindness(blind: readonly FeedReading[], { feeds, end }: Week): Section {
  const now = blind.map((feed) =>
    feed.lastRead === undefined
      ? `${nameOf(feed)}: nothing was ever read`
      : `${nameOf(feed)}: nothing read for ${durationText(end - feed.lastRead)}`,
  );
  const over = feeds.flatMap((feed) =>
    feed.gaps
      .filter(({ from, to }) => isBlind({ ...feed, lastRead: from }, to))
      .map(
        ({ from, to }) => `${nameOf(feed)}: nothing read for ${durationText(to - from)}, until ${minute(to)}`,
      ),
  );
  return { heading: 'Blind', lines: orNone([...now, ...over], 'None, all week.') };
}

/** @example minute(0) // => '1970-01-01 00:00 UTC' */
function minute(time: EpochMs): string {
  return `${isoTime(time).slice(0, 16).replace('T', ' ')} UTC`;
}

const AGES = [
  { title: 'under a day', until: DAY_MS },
  { title: 'one day to a week', until: 7 * DAY_MS },
  { title: 'one week to 30 days', until: 30 * DAY_MS },
  { title: 'over 30 days', until: Infinity },
] as const;

function ages({ open, end }: Week): Section {
  let from = 0;
  const lines: string[] = [];
  for (const { title, until } of AGES) {
    const start = from;
    const those = open.filter(({ time }) => {
      const age = Math.max(0, end - time);
      return age >= start && age < until;
    });
    from = until;
    if (those.length === 0) continue;
    const severities = [...SEVERITIES]
      .reverse()
      .map((severity) => ({ severity, count: those.filter((each) => each.severity === severity).length }))
      .filter(({ count }) => count > 0)
      .map(({ severity, count }) => `${count} ${severity}`);
    lines.push(`${title}: ${those.length} (${severities.join(', ')})`);
  }
  return { heading: 'Open alerts by age', lines: orNone(lines, 'None.') };
}

function stale({ lists, end }: Week): Section {
  const heading = 'Stale lists';
  if (lists === undefined) return { heading, lines: ['Which lists are in use is not known here yet.'] };
  const lines = lists
    .filter(({ refreshed }) => end - refreshed > STALE_LIST_MS)
    .map(({ name, refreshed }) => `${quoted(name, 100)}: ${durationText(end - refreshed)} old`);
  return { heading, lines: orNone(lines, 'None.') };
}

function orNone(lines: readonly string[], none: string): readonly string[] {
  if (lines.length === 0) return [none];
  const more = lines.length - FEEDS_LISTED;
  return more > 0 ? [...lines.slice(0, FEEDS_LISTED), `and ${more} more`] : lines;
}

function nameOf({ connection, feed }: FeedReading): string {
  return quoted(`${connection}/${feed}`, 100);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
