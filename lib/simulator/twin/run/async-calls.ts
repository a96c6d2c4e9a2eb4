/** Invocations that nobody waits for: a failed one is tried again as the function's configuration says. */
import { RingerError } from '../../../core/errors.ts';
import { MINUTE_MS, type EpochMs } from '../../../core/time.ts';
import type { TwinClock } from '../clock.ts';
import type { AsyncPlan } from '../templates/plan.ts';
import type { Activity } from './activity.ts';
import type { FunctionPool, Trigger } from './function-pool.ts';
import type { Timeline } from './timeline.ts';

/** Lambda's own, for a function without a configuration. */
const BY_DEFAULT: AsyncPlan = { retryAttempts: 2, maxAgeMs: 6 * 60 * MINUTE_MS };

export class AsyncCalls {
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #plans: ReadonlyMap<string, AsyncPlan>;
  readonly #clock: TwinClock;
  readonly #timeline: Timeline;
  readonly #activity: Activity;

  constructor(
    pools: ReadonlyMap<string, FunctionPool>,
    plans: ReadonlyMap<string, AsyncPlan>,
    time: { readonly clock: TwinClock; readonly timeline: Timeline; readonly activity: Activity },
  ) {
    this.#pools = pools;
    this.#plans = plans;
    this.#clock = time.clock;
    this.#timeline = time.timeline;
    this.#activity = time.activity;
  }

  /** Invokes a function without waiting for it. */
  start(functionArn: string, event: unknown, trigger: Trigger): void {
    const name = functionArn.slice(functionArn.lastIndexOf(':') + 1);
    const pool = this.#pools.get(name);
    if (pool === undefined) throw new RingerError('INVARIANT', `there is no function ${name}`);
    this.#attempt(pool, event, trigger, this.#clock.now(), 0);
  }

  #attempt(pool: FunctionPool, event: unknown, trigger: Trigger, since: EpochMs, failures: number): void {
    const { retryAttempts, maxAgeMs } = this.#plans.get(pool.plan.name) ?? BY_DEFAULT;
    this.#activity.begin(async () => {
      const { ok } = await pool.invoke(event, trigger);
      // Lambda waits a minute before it tries again, and two before it does so once more.
      const again = this.#clock.now() + (failures + 1) * MINUTE_MS;
      if (ok || failures >= retryAttempts || again - since > maxAgeMs) return;
      this.#timeline.at(again, () => this.#attempt(pool, event, trigger, since, failures + 1));
    });
  }
}
