/** A clock that goes only when somebody sleeps. */
import type { Clock } from '../../lib/sources/transport.ts';

export class TestClock implements Clock {
  time: number;
  readonly slept: number[] = [];

  constructor(time: number) {
    this.time = time;
  }

  readonly now = (): number => this.time;

  readonly sleep = (ms: number): Promise<void> => {
    this.slept.push(ms);
    this.time += ms;
    return Promise.resolve();
  };
}
