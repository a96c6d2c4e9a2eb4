/** Writes a world as somebody would have exported it: files for `ringer scan`. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

export interface ExportedWorld {
  /** One NDJSON file a source, in the order of delivery. */
  readonly records: string;
  readonly people: string;
  readonly config: string;
}

/** Characters that are gathered before they are written. */
const CHUNK = 1 << 20;

/**
 * Writes `records/<source>.ndjson`, `people.csv` and `ringer.yaml` into a folder, which is made where it is missing.
 *
 * @returns the paths, for `ringer scan RECORDS --people PEOPLE --config CONFIG`
 */
export function exportWorld(world: World, folder: string): ExportedWorld {
  const paths = {
    records: join(folder, 'records'),
    people: join(folder, 'people.csv'),
    config: join(folder, 'ringer.yaml'),
  };
  mkdirSync(paths.records, { recursive: true });
  writeFileSync(paths.people, world.people);
  writeFileSync(paths.config, world.config);
  const files = new Map<string, { readonly file: number; text: string }>();
  for (const { source, record } of world.records) {
    const open = files.get(source) ?? {
      file: openSync(join(paths.records, `${source}.ndjson`), 'w'),
      text: '',
    };
    files.set(source, open);
    open.text += `${JSON.stringify(record)}\n`;
    if (open.text.length < CHUNK) continue;
    writeSync(open.file, open.text);
    open.text = '';
  }
  for (const { file, text } of files.values()) {
    writeSync(file, text);
    closeSync(file);
  }
  return paths;
}
