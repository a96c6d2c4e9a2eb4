/**
 * The configuration as functions have it: what the CDK app read of ringer.yaml and checked, as JSON. Whoever made a mistake
 * hears of it before anything is deployed, and no function loads what reading YAML takes.
 */
import { readFileSync } from 'node:fs';
import { messageOf, RingerError } from '../core/errors.ts';
import type { RingerConfig } from './schema.ts';

/** What only the machine has that deploys is not in it. */
export type DeployedConfig = Omit<RingerConfig, 'people'>;

/** Writes it, the same for the same configuration. */
export function deployedConfigText({ people: _, ...config }: RingerConfig): string {
  return JSON.stringify(config);
}

/** @throws CONFIG_INVALID when the file is not there or is no JSON: it was not deployed by this version's stacks */
export function readDeployedConfig(path: string): DeployedConfig {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DeployedConfig;
  } catch (cause) {
    throw new RingerError('CONFIG_INVALID', `${path}: ${messageOf(cause)}`, { cause });
  }
}
