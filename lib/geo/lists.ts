/** The refreshed lists of ranges, opened for lookups. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RingerError } from '../core/errors.ts';
import type { Address } from '../core/places/address.ts';
import { DAY_MS, type EpochMs } from '../core/time.ts';
import { cidrTable, type CidrTable } from './cidr-table.ts';
import { listKind, type ListKind } from './list-kinds.ts';
import { isMissing, readManifest } from './list-manifest.ts';
import { readListText } from './list-text.ts';

/** VPN operators move: a list is published daily, and after a month a good part of it is somebody else's. */
const STALE_DAYS = 30;

export interface Lists {
  /** Gives what the most telling list says of an address. */
  readonly find: (address: Address) => ListKind | undefined;
  /** Sentences for people: lists that are old, unknown or not there. */
  readonly notices: readonly string[];
}

interface List extends ListKind {
  readonly name: string;
  readonly refreshedTime: EpochMs;
  readonly table: () => CidrTable<true>;
}

/**
 * Opens every `*.txt` of a directory whose name tells its kind. A list is parsed when it is first asked.
 *
 * @throws RingerError LIST_UNREADABLE when a file is there and cannot be read
 */
export async function openLists(directory: string, now: EpochMs): Promise<Lists> {
  const names = await textFilesOf(directory);
  if (names === undefined) return { find: () => undefined, notices: [] };
  const refreshed = new Map(
    (await readManifest(directory)).map((entry) => [entry.name, Date.parse(entry.refreshedTime)]),
  );
  const lists: List[] = [];
  const notices: string[] = [];
  for (const name of names) {
    const kind = listKind(name.slice(0, -4));
    if (kind === undefined) {
      notices.push(
        `${name} is not used: its name does not tell whether it lists vpn, datacenter, relay, tor or proxy.`,
      );
      continue;
    }
    lists.push({ ...kind, name, ...(await openList(join(directory, name), refreshed.get(name))) });
  }
  lists.sort((a, b) => a.rank - b.rank);
  return {
    find: (address) => lists.find((list) => list.table().find(address)),
    notices: [...notices, ...staleNotices(lists, now)],
  };
}

async function textFilesOf(directory: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.txt')).sort();
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new RingerError('LIST_UNREADABLE', `${directory} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function openList(
  path: string,
  refreshedTime: EpochMs | undefined,
): Promise<Pick<List, 'refreshedTime' | 'table'>> {
  try {
    const text = await readFile(path, 'utf8');
    let table: CidrTable<true> | undefined;
    return {
      refreshedTime: refreshedTime ?? (await stat(path)).mtimeMs,
      table: () => (table ??= cidrTable(readListText(text).ranges.map((range) => [range, true]))),
    };
  } catch (cause) {
    throw new RingerError('LIST_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** One sentence a kind and operator, about its oldest list. */
function staleNotices(lists: readonly List[], now: EpochMs): readonly string[] {
  const oldest = new Map<string, number>();
  for (const { kind, operator, refreshedTime } of lists) {
    const days = Math.floor((now - refreshedTime) / DAY_MS);
    const of = operator ?? (kind === 'vpn' ? 'VPN' : kind);
    if (!(days <= STALE_DAYS)) oldest.set(of, Math.max(days, oldest.get(of) ?? 0));
  }
  return [...oldest].map(
    ([of, days]) => `${of} list is ${days} days old: refresh with \`ringer lists refresh\`.`,
  );
}
