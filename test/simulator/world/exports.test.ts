import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DETECTIONS } from '../../../lib/core/detections/index.ts';
import { readConfig } from '../../../lib/config/read-config.ts';
import { readPeopleFile } from '../../../lib/config/people-file.ts';
import { exportWorld } from '../../../lib/simulator/world/exports.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import { scanPaths } from '../../support/scanning.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringer-world-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a world written as files', () => {
  const world = makeWorld({ seed: 2, people: 50, days: 14, start: Date.UTC(2026, 0, 5) });
  const { records, people, config } = exportWorld(world, folder);

  it('has every record in the order of delivery', () => {
    const lines = readFileSync(join(records, 'okta.ndjson'), 'utf8').trimEnd().split('\n');
    const delivered = world.records.filter(({ source }) => source === 'okta');
    expect(lines).toEqual(delivered.map(({ record }) => JSON.stringify(record)));
  });

  it('is what `ringer scan` reads', async () => {
    expect(readPeopleFile(people).problems).toEqual([]);
    const { sums, failures } = await scanPaths([records], {
      config: readConfig(config, { catalogue: DETECTIONS }),
      clock: world.end,
      detections: [],
    });
    expect(failures).toEqual([]);
    expect(sums.rejectedInAll).toBe(0);
    const read = sums.list().reduce((sum, [, { records: count }]) => sum + count, 0);
    expect(read).toBe(world.records.length);
  });
});
