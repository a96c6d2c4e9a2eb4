/** One person's day of work, while it is being filled. */
import { SECOND_MS, type EpochMs } from '../../../core/time.ts';
import type { Random } from '../../random.ts';
import type { Cause } from '../causes.ts';
import type { MakeRecord } from '../journal.ts';
import type { Laptop, Phone, Staff } from '../staff.ts';
import { inUse, type Worker } from '../worker.ts';
import { Connections } from './connections.ts';
import type { Day } from './itinerary.ts';
import type { Scene } from './scene.ts';

export class Shift {
  readonly worker: Worker;
  readonly who: Staff;
  readonly random: Random;
  readonly day: Day;
  readonly laptop: Laptop;
  readonly phone: Phone;
  readonly connections: Connections;
  readonly #scene: Scene;

  constructor(worker: Worker, day: Day, scene: Scene) {
    this.worker = worker;
    this.who = worker.staff;
    this.random = worker.random;
    this.day = day;
    this.laptop = inUse(worker.laptops, day.begin);
    this.phone = inUse(worker.phones, day.begin);
    this.connections = new Connections(worker, day, scene);
    this.#scene = scene;
  }

  /** Gives some instant of the day. */
  sometime(): EpochMs {
    return this.day.begin + Math.floor(this.random.next() * (this.day.end - this.day.begin));
  }

  /** Gives an instant soon before or after another. */
  near(at: EpochMs, leastSeconds: number, mostSeconds: number): EpochMs {
    return at + this.random.between(leastSeconds * SECOND_MS, mostSeconds * SECOND_MS);
  }

  note(source: string, at: EpochMs, make: MakeRecord): void {
    this.#scene.journal.note(source, at, make);
  }

  because(cause: Cause): void {
    this.#scene.causes.note(cause, this.who.address);
  }
}
