/** Which eight hours of the day somebody works in, from the hours in which they did anything. */

/** A local day and the hours of it with activity, one bit each. Plain JSON. */
export interface DayHours {
  readonly day: number;
  hours: number;
  /** They were not where they are said to work. */
  away?: true;
}

/** The block of hours with the most activity. */
export interface Block {
  /** Local hour at which it begins. */
  readonly start: number;
  readonly hours: number;
  /** Of all active hours, the share within it. */
  readonly share: number;
}

const HOURS_A_DAY = 24;

/**
 * Finds the busiest block. An hour counts once for each day on which it was active, so that a busy hour weighs as much as a
 * quiet one.
 *
 * @param towards - a local time, in hours; of blocks with equally much the one whose middle lies nearest to it is given
 * @returns `undefined` when nothing was active
 */
export function busiestBlock(days: readonly DayHours[], hours: number, towards: number): Block | undefined {
  const counts = Array.from(
    { length: HOURS_A_DAY },
    (_, hour) => days.filter((day) => isActive(day, hour)).length,
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const blocks = counts.map((_, start) => {
    const within = Array.from({ length: hours }, (__, n) => counts[(start + n) % HOURS_A_DAY] ?? 0);
    return { start, hours, share: within.reduce((sum, count) => sum + count, 0) / total };
  });
  return blocks.reduce((best, block) =>
    block.share > best.share ||
    (block.share === best.share &&
      distanceHours(middleOf(block), towards) < distanceHours(middleOf(best), towards))
      ? block
      : best,
  );
}

/** Tells whether an hour of a day was active. */
export function isActive({ hours }: DayHours, hour: number): boolean {
  return (hours & (1 << hour)) !== 0;
}

export function middleOf({ start, hours }: Pick<Block, 'start' | 'hours'>): number {
  return (start + hours / 2) % HOURS_A_DAY;
}

/** Gives how far apart two times of day are, at most 12 hours. */
export function distanceHours(a: number, b: number): number {
  const apart = Math.abs(a - b) % HOURS_A_DAY;
  return Math.min(apart, HOURS_A_DAY - apart);
}
