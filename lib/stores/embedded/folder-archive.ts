/** The archive without an AWS account: the same names and the same compressed lines, as files in a folder. */
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Archive } from '../archive.ts';
import { writeWhole } from './folder-file.ts';

const compress = promisify(gzip);

/** Opens the archive in a folder; `ringer scan` reads its `records`. */
export function openFolderArchive(directory: string): Archive {
  return {
    async put(name, lines) {
      const bytes = await compress(lines.map((line) => `${line}\n`).join(''));
      await writeWhole(join(directory, name), bytes);
    },
  };
}
