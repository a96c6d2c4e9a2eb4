import { durationMs } from '../../lib/config/duration.ts';
import { feedEveryMinutes } from '../../lib/config/schedule.ts';

describe('how often a feed is read', () => {
  const log = { id: 'system-log', reads: 'events', defaultEvery: '5 minutes' } as const;
  const users = { id: 'users', reads: 'listing', defaultEvery: '6 hours' } as const;

  it('is the default of the feed when the connection says nothing', () => {
    expect(feedEveryMinutes({}, users)).toBe(360);
  });

  it('is what the connection says, for a log', () => {
    expect(feedEveryMinutes({ every: 1 }, log)).toBe(1);
  });

  it('is what the connection says for a listing only when it names the listing', () => {
    expect(feedEveryMinutes({ every: 1 }, users)).toBe(360);
    expect(feedEveryMinutes({ every: 60, feeds: ['users'] }, users)).toBe(60);
  });
});

describe('a length of time', () => {
  it.each([
    ['5 minutes', 300_000],
    ['1h', 3_600_000],
    ['90 s', 90_000],
    ['1 Day', 86_400_000],
  ])('may be written %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '5', 'h', '0 minutes', '-1h', '1 fortnight', '1.5h'])('is not %j', (text) => {
    expect(durationMs(text)).toBeUndefined();
  });
});
