/** Lets everything in a function's thread that asks for the time, or waits, go by the twin's clock. */
import timers from 'node:timers/promises';

/**
 * Replaces this thread's clock.
 *
 * What waits through `node:timers/promises`, as `systemClock` does, waits by the twin's clock. Bare `setTimeout` stays
 * real: the SDK guards its sockets with it.
 *
 * @param memory - where the twin keeps its time
 * @param sleep - resolves when that much of the twin's time has passed
 */
export function keepTwinTime(memory: SharedArrayBuffer, sleep: (ms: number) => Promise<void>): void {
  const time = new BigInt64Array(memory);
  const now = (): number => Number(Atomics.load(time, 0));
  const RealDate = Date;
  RealDate.now = now;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made) as Date,
    apply: () => new RealDate(now()).toString(),
  });
  const twinTimers: Pick<typeof timers, 'setTimeout'> = {
    async setTimeout<T>(ms = 0, value?: T): Promise<T> {
      await sleep(ms);
      return value as T;
    },
  };
  Object.assign(timers, twinTimers);
}
