import { durationMs } from './duration.ts';
import { MINUTE_MS } from '../core/time.ts';

/**
 * Says how often a feed of a connection is read.
 *
 * `every` speaks for the feeds that report events. A listing, which is read whole each time, keeps its own pace unless
 * the connection names it in `feeds`.
 *
 * @returns minutes
 * @example feedEveryMinutes({ every: 1 }, { id: 'users', reads: 'listing', defaultEvery: '6 hours' }) // => 360
 */
export function feedEveryMinutes(
  source: { readonly every?: number; readonly feeds?: readonly string[] },
  feed: { readonly id: string; readonly reads: 'events' | 'listing'; readonly defaultEvery: string },
): number {
  const speaksForFeed = feed.reads === 'events' || source.feeds?.includes(feed.id) === true;
  const byDefault = (durationMs(feed.defaultEvery) ?? MINUTE_MS) / MINUTE_MS;
  return speaksForFeed ? (source.every ?? byDefault) : byDefault;
}
