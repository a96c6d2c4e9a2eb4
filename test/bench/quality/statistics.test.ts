import { poisson, quantile, rateOf, shareOf, wilson } from '../../../bench/quality/statistics.ts';

describe('Wilson’s interval', () => {
  // Newcombe (1998), table I, method 3, and the closed forms at both ends.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [10, 10, 0.7225, 1],
  ])('of %i of %i is %d to %d', (count, of, low, high) => {
    const interval = wilson(count, of);
    expect(interval?.low).toBeCloseTo(low, 4);
    expect(interval?.high).toBeCloseTo(high, 4);
  });

  it('of nothing is none: there is no recall where nobody attacked', () => {
    expect(wilson(0, 0)).toBeUndefined();
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0 });
  });
});

describe('the exact Poisson interval', () => {
  // Garwood’s table, as Ulm (1990) and every handbook of epidemiology has it.
  it.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [10, 4.7954, 18.3904],
    [100, 81.3639, 121.6272],
  ])('of %i is %d to %d', (count, low, high) => {
    const interval = poisson(count);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it('holds for counts whose chance is too small for a number', () => {
    const { low, high } = poisson(5_000);
    expect(low).toBeGreaterThan(4_855);
    expect(low).toBeLessThan(4_870);
    expect(high).toBeGreaterThan(5_135);
    expect(high).toBeLessThan(5_145);
  });

  it('is told per 1,000 of what it happened among', () => {
    expect(rateOf(10, 5_000)).toMatchObject({ count: 10, per1000: 2 });
    expect(rateOf(10, 5_000).interval?.high).toBeCloseTo(3.678, 3);
    expect(rateOf(0, 0)).toEqual({ count: 0 });
  });
});

it('a quantile lies between two numbers where none is in its place', () => {
  expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
  expect(quantile([7], 0.9)).toBe(7);
  expect(quantile([], 0.5)).toBeUndefined();
});
