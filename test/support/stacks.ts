/** Stacks as templates, without bundling and without checks, which take seconds and have a test of their own. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addRinger } from '../../lib/stacks/ringer.ts';

/** Makes the app of a ringer.yaml. */
export function appOf(yaml: string): { readonly app: App; readonly stacks: ReturnType<typeof addRinger> } {
  const config = join(mkdtempSync(join(tmpdir(), 'ringer-test-')), 'ringer.yaml');
  writeFileSync(config, yaml);
  const app = new App({
    builtinCloudFormationValidation: false,
    context: { config, 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  });
  return { app, stacks: addRinger(app, process.cwd()) };
}

export function templatesOf(yaml: string): { readonly state: Template; readonly pipeline: Template } {
  const { state, pipeline } = appOf(yaml).stacks;
  return { state: Template.fromStack(state), pipeline: Template.fromStack(pipeline) };
}
