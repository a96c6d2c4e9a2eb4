/** `ringer sources`: what can be read, from the code. */
import { MANIFESTS } from '../sources/manifests.ts';
import { columns } from './columns.ts';
import { EXIT } from './exit.ts';
import { notice } from './terminal.ts';

/** Prints every feed with its source and title. */
export function listSources(): number {
  const rows = MANIFESTS.flatMap(({ vendor, feeds }) =>
    feeds.map(({ source, id, title }) => [vendor, source, id, title]),
  );
  process.stdout.write(columns([['VENDOR', 'SOURCE', 'FEED', 'TITLE'], ...rows]));
  return EXIT.done;
}

/** Prints one vendor: each feed with what it needs, and what none of them can see. */
export function showSource(vendor: string): number {
  const manifest = MANIFESTS.find(
    (each) => each.vendor === vendor || each.sources.some((source) => source === vendor),
  );
  if (manifest === undefined) {
    notice(`ringer: there is no source ${JSON.stringify(vendor)}; \`ringer sources list\` names them`);
    return EXIT.usage;
  }
  const feeds = manifest.feeds.map(
    (feed) =>
      `\n${feed.source}/${feed.id}: ${feed.title}\n` +
      `  every ${feed.defaultEvery}${feed.overlapMinutes > 0 ? `, read again ${feed.overlapMinutes} minutes back` : ''}\n` +
      `  needs ${feed.permissions.join(', ')}${feed.licence === undefined ? '' : `; ${feed.licence}`}\n`,
  );
  const blind = manifest.cannotSee.map((each) => `  - ${each}\n`).join('');
  process.stdout.write(`${manifest.title}\n${feeds.join('')}\nCannot see\n${blind}`);
  return EXIT.done;
}
