/** Stacks as templates, without bundling and without checks, which take seconds and have a test of their own. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addRinger, type RingerStacks } from '../../lib/stacks/ringer.ts';

type Context = Readonly<Record<string, unknown>>;

/** Neither bundled nor copied: only the templates are looked at. */
const WITHOUT_ASSETS = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true };

/** A resource as a template has it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/**
 * Makes the app of a ringer.yaml, with the context of cdk.json.
 *
 * @param yaml - text; without it, the example's
 */
export function appOf(
  yaml: string | undefined,
  context: Context = {},
): { readonly app: App; readonly stacks: RingerStacks } {
  const config = yaml === undefined ? 'ringer.example.yaml' : fileOf(yaml);
  const cdkJson = JSON.parse(readFileSync('cdk.json', 'utf8')) as { readonly context: Context };
  const app = new App({
    builtinCloudFormationValidation: false,
    context: { ...cdkJson.context, config, ...WITHOUT_ASSETS, ...context },
  });
  return { app, stacks: addRinger(app, process.cwd()) };
}

export type Templates = Readonly<Record<keyof RingerStacks, Template>>;

export function templatesOf(yaml?: string, context?: Context): Templates {
  const { state, pipeline, operations } = appOf(yaml, context).stacks;
  return {
    state: Template.fromStack(state),
    pipeline: Template.fromStack(pipeline),
    operations: Template.fromStack(operations),
  };
}

/** Lists a template's resources of a type, by their logical ids. */
export function resourcesOf(template: Template, type?: string): ReadonlyMap<string, Resource> {
  const { Resources = {} } = template.toJSON() as { readonly Resources?: Record<string, Resource> };
  return new Map(Object.entries(Resources).filter(([, { Type }]) => type === undefined || Type === type));
}

/** Gives the properties of a template's resources of a type. */
export function propertiesOf<P = Readonly<Record<string, unknown>>>(
  template: Template,
  type: string,
): readonly P[] {
  return [...resourcesOf(template, type).values()].map(({ Properties }) => Properties as P);
}

function fileOf(yaml: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ringer-test-')), 'ringer.yaml');
  writeFileSync(path, yaml);
  return path;
}
