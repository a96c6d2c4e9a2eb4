import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { parseConfig } from '../../lib/config/read-config.ts';
import { configSchema } from '../../lib/config/schema.ts';
import { CATALOGUE } from '../../lib/core/detections/index.ts';

const text = readFileSync(join(__dirname, '..', '..', 'ringer.example.yaml'), 'utf8');

describe('ringer.example.yaml', () => {
  it('is a configuration that this version accepts', () => {
    expect(() => parseConfig(text, { catalogue: CATALOGUE })).not.toThrow();
  });

  it('shows every key of the schema', () => {
    const schema = z.toJSONSchema(configSchema({ resolvePath: (path) => path }), {
      io: 'input',
      unrepresentable: 'any',
    });
    const keys = new Set<string>();
    JSON.stringify(schema, (name, value: unknown) => {
      if (name === 'properties') for (const key of Object.keys(value as object)) keys.add(key);
      return value;
    });
    keys.delete('parameters');
    expect(keys.size).toBeGreaterThan(40);
    expect([...keys].filter((key) => !new RegExp(`\\b${key}:`).test(text))).toEqual([]);
  });
});
