/** Somebody who has days of work in the world, honest or not. */
import type { EpochMs } from '../../core/time.ts';
import type { Random } from '../random.ts';
import type { Habits } from './benign/habits.ts';
import type { Office } from './company/offices.ts';
import type { City, Line } from './geography.ts';
import type { CityName } from './places/cities.ts';
import type { Laptop, Phone, Staff } from './staff.ts';

export interface Worker {
  readonly staff: Staff;
  /** Where they live as the window begins. */
  readonly city: CityName;
  readonly line: Line;
  readonly office?: Office;
  readonly habits: Habits;
  /** In the order in which they had them; one unless it was replaced. */
  readonly laptops: readonly InUse<Laptop>[];
  readonly phones: readonly InUse<Phone>[];
  /** Chances of their own. */
  readonly random: Random;
  /** False: only what an attack emits is seen of them. */
  works: boolean;
  readonly onRoster: boolean;
  /** They never travel, move or visit anybody: people of stories, lest something else happens to them. */
  readonly isUneventful: boolean;
  /** What the people file says as the window ends, where that is not what it said before. */
  recorded?: City;
}

/** From the first day of work at or after an instant on. */
export interface InUse<T> {
  readonly from: EpochMs;
  readonly what: T;
}

/** Gives which of somebody's things they use at an instant. */
export function inUse<T>(things: readonly InUse<T>[], at: EpochMs): T {
  const now = things.findLast(({ from }) => from <= at) ?? things[0];
  if (now === undefined) throw new RangeError('nobody works with nothing');
  return now.what;
}
