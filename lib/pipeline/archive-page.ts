/**
 * Puts a page into the archive: its records as received, each with what became of it, and the events made of them.
 *
 * `records/source=okta/feed=system-log/connection=main/day=2026-11-02/20261102T120000.000Z-<run>-1.ndjson.gz`, and
 * likewise under `events/`. Names sort by when they were fetched, and no two runs write the same.
 */
import { ARCHIVE_PREFIX } from '../config/names.ts';
import { dayOf, isoTime } from '../core/time.ts';
import { eventLine, recordLine, type Fetched } from '../sources/archived.ts';
import type { Archive } from '../stores/archive.ts';
import type { Sorted } from './collect-page.ts';

/** Keeps a page of huge records from being compressed in one piece. */
const LARGEST_OBJECT = 16 * 1024 * 1024;

/**
 * Resolves once everything is safe. Where there is nothing, nothing is written.
 *
 * @param token - unique to the run
 * @param page - its number in the run
 */
export async function archivePage(
  archive: Archive,
  fetched: Fetched,
  sorted: readonly Sorted[],
  { token, page }: { readonly token: string; readonly page: number },
): Promise<void> {
  const records = sorted.map((each) => recordLine(fetched, each, each.json));
  const events = sorted.flatMap((each) => each.events.map((event) => eventLine(fetched, event)));
  const put = async (prefix: string, lines: readonly string[]): Promise<void> => {
    const name = `${prefix}/${folderOf(fetched)}/${compact(isoTime(fetched.fetchedTime))}-${token}-${page}`;
    for (const [index, part] of parts(lines).entries()) {
      await archive.put(`${name}${index === 0 ? '' : `-${index}`}.ndjson.gz`, part);
    }
  };
  await Promise.all([put(ARCHIVE_PREFIX.records, records), put(ARCHIVE_PREFIX.events, events)]);
}

function folderOf({ source, feed, connection, fetchedTime }: Fetched): string {
  return `source=${source}/feed=${feed}/connection=${connection}/day=${dayOf(fetchedTime)}`;
}

/** Some file systems take no colon in a name. */
function compact(time: string): string {
  return time.replaceAll(/[-:]/g, '');
}

function parts(lines: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  let length = Infinity;
  for (const line of lines) {
    if (length + line.length > LARGEST_OBJECT) {
      all.push([]);
      length = 0;
    }
    all.at(-1)?.push(line);
    length += line.length;
  }
  return all;
}
