/** What can be said of few observations: intervals, all at 95 %, and quantiles. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A part of a whole, by Wilson; nothing of nothing has no share. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share?: number;
  readonly interval?: Interval;
}

/** Events per 1,000 of something, by Poisson; per nothing there is no rate. */
export interface Rate {
  readonly count: number;
  readonly per1000?: number;
  readonly interval?: Interval;
}

export function shareOf(count: number, of: number): Share {
  const interval = wilson(count, of);
  return interval === undefined ? { count, of } : { count, of, share: count / of, interval };
}

/** @param exposure - among how many they happened, person-days mostly */
export function rateOf(count: number, exposure: number): Rate {
  if (exposure <= 0) return { count };
  const { low, high } = poisson(count);
  const scale = 1_000 / exposure;
  return { count, per1000: count * scale, interval: { low: low * scale, high: high * scale } };
}

/** Of the standard normal distribution, for 95 % on both sides. */
const Z = 1.959963984540054;
const TAIL = 0.025;

/**
 * Gives Wilson's score interval of a proportion: it holds for small numbers and at both ends.
 *
 * @returns `undefined` of nothing
 * @example wilson(0, 10) // => { low: 0, high: 0.2775… }
 */
export function wilson(successes: number, trials: number): Interval | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const z2 = Z * Z;
  const middle = share + z2 / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: successes === 0 ? 0 : (middle - spread) / scale,
    high: successes === trials ? 1 : (middle + spread) / scale,
  };
}

/**
 * Gives the exact interval of a Poisson mean, after Garwood (1936): the means under which a count as small, or as large,
 * has a chance of 2.5 %.
 *
 * @example poisson(0) // => { low: 0, high: 3.6889… }
 */
export function poisson(count: number): Interval {
  return {
    low: count === 0 ? 0 : solve((mean) => 1 - chanceOfAtMost(count - 1, mean) - TAIL, count + 1),
    high: solve((mean) => TAIL - chanceOfAtMost(count, mean), 2 * count + 10),
  };
}

/** Gives the value below which a share of the numbers lies, by linear interpolation; `undefined` of none. */
export function quantile(numbers: readonly number[], share: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (at - Math.floor(at));
}

/** P(X ≤ count) of a Poisson distribution; terms as logarithms, so that large means do not underflow. */
function chanceOfAtMost(count: number, mean: number): number {
  if (mean === 0) return 1;
  let sum = 0;
  let logTerm = -mean;
  for (let k = 0; k <= count; k++) {
    if (k > 0) logTerm += Math.log(mean / k);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Finds where a growing function of 0…high is nought, by halving. */
function solve(f: (x: number) => number, high: number): number {
  let [low, top] = [0, high];
  for (let step = 0; step < 100; step++) {
    const middle = (low + top) / 2;
    if (f(middle) < 0) low = middle;
    else top = middle;
  }
  return (low + top) / 2;
}
