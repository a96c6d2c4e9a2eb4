/** In which order, how often and how late records come: vendors are careless in all of these. */
import { HOUR_MS, type EpochMs } from '../../lib/core/time.ts';
import type { Random } from '../../lib/simulator/random.ts';
import type { Delivered } from '../../lib/simulator/world/world.ts';

/**
 * - `as-delivered`: in the order in which the world's vendors let records be read
 * - `shuffled`: in any order
 * - `twice`: in that order, and then all of it again
 * - `late`: each by chance up to a day later
 * - `over-time`: as `late`, some twice, and evaluated every few hours with what has come by then, as a deployment does
 */
export type Delivery = 'as-delivered' | 'shuffled' | 'twice' | 'late' | 'over-time';

/** A record, when its vendor listed it, and when it comes to be evaluated. */
export interface Arrival {
  readonly delivered: Delivered;
  readonly arrivedAt: EpochMs;
}

/** By which most vendors' records have come: docs/architecture.md. */
const LATEST_HOURS = 24;
const TWICE_SHARE = 0.05;

/** Puts records in the order in which they come. What a record says, and when it was listed, stays as it is. */
export function arrivalsOf(
  records: readonly Delivered[],
  delivery: Delivery,
  random: Random,
): readonly Arrival[] {
  const arrivals = records.map((delivered) => ({ delivered, arrivedAt: delivered.deliveredAt }));
  switch (delivery) {
    case 'as-delivered':
      return inOrder(arrivals);
    case 'shuffled':
      return shuffled(arrivals, random);
    case 'twice':
      return [...inOrder(arrivals), ...inOrder(arrivals)];
    case 'late':
      return inOrder(arrivals.map((each) => late(each, random)));
    case 'over-time':
      return inOrder(
        [...arrivals, ...arrivals.filter(() => random.next() < TWICE_SHARE)].map((each) =>
          late(each, random),
        ),
      );
  }
}

/** A record that its vendor let go late already is not made later than a day after it happened. */
function late({ delivered, arrivedAt }: Arrival, random: Random): Arrival {
  const latest = Math.max(arrivedAt, delivered.at + LATEST_HOURS * HOUR_MS - 1);
  return { delivered, arrivedAt: arrivedAt + Math.floor(random.next() * (latest - arrivedAt)) };
}

function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  return [...arrivals].sort((a, b) => a.arrivedAt - b.arrivedAt);
}

function shuffled(arrivals: readonly Arrival[], random: Random): readonly Arrival[] {
  const order = [...arrivals];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.between(0, last);
    [order[last], order[other]] = [order[other] as Arrival, order[last] as Arrival];
  }
  return order;
}
