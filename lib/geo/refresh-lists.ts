/** Brings downloaded lists into the directory where scans find them. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RingerError } from '../core/errors.ts';
import { isoTime, type EpochMs } from '../core/time.ts';
import { fetchText, isUrl } from './fetch-text.ts';
import { MANIFEST_FILE, readManifest, type ManifestEntry } from './list-manifest.ts';
import { readList, type ReadList } from './read-list.ts';

export interface RefreshRequest {
  /** Paths, or addresses. */
  readonly from: readonly string[];
  /** The directory of the lists; made when it is not there. */
  readonly into: string;
  readonly now: EpochMs;
}

/** What became of one source. */
export type RefreshOutcome =
  | (ManifestEntry & {
      readonly outcome: 'refreshed';
      /** Compared with the version that was there before. */
      readonly added: number;
      readonly removed: number;
      /** Lines or entries passed over. */
      readonly ignored: number;
    })
  /** Nothing was written: an earlier version stays in use. */
  | { readonly outcome: 'failed'; readonly source: string; readonly because: string };

/**
 * Reads each source and, when it is a list, puts it in the place of its earlier version, whole or not at all. Lists that
 * no source replaces stay; a source that fails changes nothing.
 *
 * Understood are ranges of addresses as text (readListText says how), told apart by their names, and LOLRMM's export,
 * kept as it is in `lolrmm.json`.
 *
 * @returns one outcome a source, in their order
 * @throws RingerError OUTPUT_FAILED when the directory cannot be written, LIST_UNREADABLE when its manifest is damaged
 */
export async function refreshLists({ from, into, now }: RefreshRequest): Promise<readonly RefreshOutcome[]> {
  await write(() => mkdir(into, { recursive: true }));
  const manifest = new Map((await readManifest(into)).map((entry) => [entry.name, entry]));
  const outcomes: RefreshOutcome[] = [];
  const writtenNames = new Set<string>();
  for (const source of from) {
    const list = await readSource(source);
    if ('because' in list) {
      outcomes.push(list);
    } else if (writtenNames.has(list.name)) {
      const because = `another source of this refresh is ${list.name} too: rename one`;
      outcomes.push({ outcome: 'failed', source: shown(source), because });
    } else {
      writtenNames.add(list.name);
      const changes = await changesTo(into, list);
      await replace(join(into, list.name), list.content);
      const { name, kind, items, ignored } = list;
      const entry = { name, kind, source: shown(source), refreshedTime: isoTime(now), ranges: items.size };
      manifest.set(name, entry);
      outcomes.push({ outcome: 'refreshed', ...entry, ...changes, ignored });
    }
  }
  await replace(join(into, MANIFEST_FILE), `${JSON.stringify([...manifest.values()], undefined, 2)}\n`);
  return outcomes;
}

async function readSource(
  source: string,
): Promise<ReadList | Extract<RefreshOutcome, { outcome: 'failed' }>> {
  try {
    const text = await fetchText(source);
    return readList(isUrl(source) ? new URL(source).pathname : source, text);
  } catch (thrown) {
    return { outcome: 'failed', source: shown(source), because: reasonOf(thrown) };
  }
}

/** fetch hides why under "fetch failed". */
function reasonOf(thrown: unknown): string {
  const { cause } = thrown as { readonly cause?: unknown };
  return cause === undefined ? messageOf(thrown) : `${messageOf(thrown)}: ${messageOf(cause)}`;
}

/** Leaves out what may be secret: credentials and query. */
function shown(source: string): string {
  if (!isUrl(source) || !URL.canParse(source)) return source;
  const { protocol, host, pathname } = new URL(source);
  return `${protocol}//${host}${pathname}`;
}

async function changesTo(into: string, list: ReadList): Promise<{ added: number; removed: number }> {
  const before = await itemsOf(join(into, list.name));
  const kept = [...list.items].filter((item) => before.has(item)).length;
  return { added: list.items.size - kept, removed: before.size - kept };
}

async function itemsOf(path: string): Promise<ReadonlySet<string>> {
  try {
    return readList(path, await readFile(path, 'utf8')).items;
  } catch {
    // There is none, or it is damaged: everything in the new version is new.
    return new Set();
  }
}

/** Writes beside and renames, so that a reader sees the old file or the new one. */
async function replace(path: string, content: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  await write(async () => {
    try {
      await writeFile(beside, content);
      await rename(beside, path);
    } finally {
      await rm(beside, { force: true });
    }
  });
}

async function write(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (cause) {
    throw new RingerError('OUTPUT_FAILED', `The lists cannot be written: ${messageOf(cause)}`, { cause });
  }
}
