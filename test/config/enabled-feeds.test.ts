import { enabledFeeds } from '../../lib/config/enabled-feeds.ts';

const FEEDS = [
  { id: 'cloudtrail' },
  { id: 'cloudtrail-trail', optional: true },
  { id: 'inventory' },
  { id: 'costly', optional: true },
] as const;

const ids = (source: Parameters<typeof enabledFeeds>[0]): readonly string[] =>
  enabledFeeds(source, FEEDS).map(({ id }) => id);

it('reads all that the vendor offers without asking', () => {
  expect(ids({})).toEqual(['cloudtrail', 'inventory']);
  expect(ids({ feeds: [] })).toEqual(['cloudtrail', 'inventory']);
});

it('reads what is named and nothing else, also what costs', () => {
  expect(ids({ feeds: ['costly', 'cloudtrail'] })).toEqual(['cloudtrail', 'costly']);
});

it('reads a trail instead of the event history', () => {
  expect(ids({ trailBucket: 'example-trail' })).toEqual(['cloudtrail-trail', 'inventory']);
});

it('reads both where both are named', () => {
  const feeds = ['cloudtrail', 'cloudtrail-trail'];
  expect(ids({ trailBucket: 'example-trail', feeds })).toEqual(feeds);
});
