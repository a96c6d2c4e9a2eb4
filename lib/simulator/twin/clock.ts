/** The twin's time: one number that all its threads read, and that moves only when the twin moves it. */
import { RingerError } from '../../core/errors.ts';
import type { EpochMs } from '../../core/time.ts';

export class TwinClock {
  /** What the functions' threads read: milliseconds since 1970. */
  readonly memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
  readonly #time = new BigInt64Array(this.memory);

  constructor(now: EpochMs) {
    this.#time[0] = BigInt(now);
  }

  /** Gives the twin's time; fake vendors are handed this. */
  readonly now = (): EpochMs => Number(Atomics.load(this.#time, 0));

  /** @throws INVARIANT when time would go back */
  moveTo(time: EpochMs): void {
    const now = this.now();
    if (time < now) throw new RingerError('INVARIANT', `time cannot go back ${now - time} ms`);
    Atomics.store(this.#time, 0, BigInt(Math.ceil(time)));
  }
}
