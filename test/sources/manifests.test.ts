import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFESTS } from '../../lib/sources/manifests.ts';
import { FEEDS } from '../../lib/sources/index.ts';

const FIXTURES = join(__dirname, '..', 'fixtures');

describe('the manifests', () => {
  it('name every feed that has a normaliser and something to use', () => {
    const declared = new Set(MANIFESTS.flatMap((each) => each.feeds.map((feed) => feed.source)));

    expect([...new Set(FEEDS.map((feed) => feed.source))].filter((source) => !declared.has(source))).toEqual(
      [],
    );
  });

  it.each(MANIFESTS)(
    '$title names each of its feeds once, and what it cannot see',
    ({ feeds, cannotSee }) => {
      expect(new Set(feeds.map((feed) => feed.id)).size).toBe(feeds.length);
      expect(cannotSee.length).toBeGreaterThan(0);
    },
  );

  it.each(MANIFESTS)('$title has schedules EventBridge accepts: one of a unit is singular', ({ feeds }) => {
    for (const { defaultEvery } of feeds) {
      expect(defaultEvery).toMatch(/^(1 (minute|hour|day)|([2-9]|\d\d+) (minutes|hours|days))$/);
    }
  });

  it('say of every source what its records become, as the goldens show', () => {
    const shown = new Map<string, Set<string>>();
    for (const path of globSync('*/*/*.expected.json', { cwd: FIXTURES })) {
      const golden = JSON.parse(readFileSync(join(FIXTURES, path), 'utf8')) as {
        events?: { kind: string }[];
      };
      const kinds = shown.get(path.split('/')[0] ?? '') ?? new Set();
      for (const { kind } of golden.events ?? []) kinds.add(kind);
      shown.set(path.split('/')[0] ?? '', kinds);
    }
    for (const source of new Set(MANIFESTS.flatMap(({ sources }) => sources))) {
      const declared = MANIFESTS.flatMap(({ feeds }) => feeds)
        .filter((feed) => feed.source === source)
        .flatMap(({ gives }) => gives);
      expect([source, [...new Set(declared)].sort()]).toEqual([
        source,
        [...(shown.get(source) ?? [])].sort(),
      ]);
    }
  });
});
