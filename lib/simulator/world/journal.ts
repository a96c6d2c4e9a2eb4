/** What happened, as it is noted before anything is delivered. */
import type { EpochMs } from '../../core/time.ts';
import type { RawRecord } from '../../sources/source.ts';
import { randomFrom, type Random } from '../random.ts';
import type { Delivered } from './world.ts';

/** Makes a record from chances of its own. */
export type MakeRecord = (random: Random) => RawRecord;

/**
 * A record that is made each time it is read, always the same: a world has a million, and most of each is said in a
 * line.
 */
export class Entry implements Delivered {
  readonly source: string;
  readonly at: EpochMs;
  deliveredAt: EpochMs;
  readonly #seed: number;
  readonly #make: MakeRecord;

  constructor(source: string, at: EpochMs, seed: number, make: MakeRecord) {
    this.source = source;
    this.at = at;
    this.deliveredAt = at;
    this.#seed = seed;
    this.#make = make;
  }

  get record(): RawRecord {
    return this.#make(randomFrom(this.#seed));
  }

  /** The same once more, to be delivered at another time. */
  copy(deliveredAt: EpochMs): Entry {
    const copy = new Entry(this.source, this.at, this.#seed, this.#make);
    copy.deliveredAt = deliveredAt;
    return copy;
  }
}

export class Journal {
  readonly entries: Entry[] = [];
  readonly #seed: number;
  readonly #start: EpochMs;
  readonly #end: EpochMs;

  /** What is noted from before `start` or from `end` on is left out. */
  constructor(seed: number, start: EpochMs, end: EpochMs) {
    this.#seed = seed;
    this.#start = start;
    this.#end = end;
  }

  note(source: string, at: EpochMs, make: MakeRecord): void {
    if (at < this.#start || at >= this.#end) return;
    // Odd factors lose nothing: no two entries have the same seed.
    const seed = (Math.imul(this.entries.length, 0x9e3779b1) ^ Math.imul(this.#seed, 0x85ebca6b)) >>> 0;
    this.entries.push(new Entry(source, at, seed, make));
  }
}
