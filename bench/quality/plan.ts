/** Which worlds a run makes. */
import type { Attack } from '../../lib/simulator/world/attack.ts';
import type { Delivery } from './delivery.ts';
import { SEEDS, type SeedSet } from './seeds.ts';
import type { Trial } from './trial.ts';

export interface Size {
  readonly people: number;
  readonly days: number;
  /** Attacks played in one company: more would make attackers a crowd, and what they do common. */
  readonly attacksEach: number;
  /** How many companies play each attack. */
  readonly rounds: number;
  /** The same for companies in their first fortnight, and for companies without and with lists of those that lists tell. */
  readonly fortnightRounds: number;
  readonly listRounds: number;
  readonly deliveries: readonly Delivery[];
}

/** What attacks need to be played to their end. */
export const SHORTEST_DAYS = 28;

export const FULL: Size = {
  people: 400,
  days: 42,
  attacksEach: 12,
  rounds: 2,
  fortnightRounds: 1,
  listRounds: 1,
  deliveries: ['as-delivered', 'shuffled', 'twice', 'late', 'over-time'],
};

export const QUICK: Size = {
  people: 100,
  days: SHORTEST_DAYS,
  attacksEach: 24,
  rounds: 1,
  fortnightRounds: 0,
  listRounds: 0,
  deliveries: ['as-delivered', 'over-time'],
};

const FORTNIGHT_DAYS = 14;
/** What lists of VPN exits are for. */
const BY_NETWORK: ReadonlySet<string> = new Set(['high-risk-vpn', 'anonymized-sign-in', 'new-network']);
/** Evaluated over and over: a small company says as much. */
const DELIVERY = { people: 60, days: SHORTEST_DAYS };
const DELIVERED_ATTACKS = 30;

/** Gives the trials of a run, each with a seed of its own but those that differ in delivery or lists alone. */
export function trialsOf(size: Size, set: SeedSet, all: readonly Attack[]): readonly Trial[] {
  const attacks = all.map(({ name }) => name);
  const hidden = all.filter(({ expects }) => expects.some((each) => BY_NETWORK.has(each)));
  const seeds = SEEDS[set].values();
  const trial = (purpose: Trial['purpose'], played: readonly string[]): Trial => {
    const { value: seed } = seeds.next();
    if (seed === undefined) throw new RangeError(`there are ${SEEDS[set].length} seeds; this run needs more`);
    const { people, days } = size;
    return { purpose, seed, people, days, attacks: played, delivery: 'as-delivered', lists: 'none' };
  };
  const dealt = (rounds: number, of = attacks): readonly (readonly string[])[] =>
    Array.from({ length: rounds }, (_, round) => companies(of, round, size.attacksEach)).flat();

  const [some = []] = companies(attacks, 0, DELIVERED_ATTACKS);
  const delivered = { ...trial('delivery', some), ...DELIVERY };
  return [
    ...dealt(size.rounds).map((played) => trial('company', played)),
    ...dealt(size.fortnightRounds).map((played) => ({
      ...trial('fortnight', played),
      seenDays: FORTNIGHT_DAYS,
    })),
    ...dealt(
      size.listRounds,
      hidden.map(({ name }) => name),
    ).flatMap((played) => {
      const without = trial('lists', played);
      return [without, { ...without, lists: 'fresh' as const }];
    }),
    ...size.deliveries.map((delivery) => ({ ...delivered, delivery })),
  ];
}

/** Deals the attacks out to companies, in other company each round: each of them is played in one. */
function companies(
  attacks: readonly string[],
  round: number,
  attacksEach: number,
): readonly (readonly string[])[] {
  const count = Math.max(1, Math.ceil(attacks.length / attacksEach));
  const dealt = Array.from({ length: count }, (): string[] => []);
  for (const [index, attack] of attacks.entries()) {
    const turn = Math.floor(index / count);
    dealt[(index + turn * round) % count]?.push(attack);
  }
  return dealt;
}
