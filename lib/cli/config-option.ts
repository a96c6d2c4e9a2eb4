/** `--config`, with the file of the folder Ringer is run from as its default. */
import { existsSync } from 'node:fs';
import type { CatalogueEntry } from '../config/detection-settings.ts';
import { readConfig, type RingerConfig } from '../config/read-config.ts';

export const CONFIG_FILE = 'ringer.yaml';

/**
 * Reads the file that is named, else `ringer.yaml` if there is one, else gives every default.
 *
 * @param catalogue - checks the settings of detections too
 */
export function configOf(path: string | undefined, catalogue?: readonly CatalogueEntry[]): RingerConfig {
  const file = path ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined);
  return readConfig(file, catalogue === undefined ? {} : { catalogue });
}
