import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { LISTS_DIRECTORY } from '../../lib/cli/lists.ts';
import { readConfig } from '../../lib/config/read-config.ts';
import { addDetectLayers, LISTS_FOLDER } from '../../lib/stacks/detect-layers.ts';
import { resourcesOf, templatesOf } from '../support/stacks.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringer-root-'));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, 'ringer.yaml'), 'people: roster.csv');
  writeFileSync(join(root, 'roster.csv'), 'email\nann@example.com\n');
});

function layersOf(configPath: string | undefined): {
  readonly names: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
} {
  const stack = new Stack(new App(), 'Test');
  const { variables } = addDetectLayers(stack, { root, config: readConfig(configPath) });
  const layers = resourcesOf(Template.fromStack(stack), 'AWS::Lambda::LayerVersion');
  return {
    names: [...layers.values()].map(({ Properties }) => String(Properties['Description'])),
    variables: Object.fromEntries(variables),
  };
}

it('gives detect locations and the configuration when there is nothing else', () => {
  const { names, variables } = layersOf(undefined);
  expect(names).toEqual(['DB-IP city databases', 'GeoNames cities', 'ringer.json']);
  expect(variables).toEqual({ RINGER_GEO_DIRECTORY: '/opt', RINGER_CONFIG_PATH: '/opt/ringer.json' });
});

it('gives detect the people file and refreshed lists where there are', () => {
  mkdirSync(join(root, LISTS_FOLDER), { recursive: true });
  writeFileSync(join(root, LISTS_FOLDER, 'vpn.txt'), '192.0.2.0/24\n');
  const { names, variables } = layersOf(join(root, 'ringer.yaml'));
  expect(names).toEqual(['DB-IP city databases', 'GeoNames cities', 'ringer.json', 'people.csv', 'lists']);
  expect(variables).toEqual({
    RINGER_GEO_DIRECTORY: '/opt',
    RINGER_CONFIG_PATH: '/opt/ringer.json',
    RINGER_PEOPLE_PATH: '/opt/people.csv',
    RINGER_LISTS_DIRECTORY: '/opt/lists',
  });
});

it('finds lists where the command line puts them', () => {
  expect(LISTS_FOLDER).toBe(LISTS_DIRECTORY);
});

it('gives no more than the five layers that a function can have', () => {
  mkdirSync(join(root, LISTS_FOLDER), { recursive: true });
  expect(layersOf(join(root, 'ringer.yaml')).names.length).toBeLessThanOrEqual(5);
});

it('is for detect alone', () => {
  const functions = [...resourcesOf(templatesOf('').pipeline, 'AWS::Lambda::Function').values()];
  const layered = functions.filter(({ Properties }) => Properties['Layers'] !== undefined);
  expect(layered.map(({ Metadata }) => Metadata?.['ringer:file'])).toEqual(['detect']);
});
