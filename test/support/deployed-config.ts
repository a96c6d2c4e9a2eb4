/** A configuration as a function is deployed with it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedConfigText } from '../../lib/config/deployed-config.ts';
import { parseConfig } from '../../lib/config/read-config.ts';

/** Writes what the stacks would, and gives its path. */
export function deployedConfig(yaml = ''): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ringer-test-')), 'ringer.json');
  writeFileSync(path, deployedConfigText(parseConfig(yaml)));
  return path;
}
