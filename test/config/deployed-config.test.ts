import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployedConfigText, readDeployedConfig } from '../../lib/config/deployed-config.ts';
import { RingerError } from '../../lib/core/errors.ts';
import { readConfig } from '../../lib/config/read-config.ts';
import { deployedConfig } from '../support/deployed-config.ts';

it('gives back all that ringer.yaml says, but where the people file was', () => {
  const { people, ...rest } = readConfig('ringer.example.yaml');
  expect(people).toMatch(/people\.csv$/);
  const path = join(mkdtempSync(join(tmpdir(), 'ringer-test-')), 'ringer.json');
  writeFileSync(path, deployedConfigText({ people, ...rest }));
  expect(readDeployedConfig(path)).toEqual(rest);
});

it('says which file is not there, or is not what the stacks write', () => {
  expect(() => readDeployedConfig('/missing/ringer.json')).toThrow('/missing/ringer.json');
  const path = deployedConfig();
  writeFileSync(path, 'sources: []');
  expect(() => readDeployedConfig(path)).toThrow(RingerError);
});
