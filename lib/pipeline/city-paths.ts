/** Finds the location databases a function was deployed with. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GAZETTEER_FILE } from '../geo/bundled-city.ts';

/** Gives the databases in a folder in alphabetical order, IPv4's before IPv6's; none without a folder. */
export function cityPathsIn(directory: string | undefined): readonly string[] {
  if (directory === undefined) return [];
  const files = readdirSync(directory).filter((file) => file.endsWith('.mmdb'));
  return files.sort().map((file) => join(directory, file));
}

/** Gives the list of cities in a folder, if it is there. */
export function gazetteerPathIn(directory: string | undefined): string | undefined {
  const path = directory === undefined ? undefined : join(directory, GAZETTEER_FILE);
  return path !== undefined && existsSync(path) ? path : undefined;
}
