import fc from 'fast-check';
import { parseTime } from '../../lib/sources/times.ts';

describe('a time in the plain spelling', () => {
  it('is read to the millisecond, whatever the day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseTime(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it.each(['2025-02-30T00:00:00Z', '2025-06-03T25:00:00Z', '2025-06-03T08:14:09.Z', '2025-06-0xT08:14:09Z'])(
    '%s is no time',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );

  it('may have fewer or more than three fractional digits', () => {
    expect(parseTime('2025-06-03T08:14:09.4Z')).toBe(Date.UTC(2025, 5, 3, 8, 14, 9, 400));
    expect(parseTime('2025-06-03T08:14:09.4129999Z')).toBe(Date.UTC(2025, 5, 3, 8, 14, 9, 412));
  });
});

describe('the end of a day', () => {
  it('may be written as 24:00:00, and nothing after it', () => {
    expect(parseTime('2026-06-02T24:00:00Z')).toBe(Date.UTC(2026, 5, 3));
    expect(parseTime('2026-06-02T24:30:00Z')).toBeUndefined();
  });
});

describe('a zone', () => {
  it('is at most fourteen hours from UTC', () => {
    expect(parseTime('2026-06-01T12:00:00+14:00')).toBe(Date.UTC(2026, 4, 31, 22));
    expect(parseTime('2026-06-01T12:00:00+25:00')).toBeUndefined();
    expect(parseTime('2026-06-01T12:00:00+05:75')).toBeUndefined();
  });
});
