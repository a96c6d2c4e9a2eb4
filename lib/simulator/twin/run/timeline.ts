/** What is going to happen and when, by the twin's clock. */
import type { EpochMs } from '../../../core/time.ts';

interface Entry {
  readonly time: EpochMs;
  readonly happen: () => void;
}

export class Timeline {
  /** In the order they happen; of the same time, in the order they were added. */
  readonly #entries: Entry[] = [];

  /**
   * Adds something.
   *
   * @returns takes it back, if it has not happened yet
   */
  at(time: EpochMs, happen: () => void): () => void {
    const entry = { time, happen };
    const after = this.#entries.findIndex((each) => each.time > time);
    this.#entries.splice(after < 0 ? this.#entries.length : after, 0, entry);
    return () => {
      const index = this.#entries.indexOf(entry);
      if (index >= 0) this.#entries.splice(index, 1);
    };
  }

  /** Says when the next thing happens; `undefined` when nothing ever does. */
  get nextTime(): EpochMs | undefined {
    return this.#entries[0]?.time;
  }

  /** Lets everything happen that is due, also what is added meanwhile. */
  happen(now: EpochMs): void {
    while ((this.nextTime ?? Infinity) <= now) this.#entries.shift()?.happen();
  }
}
