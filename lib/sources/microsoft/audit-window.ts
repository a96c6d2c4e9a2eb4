/** Reads what became available of one kind of content in one window of time. */
import { RingerError } from '../../core/errors.ts';
import { isoTime, type EpochMs } from '../../core/time.ts';
import { fetchContent, BLOBS_AT_ONCE } from './audit-content.ts';
import type { ContentType } from './audit-subscriptions.ts';
import type { Management } from './management.ts';
import { foreignLink } from './own-link.ts';

/** Whole seconds: the API takes no finer ones. The start belongs to the window, the end does not. */
export interface AvailabilityWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Why reading ended: `expired` when the listing could not be followed, `refused` when it could not be begun. */
export type WindowEnd = 'drained' | 'out-of-time' | 'expired' | 'refused' | RingerError;

/** Some blobs' worth of records; the last has the end, an error to be thrown once the records are safe. */
export interface Chunk {
  readonly records: readonly unknown[];
  readonly end?: WindowEnd;
}

/** Gives at least one chunk. The cursor moves past the window when the last one says `drained`. */
export async function* readWindow(
  contentType: ContentType,
  { from, to }: AvailabilityWindow,
  management: Management,
  now: EpochMs,
): AsyncGenerator<Chunk, void, void> {
  const first = management.urlOf('subscriptions/content', {
    contentType,
    startTime: secondOf(from),
    endTime: secondOf(to),
  });
  let url: URL | undefined = first;
  while (url !== undefined) {
    const answer = await management.get(url);
    if (answer.outcome === 'out-of-time') return yield { records: [], end: answer.outcome };
    if (answer.outcome === 'gone') return yield { records: [], end: url === first ? 'refused' : 'expired' };
    if (!Array.isArray(answer.body)) return yield { records: [], end: noListing(url) };
    const link = answer.headers.get('nextpageuri') ?? '';
    const next: URL | undefined = link === '' ? undefined : management.follow(link);
    const pageEnd = link === '' ? 'drained' : next === undefined ? foreignLink(url) : undefined;
    const groups = grouped(answer.body);
    for (const [index, entries] of groups.entries()) {
      const { records, stopped } = await fetchContent(entries, management, now);
      const end = stopped ?? (index === groups.length - 1 ? pageEnd : undefined);
      if (end !== undefined) return yield { records, end };
      yield { records };
    }
    url = next;
  }
}

/** Gives one group at least. */
function grouped(entries: readonly unknown[]): readonly (readonly unknown[])[] {
  const count = Math.max(1, Math.ceil(entries.length / BLOBS_AT_ONCE));
  return Array.from({ length: count }, (_, index) =>
    entries.slice(index * BLOBS_AT_ONCE, (index + 1) * BLOBS_AT_ONCE),
  );
}

function noListing({ host }: URL): RingerError {
  return new RingerError('SOURCE_SHAPE_CHANGED', `${host} answered with no list of content`);
}

function secondOf(time: EpochMs): string {
  return isoTime(time).slice(0, 19);
}
