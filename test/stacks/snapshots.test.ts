/** The stacks of the example, whole: a change shows what it changes. What a build puts into them is left out. */
import type { Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { templatesOf, type Templates } from '../support/stacks.ts';

let templates: Templates;
beforeAll(() => {
  templates = templatesOf();
}, 30_000);

function shown(template: Template): string {
  const { Resources, Outputs } = template.toJSON() as Readonly<Record<string, unknown>>;
  const text = stringify({ Resources, Outputs }, { aliasDuplicateObjects: false, lineWidth: 0 });
  return text.replaceAll(/\b[0-9a-f]{64}\b/g, 'HASH');
}

it.each(['state', 'pipeline', 'operations'] as const)('%s', (name) => {
  expect(shown(templates[name])).toMatchSnapshot();
});
