/** When vendors let records be read. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import type { Random } from '../random.ts';
import { happens } from './chance.ts';
import type { Entry } from './journal.ts';
import type { Delivered } from './world.ts';

/** Share of records that are read twice. */
const DUPLICATES = 0.01;
/** Share of records that are hours late, and of those that may be a whole day late. */
const HOURS_LATE = 0.03;
const DAY_LATE = 0.003;

/** Usual lateness, least and most, by source. */
const USUAL_MS: Readonly<Record<string, readonly [number, number]>> = {
  okta: [2_000, 2 * MINUTE_MS],
  entra: [2 * MINUTE_MS, 15 * MINUTE_MS],
  m365: [10 * MINUTE_MS, 90 * MINUTE_MS],
  google: [2 * MINUTE_MS, 20 * MINUTE_MS],
  aws: [3 * MINUTE_MS, 15 * MINUTE_MS],
};
const OTHERWISE_MS = [MINUTE_MS, HOUR_MS] as const;

/** Delivers everything: late, some of it twice, in the order of delivery. */
export function deliver(entries: readonly Entry[], random: Random): readonly Delivered[] {
  const delivered: Entry[] = [];
  for (const entry of entries) {
    entry.deliveredAt = entry.at + latenessOf(entry, random);
    delivered.push(entry);
    if (happens(random, DUPLICATES)) delivered.push(entry.copy(entry.at + latenessOf(entry, random)));
  }
  // The sort is stable, so that ties stay in the order of their making.
  return delivered.sort((a, b) => a.deliveredAt - b.deliveredAt);
}

function latenessOf({ source }: Entry, random: Random): number {
  const chance = random.next();
  const [least, most] =
    chance < DAY_LATE
      ? [HOUR_MS, DAY_MS]
      : chance < HOURS_LATE
        ? [HOUR_MS, 6 * HOUR_MS]
        : (USUAL_MS[source] ?? OTHERWISE_MS);
  return random.between(least, most);
}
