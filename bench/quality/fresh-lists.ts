/** Lists as fresh as can be: of every address that some record of the world calls an exit of a VPN, a relay or a proxy. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivered } from '../../lib/simulator/world/world.ts';
import { feedOf } from '../../lib/sources/index.ts';
import { outcomeOf } from '../../lib/sources/outcome.ts';

/**
 * Writes them below a folder, one an operator, and gives the directory.
 *
 * Only Okta names operators; the lists say of the same addresses in the records of the others what Okta says of its own.
 */
export function writeFreshLists(folder: string, records: readonly Delivered[]): string {
  const lists = new Map<string, Set<string>>();
  for (const { record, deliveredAt } of records) {
    const feed = feedOf(record);
    if (feed?.source !== 'okta') continue;
    const outcome = outcomeOf(record, feed, deliveredAt, Infinity);
    for (const { srcEndpoint } of outcome.outcome === 'events' ? outcome.events : []) {
      if (srcEndpoint?.anonymizer === undefined) continue;
      const { kind, operator = 'unnamed' } = srcEndpoint.anonymizer;
      const name = `${kind}-${operator.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
      const list = lists.get(name) ?? new Set();
      lists.set(name, list.add(srcEndpoint.ip));
    }
  }
  const directory = join(folder, 'lists');
  mkdirSync(directory);
  for (const [name, addresses] of lists)
    writeFileSync(join(directory, `${name}.txt`), `${[...addresses].join('\n')}\n`);
  return directory;
}
