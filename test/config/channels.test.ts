import { collectedFeeds, collectedFeedsText, subscribed } from '../../lib/config/channels.ts';
import { parseConfig } from '../../lib/config/read-config.ts';

describe('the feeds that are collected', () => {
  const feeds = [
    { connection: 'main', feed: 'system-log', everyMs: 60_000 },
    { connection: 'main', feed: 'users', everyMs: 21_600_000 },
    { connection: 'tenant', feed: 'sign-ins', everyMs: 300_000 },
  ];

  it('are read as they were written', () => {
    expect(collectedFeeds('FEEDS').read(collectedFeedsText(feeds))).toEqual(feeds);
    expect(collectedFeeds('FEEDS').read(collectedFeedsText([]))).toEqual([]);
  });

  it('take few letters each', () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      ...feeds[0]!,
      feed: `a-feed-of-a-vendor-${index}`,
    }));
    expect(collectedFeedsText(many).length).toBeLessThan(30 * many.length);
  });

  it.each([
    undefined,
    '',
    'main',
    'null',
    '[{"connection":"main","feed":"users","everyMs":60000}]',
    '{"main":{"users":"often"}}',
  ])('are not %p', (written) => {
    expect(() => collectedFeeds('FEEDS').read(written)).toThrow('JSON of feeds');
  });
});

it('gives a channel that is named twice once, with the lesser severity, and apart by what it is told', () => {
  const { alerts } = parseConfig(`
alerts:
  channels:
    - { type: webhook, url: https://alerts.example.com, minimumSeverity: critical }
    - { type: webhook, url: https://alerts.example.com/, minimumSeverity: low }
    - { type: webhook, url: https://alerts.example.com, minimumSeverity: high, detail: minimal }
`);
  expect(subscribed(alerts, 'full').map(({ minimumSeverity }) => minimumSeverity)).toEqual(['low']);
  expect(subscribed(alerts, 'minimal').map(({ minimumSeverity }) => minimumSeverity)).toEqual(['high']);
});
