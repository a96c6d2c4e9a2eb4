import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layersFolder, withLayers } from '../../../lib/simulator/twin/layers.ts';

function layer(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringer-layer-'));
  mkdirSync(join(folder, 'lists'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

it('puts layers together, the later over the earlier', () => {
  const opt = layersFolder([layer({ a: 'first', b: 'first' }), layer({ b: 'second', 'lists/c': 'second' })]);
  const read = (name: string): string => readFileSync(join(opt, name), 'utf8');
  expect(['a', 'b', 'lists/c'].map(read)).toEqual(['first', 'second', 'second']);
});

it('lets variables name what is under /opt where it is', () => {
  const environment = {
    GEO: '/opt',
    CONFIG: '/opt/ringer.yaml',
    OTHER: '/optional',
    URL: 'https://example.com/opt',
  };
  expect(withLayers(environment, '/tmp/layers')).toEqual({
    ...environment,
    GEO: '/tmp/layers',
    CONFIG: '/tmp/layers/ringer.yaml',
  });
});
