/** The folder `/opt` of a function: what its layers hold, put together. */
import { mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Lambda puts the contents of layers. */
const OPT = '/opt';

/**
 * Puts layers together in a temporary folder; a later one hides what an earlier one has under the same name.
 *
 * @returns the folder, which is the caller's to remove
 */
export function layersFolder(layers: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-opt-'));
  const found = new Map(
    layers.flatMap((layer) => readdirSync(layer).map((name) => [name, join(layer, name)])),
  );
  for (const [name, path] of found) symlinkSync(path, join(folder, name));
  return folder;
}

/** Lets variables that name something under `/opt` name it where it is. */
export function withLayers(
  environment: Readonly<Record<string, string>>,
  folder: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value === OPT || value.startsWith(`${OPT}/`) ? folder + value.slice(OPT.length) : value,
    ]),
  );
}
