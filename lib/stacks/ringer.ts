/** Ringer's stacks, all from one ringer.yaml. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Tags, type App } from 'aws-cdk-lib';
import { readConfig } from '../config/read-config.ts';
import type { VendorId } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { StateStack } from './state-stack.ts';

/**
 * Adds the stacks.
 *
 * The file is the one that context `config` names, else `ringer.yaml`, else the example, so that a fresh checkout can be
 * looked at.
 *
 * @param root - the project's folder
 */
export function addRinger(
  app: App,
  root: string,
): { readonly state: StateStack; readonly pipeline: PipelineStack } {
  const configPath = configPathOf(app, root);
  const config = readConfig(configPath, {
    feeds: {
      okta: feedsOf('okta'),
      microsoft: feedsOf('microsoft'),
      google: feedsOf('google'),
      aws: feedsOf('aws'),
    },
  });
  const state = new StateStack(app, 'RingerState');
  const pipeline = new PipelineStack(app, 'RingerPipeline', { root, config, configPath, state });
  Tags.of(app).add('application', 'ringer');
  return { state, pipeline };
}

function feedsOf(vendor: VendorId): readonly string[] {
  return MANIFESTS.filter((manifest) => manifest.vendor === vendor).flatMap(({ feeds }) =>
    feeds.map(({ id }) => id),
  );
}

function configPathOf(app: App, root: string): string {
  const given: unknown = app.node.tryGetContext('config');
  if (typeof given === 'string') return resolve(root, given);
  const own = join(root, 'ringer.yaml');
  return existsSync(own) ? own : join(root, 'ringer.example.yaml');
}
