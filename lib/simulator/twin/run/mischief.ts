/** What AWS may do at any time and seldom does: deliver twice, and in another order. Repeatable by its seed. */
import type { Random } from '../../random.ts';

/** Shares between 0 and 1. */
export interface MischiefShares {
  /** Of queue messages that come again though they were done: their deletion got lost. */
  readonly messagesTwice: number;
  /** Of queue messages that are put back once when they first come, for up to a minute, so that others pass them. */
  readonly messagesHeldBack: number;
  /** Of stream batches that are given once more though they were done. */
  readonly recordsTwice: number;
}

export const NO_MISCHIEF: MischiefShares = { messagesTwice: 0, messagesHeldBack: 0, recordsTwice: 0 };

/** What a test of order and repetition asks for. */
export const MISCHIEF: MischiefShares = { messagesTwice: 0.05, messagesHeldBack: 0.1, recordsTwice: 0.02 };

export class Mischief {
  readonly #shares: MischiefShares;
  readonly #random: Random;

  constructor(shares: MischiefShares, random: Random) {
    this.#shares = shares;
    this.#random = random;
  }

  happens(what: keyof MischiefShares): boolean {
    const share = this.#shares[what];
    return share > 0 && this.#random.next() < share;
  }

  /** How long a message is held back. */
  holdSeconds(): number {
    return this.#random.between(1, 60);
  }

  /** Puts a list into another order, if order is played with. */
  shuffle<T>(list: readonly T[]): readonly T[] {
    if (this.#shares.messagesHeldBack === 0) return list;
    return list
      .map((value) => ({ value, at: this.#random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ value }) => value);
  }
}
