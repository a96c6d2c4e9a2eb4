import { endOfLocalDay, localTime, utcOffsetMinutes } from '../../../lib/core/places/local-time.ts';

describe('local time', () => {
  it('is the calendar and clock of the zone, on the other side of midnight too', () => {
    expect(localTime('America/Chicago', Date.UTC(2026, 0, 1, 3))).toEqual({
      day: 20_453,
      weekday: 3,
      hour: 21,
    });
    expect(localTime('Pacific/Kiritimati', Date.UTC(2026, 0, 1, 12))).toEqual({
      day: 20_455,
      weekday: 5,
      hour: 2,
    });
  });

  it('knows summer, and both sides of the night in which clocks change', () => {
    const change = Date.UTC(2026, 2, 8, 8);
    expect(utcOffsetMinutes('America/Chicago', change - 1)).toBe(-360);
    expect(utcOffsetMinutes('America/Chicago', change)).toBe(-300);
    expect(utcOffsetMinutes('America/Chicago', Date.UTC(2026, 10, 1, 7))).toBe(-360);
  });

  it.each([
    ['Asia/Kolkata', 330],
    ['Asia/Kathmandu', 345],
    ['Etc/UTC', 0],
    ['Pacific/Chatham', 825],
  ])('of %s is %i minutes ahead in January', (zone, minutes) => {
    expect(utcOffsetMinutes(zone, Date.UTC(2026, 0, 15))).toBe(minutes);
  });

  it('changes by half an hour on Lord Howe', () => {
    const change = Date.UTC(2026, 3, 4, 15);
    expect([change - 1, change].map((time) => utcOffsetMinutes('Australia/Lord_Howe', time))).toEqual([
      660, 630,
    ]);
  });

  it.each(['Mars/Olympus', '', '__proto__'])('of "%s" is unknown', (zone) => {
    expect(localTime(zone, 0)).toBeUndefined();
    expect(endOfLocalDay(0, zone)).toBeUndefined();
  });
});

describe('the end of a local day', () => {
  const day = Date.UTC(2026, 2, 31, 17);

  it.each([
    ['Europe/Lisbon', Date.UTC(2026, 2, 31, 23)],
    ['America/Los_Angeles', Date.UTC(2026, 3, 1, 7)],
    ['Asia/Tokyo', Date.UTC(2026, 2, 31, 15)],
  ])('in %s is midnight there', (zone, end) => {
    expect(endOfLocalDay(day, zone)).toBe(end);
  });

  it('is that of the clock that holds at midnight, on the day it changes', () => {
    expect(endOfLocalDay(Date.UTC(2026, 2, 8), 'America/Chicago')).toBe(Date.UTC(2026, 2, 9, 5));
    expect(endOfLocalDay(Date.UTC(2026, 2, 7), 'America/Chicago')).toBe(Date.UTC(2026, 2, 8, 6));
  });
});
