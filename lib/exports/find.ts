/** Finds the exported files that the paths of a command line name. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { formatByName } from './text.ts';

export interface Found {
  /** In the order of the paths given, each folder's in the order of their names. */
  readonly files: readonly string[];
  /** Files in folders that are not exports by their name, symbolic links and devices. */
  readonly ignored: number;
  readonly failures: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Finds the files to read: every path that is a file, whatever its name, and in folders those with an export's ending.
 *
 * A path given may be a symbolic link; links inside folders are not followed, since they can lead round in circles or
 * out of what was meant. A path given twice is read twice.
 *
 * @example await findExports(['logs']) // => { files: ['logs/a.json', 'logs/b/c.csv.gz'], ignored: 1, failures: [] }
 */
export async function findExports(paths: readonly string[]): Promise<Found> {
  const files: string[] = [];
  const failures: { path: string; message: string }[] = [];
  let ignored = 0;

  async function look(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await attempt(path, look);
      else if (entry.isFile() && formatByName(entry.name) !== undefined) files.push(path);
      else ignored++;
    }
  }

  async function attempt(path: string, action: (path: string) => Promise<void>): Promise<void> {
    try {
      await action(path);
    } catch (error) {
      failures.push({ path, message: messageOf(error) });
    }
  }

  for (const path of paths) {
    await attempt(path, async () => {
      if ((await stat(path)).isDirectory()) await look(path);
      else files.push(path);
    });
  }
  return { files, ignored, failures };
}
