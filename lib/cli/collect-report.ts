/** Shows how collecting goes, and says what became of each feed. */
import { safeText } from '../core/alerts/text.ts';
import type { FeedRun } from './collect-feeds.ts';
import { columns } from './columns.ts';
import { ProgressLine } from './terminal.ts';

/** What to do about an error, for whoever has the connection. */
const FIX: Readonly<Record<string, string>> = {
  SOURCE_DENIED: 'look at its credential and permissions: `ringer doctor` says which is missing',
  SOURCE_UNAVAILABLE: 'the vendor did not answer as it should: run again later, nothing was passed over',
  SOURCE_SHAPE_CHANGED: 'the vendor answered in a way Ringer does not know: please report it',
};

/** Draws a line on a terminal while the feeds are read. */
export async function reportFeeds(
  collecting: (progress: (feeds: readonly FeedRun[], waiting: number) => void) => Promise<readonly FeedRun[]>,
): Promise<readonly FeedRun[]> {
  const line = new ProgressLine();
  try {
    return await collecting((feeds, waiting) => line.show(() => progressText(feeds, waiting)));
  } finally {
    line.clear();
  }
}

function progressText(feeds: readonly FeedRun[], waiting: number): string {
  const reading = feeds.filter(({ state }) => state === 'reading');
  const done = feeds.filter(({ state }) => state === 'read').length;
  const now = reading
    .map(({ connection, feed, counts }) => `${connection}/${feed} ${counts.records}`)
    .join(', ');
  const behind = waiting > 0 ? `, ${waiting} messages to evaluate` : '';
  return `read ${done} of ${feeds.length} feeds${now === '' ? '' : `; ${now} records`}${behind}`;
}

/** Gives the lines of the summary: a row each feed, then what went wrong and what to do about it. */
export function summaryText(feeds: readonly FeedRun[], setAside: number): readonly string[] {
  const rows = feeds.map(({ connection, source, feed, counts, complete, failure }) => [
    connection,
    `${source}/${feed}`,
    failure === undefined ? (complete ? 'read' : 'more waits') : 'failed',
    ...[counts.records, counts.used, counts.skipped, counts.rejected, counts.repeated, counts.events].map(
      String,
    ),
  ]);
  const table = columns([
    ['CONNECTION', 'FEED', 'STATE', 'RECORDS', 'USED', 'SKIPPED', 'REJECTED', 'REPEATED', 'EVENTS'],
    ...rows,
  ]);
  const failures = feeds.flatMap(({ connection, feed, failure }) =>
    failure === undefined
      ? []
      : [
          `ringer: ${failure.code ?? 'failed'}: ${connection}/${feed} is blind: ${failure.message}`,
          ...(FIX[failure.code ?? ''] === undefined ? [] : [`  ${FIX[failure.code ?? '']}`]),
        ],
  );
  const damage = feeds.flatMap(({ connection, feed, damage: reasons }) =>
    [...reasons].map((because) => `rejected: ${connection}/${feed}: ${because}`),
  );
  const aside =
    setAside === 0 ? [] : [`${setAside} events could not be used: dead-letters.ndjson in the store has them`];
  return [table.trimEnd(), ...damage, ...failures, ...aside].map((line) =>
    line.split('\n').map(safeText).join('\n'),
  );
}
