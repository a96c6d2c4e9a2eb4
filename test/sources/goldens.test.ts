import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { FEEDS, feedOf } from '../../lib/sources/index.ts';
import type { RawRecord } from '../../lib/sources/source.ts';

const FIXTURES = join(__dirname, '..', 'fixtures');
const OBSERVED = Date.UTC(2026, 0, 1);

// Each fixture is one vendor record as the vendor sends it: fixtures/<source>/<feed>/<case>.json, beside what it becomes.
const cases = globSync('*/*/*.json', { cwd: FIXTURES })
  .filter((path) => !path.endsWith('.expected.json'))
  .sort()
  .map((path) => path.split(sep).join('/'));

describe('every fixture', () => {
  it.each(cases)('%s is recognised as its feed alone and becomes what its golden says', (path) => {
    const [source, feed] = path.split('/');
    const record = JSON.parse(readFileSync(join(FIXTURES, path), 'utf8')) as RawRecord;

    expect(
      FEEDS.filter((each) => each.recognizes(record)).map((each) => `${each.source}/${each.id}`),
    ).toEqual([`${source}/${feed}`]);

    const normalized = feedOf(record)?.normalize(record, { observedTime: OBSERVED });
    const golden = join(FIXTURES, path.replace(/\.json$/, '.expected.json'));
    if (process.env['UPDATE_GOLDENS'] === '1') {
      writeFileSync(golden, `${JSON.stringify(normalized, null, 2)}\n`);
    }
    expect(normalized).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('holds invented people only', () => {
    for (const path of globSync('**/*.json', { cwd: FIXTURES })) {
      const text = readFileSync(join(FIXTURES, path), 'utf8');
      const addresses = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
      const foreign = addresses.filter(
        (address) => !/(@|\.)(example\.(com|org|net)|onmicrosoft\.com)$/i.test(address),
      );
      expect({ path, foreign }).toEqual({ path, foreign: [] });
    }
  });
});
