/** What is told of many measurements: the machine has other work too, so that no single one is to be believed. */

/**
 * Gives the middle of some numbers; of an even count, the upper of the two.
 *
 * @throws RangeError without any
 */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('nothing was measured');
  return middle;
}

/** Says how a number stands to its bar. */
export function verdict(value: number, bar: number): string {
  return value <= bar ? 'met' : 'not met';
}
