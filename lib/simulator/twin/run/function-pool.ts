/** A function and its warm instances: starts them as they are needed, and never more than it may have. */
import { randomUUID } from 'node:crypto';
import { RingerError } from '../../../core/errors.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { TwinClock } from '../clock.ts';
import type { FunctionPlan } from '../templates/plan.ts';
import type { Activity } from './activity.ts';
import { Instance, type Outcome } from './instance.ts';
import { lineReader, parseEntry, type LogLine } from './log-lines.ts';
import { Rest } from './rest.ts';
import type { Timeline } from './timeline.ts';

/** What started an invocation. */
export type Trigger = 'schedule' | 'rule' | 'queue' | 'stream' | 'caller';

export interface Invocation {
  readonly functionName: string;
  readonly instance: number;
  readonly trigger: Trigger;
  readonly event: unknown;
  readonly startTime: EpochMs;
  readonly endTime: EpochMs;
  readonly outcome: Outcome;
}

export interface PoolOptions {
  readonly clock: TwinClock;
  readonly timeline: Timeline;
  readonly activity: Activity;
  readonly mostInstances: number;
  /** A handler that neither ends nor waits by the twin's clock for so long, in real time, is taken to hang. */
  readonly patienceMs: number;
  /** Variables of one instance, beside those of the template. */
  readonly environmentOf: (plan: FunctionPlan, instance: number) => Readonly<Record<string, string>>;
  readonly onLog: (line: LogLine) => void;
  readonly onInvocation: (invocation: Invocation) => void;
}

const STOPPED = { ok: false, type: 'Killed', message: 'the twin was stopped' } as const;

export class FunctionPool {
  readonly plan: FunctionPlan;
  readonly #options: PoolOptions;
  readonly #instances = new Map<number, Instance>();
  readonly #idle: number[] = [];
  readonly #waiting: ((number: number) => void)[] = [];
  #started = 0;
  #isStopped = false;

  constructor(plan: FunctionPlan, options: PoolOptions) {
    this.plan = plan;
    this.#options = options;
  }

  /** Invokes the function, at once or when an instance is free. Never rejects. The caller counts as being at work. */
  async invoke(event: unknown, trigger: Trigger): Promise<Outcome> {
    const { clock, onInvocation } = this.#options;
    if (this.#isStopped) return STOPPED;
    const number = await this.#take();
    const startTime = clock.now();
    const outcome = await this.#run(number, event);
    this.#giveBack(number);
    const { name: functionName } = this.plan;
    onInvocation({
      functionName,
      instance: number,
      trigger,
      event,
      startTime,
      endTime: clock.now(),
      outcome,
    });
    return outcome;
  }

  /** Ends an instance in the middle of what it does. */
  kill(number: number, message: string): void {
    void this.#instances.get(number)?.end('Killed', message);
  }

  /** Ends all instances. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const { type, message } = STOPPED;
    await Promise.all([...this.#instances.values()].map((each) => each.end(type, message)));
  }

  async #run(number: number, event: unknown): Promise<Outcome> {
    const { clock, timeline, activity, patienceMs } = this.#options;
    const { timeoutMs } = this.plan;
    const instance = this.#instance(number);
    const deadline = clock.now() + timeoutMs;
    const rest = new Rest(activity, timeline, patienceMs);
    const cancelTimeout = timeline.at(deadline, () => {
      void instance.end('TimedOut', `no answer after ${timeoutMs} ms`);
    });
    const outcome = await instance.invoke(randomUUID(), event, deadline, (ms, wake) =>
      rest.until(clock.now() + ms, wake),
    );
    cancelTimeout();
    rest.over();
    return outcome;
  }

  /** Gives the number of an instance that nobody else uses meanwhile. */
  async #take(): Promise<number> {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!this.#instance(idle).isLost) return idle;
      this.#instances.delete(idle);
    }
    if (this.#instances.size < this.#options.mostInstances) {
      const number = ++this.#started;
      this.#start(number);
      return number;
    }
    // All may be waiting for time to pass, which it would not while this counts as being at work.
    const { activity } = this.#options;
    activity.release();
    return new Promise((resolve) =>
      this.#waiting.push((number) => {
        activity.hold();
        resolve(number);
      }),
    );
  }

  #giveBack(number: number): void {
    let free = number;
    if (this.#instance(number).isLost) {
      this.#instances.delete(number);
      if (this.#waiting.length === 0 || this.#isStopped) return;
      free = ++this.#started;
      this.#start(free);
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(free);
    else next(free);
  }

  #instance(number: number): Instance {
    const instance = this.#instances.get(number);
    if (instance === undefined)
      throw new RingerError('INVARIANT', `${this.plan.name} has no instance ${number}`);
    return instance;
  }

  #start(number: number): void {
    const { clock, environmentOf, onLog } = this.#options;
    const { name: functionName, arn: functionArn, path, memoryMb, logGroup } = this.plan;
    this.#instances.set(
      number,
      new Instance({
        setup: { path, clockMemory: clock.memory, functionName, functionArn, memoryMb, logGroup },
        environment: environmentOf(this.plan, number),
        onText: lineReader((text) =>
          onLog({ time: clock.now(), functionName, instance: number, text, entry: parseEntry(text) }),
        ),
      }),
    );
  }
}
