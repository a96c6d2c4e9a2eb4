/** `ringer lists refresh`: takes in downloaded lists. */
import { refreshLists } from '../geo/refresh-lists.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

/** Where refreshed lists are kept: in the folder Ringer is run from. */
export const LISTS_DIRECTORY = '.ringer/lists';

/** Merges each list and says what changed; the last good list stays when a new one cannot be read. */
export async function listsRefreshVerb(from: readonly string[]): Promise<number> {
  const results = await refreshLists({ from, into: LISTS_DIRECTORY, now: Date.now() });
  for (const each of results) {
    if (each.outcome === 'failed')
      notice(`ringer: LIST_UNREADABLE: ${each.source}: ${each.because}; the earlier list stays`);
    else
      notice(
        `${each.name}: ${each.ranges} entries, ${each.added} added, ${each.removed} removed, ${each.ignored} lines passed over`,
      );
  }
  return results.every((each) => each.outcome === 'refreshed') ? EXIT.done : EXIT.failed;
}
