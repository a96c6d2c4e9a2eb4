/** Reads an application's log from the Reports API, newest first, in windows of time. */
import { RingerError } from '../../core/errors.ts';
import { isoTime } from '../../core/time.ts';
import type { ListedPage } from '../listing.ts';
import type { Page, Reader } from '../reader.ts';
import { listPage, type GoogleConnection, type GoogleList } from './list-page.ts';
import {
  afterWindow,
  halved,
  isFinished,
  nextPass,
  readProgress,
  windowOf,
  type Progress,
} from './windows.ts';

/** The most Google gives at once. */
const PAGE_RECORDS = '1000';

type PageOfWindow = (progress: Progress, place: string | undefined) => Promise<ListedPage>;

/** Makes the reader of one application, as the API names it. */
export function activitiesReader(connection: GoogleConnection, scope: string, application: string): Reader {
  const credential = connection.credential(scope);
  const { clock } = connection;
  return async function* (cursor, { deadline, since }) {
    const pageOf: PageOfWindow = (progress, place) =>
      listPage(listOf(application, progress), place, { ...connection, credential }, deadline);
    let before = readProgress(cursor, clock.now());
    for (;;) {
      const unfinished = before !== undefined && !isFinished(before) ? before : undefined;
      let progress = unfinished ?? nextPass(before, clock.now(), since);
      while (!isFinished(progress)) {
        const next: Progress | undefined = yield* readWindow(progress, pageOf, unfinished === undefined);
        if (next === undefined) return;
        progress = next;
      }
      if (unfinished === undefined) return;
      before = progress;
    }
  };
}

/**
 * Reads a window. Until its last page the cursor stays at its beginning: what is older is listed later.
 *
 * @param isLastPass - no pass has to follow this one
 * @returns where to go on, or `undefined` when time is over
 */
async function* readWindow(
  progress: Progress,
  pageOf: PageOfWindow,
  isLastPass: boolean,
): AsyncGenerator<Page, Progress | undefined> {
  const shorter = halved(progress);
  let place: string | undefined;
  for (let pages = 1; ; pages++) {
    const page = await pageOf(progress, place);
    if (page.outcome === 'out-of-time') return undefined;
    if (page.outcome === 'gone') {
      if (place !== undefined && shorter !== undefined) return shorter;
      throw new RingerError('SOURCE_SHAPE_CHANGED', 'Google does not know a window or its pages');
    }
    const { records, next } = page;
    if (next === undefined) {
      const after = afterWindow(progress, pages);
      yield { records, cursor: after, last: isLastPass && isFinished(after) };
      return after;
    }
    if (next === place)
      throw new RingerError('SOURCE_SHAPE_CHANGED', 'a page of Google’s is its own next page');
    yield { records, cursor: shorter ?? progress, last: false };
    place = next;
  }
}

/** Both times are always sent, so that all pages are of one and the same window. */
function listOf(application: string, progress: Progress): GoogleList {
  const { from, to } = windowOf(progress);
  return {
    path: `/admin/reports/v1/activity/users/all/applications/${application}`,
    query: { startTime: isoTime(from), endTime: isoTime(to), maxResults: PAGE_RECORDS },
    key: 'items',
    kind: 'admin#reports#activities',
  };
}
