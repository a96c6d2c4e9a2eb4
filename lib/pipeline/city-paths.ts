/** Finds the location databases a function was deployed with. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Gives the databases in a folder in alphabetical order, IPv4's before IPv6's; none without a folder. */
export function cityPathsIn(directory: string | undefined): readonly string[] {
  if (directory === undefined) return [];
  const files = readdirSync(directory).filter((file) => file.endsWith('.mmdb'));
  return files.sort().map((file) => join(directory, file));
}
