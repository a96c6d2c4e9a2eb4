import { isHoliday, isWeekend, localTime } from '../../../lib/simulator/world/calendar.ts';
import { amount, randomOf, times } from '../../../lib/simulator/world/chance.ts';
import { CITIES } from '../../../lib/simulator/world/places/cities.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const at = (text: string): number => Date.parse(text);

describe('the calendar', () => {
  it('knows what the clocks on walls show, in winter and in summer', () => {
    expect(localTime(day('2026-01-12'), 9, CITIES.Austin)).toBe(at('2026-01-12T15:00:00Z'));
    expect(localTime(day('2026-07-13'), 9, CITIES.Austin)).toBe(at('2026-07-13T14:00:00Z'));
    expect(localTime(day('2026-01-12'), 9.5, CITIES.Bengaluru)).toBe(at('2026-01-12T04:00:00Z'));
    expect(localTime(day('2026-01-12'), 9, CITIES.London)).toBe(at('2026-01-12T09:00:00Z'));
  });

  it('counts hours past midnight on, as night shifts do', () => {
    expect(localTime(day('2026-01-12'), 30, CITIES.Berlin)).toBe(at('2026-01-13T05:00:00Z'));
  });

  it('knows weekends, and holidays country by country', () => {
    expect([isWeekend(day('2026-01-10')), isWeekend(day('2026-01-12'))]).toEqual([true, false]);
    expect([isHoliday(day('2026-07-04'), CITIES.Denver), isHoliday(day('2026-07-04'), CITIES.Paris)]).toEqual(
      [true, false],
    );
    expect(isHoliday(day('2026-12-25'), CITIES.Manila)).toBe(true);
  });
});

describe('chances', () => {
  it.each([0.3, 7, 500])('of something that happens %d times on average come out so', (mean) => {
    const random = randomOf(1, 'times', mean);
    const draws = Array.from({ length: 2_000 }, () => times(random, mean));
    const found = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    expect(Math.abs(found - mean)).toBeLessThan(5 * Math.sqrt(mean / draws.length));
  });

  it('of an amount have half of it below the median, and a long tail', () => {
    const random = randomOf(1, 'amount');
    const draws = Array.from({ length: 2_000 }, () => amount(random, 100, 0.7)).sort((a, b) => a - b);
    expect(draws[1_000]).toBeGreaterThan(90);
    expect(draws[1_000]).toBeLessThan(110);
    expect(draws[1_980]).toBeGreaterThan(350);
  });
});
