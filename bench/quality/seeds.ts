const EACH = 400;

/**
 * Thresholds are chosen by looking at worlds of the first kind and judged on worlds of the second, of which nobody looks
 * at any single one. Whoever changes a threshold because of a number from the second kind has to draw new seeds for it.
 */
export const SEEDS = {
  tune: from(1_001),
  report: from(2_001),
} as const;

export type SeedSet = keyof typeof SEEDS;

function from(first: number): readonly number[] {
  return Array.from({ length: EACH }, (_, index) => first + index);
}
