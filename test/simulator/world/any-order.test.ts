import { CATALOGUE, DETECTIONS } from '../../../lib/core/detections/index.ts';
import { contractOf } from '../../../lib/core/alerts/publish.ts';
import { parsePeople } from '../../../lib/config/people-file.ts';
import { toEgress } from '../../../lib/config/policy.ts';
import { parseConfig } from '../../../lib/config/read-config.ts';
import { openAtlas } from '../../../lib/geo/atlas.ts';
import { scan } from '../../../lib/scan/scan.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import { scratch } from '../../support/scanning.ts';

const folder = scratch();

const world = makeWorld({
  seed: 31,
  people: 20,
  days: 28,
  start: Date.UTC(2026, 2, 2),
  attacks: ['careless-farm', 'one-phone-for-two', 'leaver-copies-drive'],
});
const lines = world.records.map(({ record }) => `${JSON.stringify(record)}\n`);

async function alertsOf(name: string, text: string): Promise<readonly object[]> {
  const config = parseConfig(world.config, { catalogue: CATALOGUE });
  const { alerts } = await scan({
    paths: [folder.write(name, text)],
    config,
    detections: DETECTIONS,
    roster: parsePeople(world.people).people,
    atlas: await openAtlas({ egress: toEgress(config), vpnOperators: config.policy.vpnOperators }),
    clock: world.end,
    now: world.end,
  });
  return alerts.map(contractOf);
}

describe('a company and those who attack it', () => {
  it('give the same alerts in any order and with any repetition of their records, the composite included', async () => {
    const inOrder = await alertsOf('in-order.ndjson', lines.join(''));
    expect(inOrder).toContainEqual(expect.objectContaining({ detection: 'suspected-impostor' }));
    // A permutation far from any order, and a third of it once more.
    const stride = 7_919;
    expect(lines.length % stride).not.toBe(0);
    const shuffled = lines.map((_, index) => lines[(index * stride) % lines.length] ?? '');
    const again = shuffled.slice(0, Math.floor(shuffled.length / 3));
    expect(await alertsOf('shuffled.ndjson', [...again, ...shuffled].join(''))).toEqual(inOrder);
  }, 60_000);
});
