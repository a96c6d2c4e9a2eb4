/** Ringer's stacks, all from one ringer.yaml. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Annotations, CfnRule, Fn, Tags, type App, type Stack } from 'aws-cdk-lib';
import { deploymentNames, ENVIRONMENT_NAME } from '../config/names.ts';
import { readConfig, type RingerConfig } from '../config/read-config.ts';
import { CATALOGUE } from '../core/detections/index.ts';
import { RingerError } from '../core/errors.ts';
import type { VendorId } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { OperationsStack } from './operations-stack.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { StateStack } from './state-stack.ts';

export interface RingerStacks {
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  readonly operations: OperationsStack;
}

/**
 * Adds the stacks.
 *
 * Context decides: `config` names the file, else it is `ringer.yaml`, else the example, so that a fresh checkout can be
 * looked at; `environment` tells deployments in one account apart; `budget` is the month's limit in US dollars; `runbook`
 * is the address under which people read docs/runbook.md.
 *
 * @param root - the project's folder
 * @throws CONFIG_INVALID when the file or a value of the context is wrong
 */
export function addRinger(app: App, root: string): RingerStacks {
  const configPath = configPathOf(app, root);
  const config = configAt(configPath, root);
  const names = deploymentNames(
    contextText(app, 'environment', ENVIRONMENT_NAME, 'lower-case words such as staging'),
  );
  const state = new StateStack(app, `${names.stacks}State`, { names, config });
  const pipeline = new PipelineStack(app, `${names.stacks}Pipeline`, {
    names,
    root,
    config,
    state,
  });
  const operations = new OperationsStack(app, `${names.stacks}Operations`, {
    names,
    config,
    state,
    pipeline,
    budgetUsd: Number(contextText(app, 'budget', /^[1-9]\d{0,6}$/, 'whole US dollars') ?? BUDGET_USD),
    runbook: contextText(app, 'runbook', /^[\x21-\x7e]{1,200}$/, 'an address') ?? 'docs/runbook.md',
  });
  Tags.of(app).add('application', names.resources);
  if (configPath === join(root, EXAMPLE)) refuseDeployment([state, pipeline, operations]);
  return { state, pipeline, operations };
}

/** The example is for looking at: whoever deploys from a checkout without their ringer.yaml would deploy its inventions. */
function refuseDeployment(stacks: readonly Stack[]): void {
  const because = 'There is no ringer.yaml: this is the example. Run `npm run -s ringer -- init` first.';
  for (const stack of stacks) {
    const assertions = [{ assert: Fn.conditionEquals('the example', 'yours'), assertDescription: because }];
    new CfnRule(stack, 'NotTheExample', { assertions });
  }
  Annotations.of(stacks[0] as Stack).addWarningV2('ringer:example', `${because} CloudFormation refuses it.`);
}

const EXAMPLE = 'ringer.example.yaml';
/** Twice what 1,000 people cost. */
const BUDGET_USD = 30;

function configAt(path: string, root: string): RingerConfig {
  const feedsOf = (vendor: VendorId): readonly string[] =>
    MANIFESTS.filter((manifest) => manifest.vendor === vendor).flatMap(({ feeds }) =>
      feeds.map(({ id }) => id),
    );
  const config = readConfig(path, {
    catalogue: CATALOGUE,
    feeds: {
      okta: feedsOf('okta'),
      microsoft: feedsOf('microsoft'),
      google: feedsOf('google'),
      aws: feedsOf('aws'),
    },
  });
  // The example names a people file as one would; nobody has it.
  return path === join(root, EXAMPLE) ? { ...config, people: undefined } : config;
}

function configPathOf(app: App, root: string): string {
  const given: unknown = app.node.tryGetContext('config');
  if (typeof given === 'string') return resolve(root, given);
  const own = join(root, 'ringer.yaml');
  return existsSync(own) ? own : join(root, EXAMPLE);
}

function contextText(app: App, name: string, shape: RegExp, expected: string): string | undefined {
  const given: unknown = app.node.tryGetContext(name);
  if (given === undefined) return undefined;
  const text = typeof given === 'number' ? String(given) : given;
  if (typeof text === 'string' && shape.test(text)) return text;
  throw new RingerError('CONFIG_INVALID', `context ${name}: expected ${expected}`);
}
