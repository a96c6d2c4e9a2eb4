import { MANIFESTS } from '../../lib/sources/manifests.ts';
import { FEEDS } from '../../lib/sources/index.ts';

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
});
