/** The manifest beside the refreshed lists: what each is, where it came from and when. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RingerError } from '../core/errors.ts';

export const MANIFEST_FILE = 'manifest.json';

/** One list. `kind` is a kind of network, or `remote-tools` for LOLRMM's export. */
export interface ManifestEntry {
  /** The file's name in the directory. */
  readonly name: string;
  readonly kind: string;
  /** The file or address it was read from, without query and credentials. */
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly refreshedTime: string;
  /** How many ranges, or tools, it holds. */
  readonly ranges: number;
}

/**
 * Reads the manifest; none yet is an empty one.
 *
 * @throws RingerError LIST_UNREADABLE when there is one that cannot be read
 */
export async function readManifest(directory: string): Promise<readonly ManifestEntry[]> {
  const path = join(directory, MANIFEST_FILE);
  try {
    const entries: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!Array.isArray(entries) || !entries.every(isEntry)) throw new Error('it is not an array of lists');
    return entries;
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw new RingerError('LIST_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** Tells whether a failure means that there is no such file or folder. */
export function isMissing(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ENOENT';
}

function isEntry(value: unknown): value is ManifestEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { name, kind, source, refreshedTime, ranges } = value as Partial<
    Record<keyof ManifestEntry, unknown>
  >;
  return (
    [name, kind, source, refreshedTime].every((text) => typeof text === 'string') &&
    typeof ranges === 'number'
  );
}
