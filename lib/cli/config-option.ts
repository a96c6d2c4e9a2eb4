/** `--config`, with the file of the folder Ringer is run from as its default. */
import { existsSync } from 'node:fs';
import { readConfig, type RingerConfig } from '../config/read-config.ts';

export const CONFIG_FILE = 'ringer.yaml';

/** Reads the file that is named, else `ringer.yaml` if there is one, else gives every default. */
export function configOf(path: string | undefined): RingerConfig {
  return readConfig(path ?? (existsSync(CONFIG_FILE) ? CONFIG_FILE : undefined));
}
