/** Chances beyond those of `Random`. */
import { hash32 } from '../../core/hash.ts';
import { randomFrom, type Random } from '../random.ts';

/** Makes chances of their own for one thing of a world, which do not depend on how many others have been drawn. */
export function randomOf(seed: number, ...about: readonly (string | number)[]): Random {
  return randomFrom(hash32([seed, ...about].join('\n')));
}

/** Tells whether something happens that has a probability from 0 to 1. */
export function happens(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** Draws how often something happens that happens `mean` times on average (Poisson, by Knuth's product). */
export function times(random: Random, mean: number): number {
  // The product would underflow; so many are as good as normally distributed.
  if (mean > 200) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** Draws from the normal distribution of mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Draws a positive amount with a long tail: log-normal, of which half are below `median`. */
export function amount(random: Random, median: number, spread: number): number {
  return Math.round(median * Math.exp(spread * normal(random)));
}

/** Picks by weight. */
export function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  const last = choices.at(-1);
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last[0];
}

/** Picks one of a list that may be empty. */
export function oneOf<T>(random: Random, list: readonly T[]): T | undefined {
  return list[random.between(0, list.length - 1)];
}

/** Picks several, each once, in no order. */
export function severalOf<T>(random: Random, list: readonly T[], count: number): readonly T[] {
  const left = [...list];
  const picked: T[] = [];
  while (picked.length < count && left.length > 0) {
    picked.push(...left.splice(random.between(0, left.length - 1), 1));
  }
  return picked;
}
