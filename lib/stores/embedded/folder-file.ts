/** Writes a file so that it is there whole or not at all, and stays there when the machine stops. */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Resolves once the file is safe; folders on the way are made, for nobody else to read. */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.part`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(folder);
}

/** The name is in the folder, and the folder too has to reach the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
