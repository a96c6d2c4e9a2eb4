/** Which feeds of a connection are read. */

/** The feed that an organization trail brings, and the one it spares. */
const TRAIL = 'cloudtrail-trail';
const EVENT_HISTORY = 'cloudtrail';

/**
 * Gives the feeds a connection names, else all that the vendor offers without asking. A trail, where the connection has
 * one, is read instead of the event history of each account.
 *
 * @param feeds - of the vendor's manifest
 */
export function enabledFeeds<F extends { readonly id: string; readonly optional?: boolean }>(
  source: { readonly feeds?: readonly string[]; readonly trailBucket?: string | undefined },
  feeds: readonly F[],
): readonly F[] {
  const named = source.feeds ?? [];
  if (named.length > 0) return feeds.filter(({ id }) => named.includes(id));
  const [instead, spared] =
    source.trailBucket === undefined ? [undefined, undefined] : [TRAIL, EVENT_HISTORY];
  return feeds.filter(({ id, optional }) => (optional !== true || id === instead) && id !== spared);
}
