/**
 * The rests of one invocation: while it waits for time to pass, it keeps nobody from letting time pass. One that does not
 * answer and does not say that it waits is taken to hang after a while, and to rest for good.
 */
import type { EpochMs } from '../../../core/time.ts';
import type { Activity } from './activity.ts';
import type { Timeline } from './timeline.ts';

export class Rest {
  readonly #activity: Activity;
  readonly #timeline: Timeline;
  readonly #patienceMs: number;
  /** What would end each rest. */
  readonly #ends = new Set<() => void>();
  #hangs = false;
  #patience: NodeJS.Timeout | undefined;

  /** @param patienceMs - of real time */
  constructor(activity: Activity, timeline: Timeline, patienceMs: number) {
    this.#activity = activity;
    this.#timeline = timeline;
    this.#patienceMs = patienceMs;
    this.#watch();
  }

  /** Rests until then. Several rests at a time are those of a handler that does several things at once. */
  until(time: EpochMs, wake: () => void): void {
    const cancel = this.#timeline.at(time, () => {
      this.#ends.delete(cancel);
      if (!this.#isResting) this.#activity.hold();
      this.#watch();
      wake();
    });
    clearTimeout(this.#patience);
    if (!this.#isResting) this.#activity.release();
    this.#ends.add(cancel);
  }

  /** Ends all rests: the invocation is over, however it ended. */
  over(): void {
    clearTimeout(this.#patience);
    if (this.#isResting) this.#activity.hold();
    this.#hangs = false;
    for (const cancel of this.#ends) cancel();
    this.#ends.clear();
  }

  get #isResting(): boolean {
    return this.#hangs || this.#ends.size > 0;
  }

  #watch(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (!this.#isResting) this.#activity.release();
      this.#hangs = true;
    }, this.#patienceMs);
  }
}
