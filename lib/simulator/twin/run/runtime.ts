/** Runs what is deployed: takes the next thing that is due, sets the clock to it, and goes on when all is quiet again. */
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EpochMs } from '../../../core/time.ts';
import { RingerError } from '../../../core/errors.ts';
import type { TwinAws } from '../aws/index.ts';
import { TWIN_REGION } from '../aws/place.ts';
import { pollerOf } from '../callers.ts';
import { inputOf } from '../target-input.ts';
import type { Plan, SchedulePlan } from '../templates/plan.ts';
import { Activity } from './activity.ts';
import { AsyncCalls } from './async-calls.ts';
import { BusRules } from './bus-rules.ts';
import { FunctionPool, type PoolOptions } from './function-pool.ts';
import type { Outcome } from './instance.ts';
import type { Mischief } from './mischief.ts';
import { QueueMapping } from './queue-mapping.ts';
import { readTurns } from './schedule-times.ts';
import { StreamMapping } from './stream-mapping.ts';
import { Timeline } from './timeline.ts';

/** How often new work may follow from work before time goes on. */
const MOST_ROUNDS = 10_000;

export interface RuntimeOptions extends Omit<PoolOptions, 'timeline' | 'activity'> {
  readonly aws: TwinAws;
  readonly mischief: Mischief;
  /** Called whenever all is quiet, before time goes on. */
  readonly onQuiet: () => Promise<void>;
}

export class Runtime {
  readonly #timeline = new Timeline();
  readonly #activity = new Activity();
  readonly #options: RuntimeOptions;
  readonly #pools: ReadonlyMap<string, FunctionPool>;
  readonly #sources: readonly { readonly poll: () => Promise<boolean> }[];
  readonly #calls: AsyncCalls;
  #isStopped = false;

  constructor(plan: Plan, options: RuntimeOptions) {
    this.#options = options;
    const { aws, clock } = options;
    const shared = { ...options, timeline: this.#timeline, activity: this.#activity };
    this.#pools = new Map(
      [...plan.functions.values()].map((each) => [each.name, new FunctionPool(each, shared)]),
    );
    this.#calls = new AsyncCalls(this.#pools, plan.async, shared);
    const urlOf = (arn: string): string => plan.queueUrls.get(arn) ?? arn;
    this.#sources = [
      ...plan.queueMappings.map((each) => {
        const { functionName, queueArn } = each;
        const [pool, sqs] = [this.#pool(functionName), this.#sqs(functionName)];
        return new QueueMapping(each, { ...shared, pool, sqs, queueUrl: urlOf(queueArn) });
      }),
      ...plan.streamMappings.map((each) => {
        const { functionName, failureQueueArn: arn } = each;
        const [pool, sqs] = [this.#pool(functionName), this.#sqs(functionName)];
        const failureQueueUrl = arn === undefined ? undefined : urlOf(arn);
        return new StreamMapping(each, { ...shared, pool, sqs, failureQueueUrl });
      }),
      ...(plan.rules.length === 0 ? [] : [new BusRules(plan.rules, aws, this.#calls)]),
    ];
    for (const schedule of plan.schedules) this.#begin(schedule, clock.now());
    aws.onKill(({ caller, run, action, when }) =>
      this.#pools.get(caller)?.kill(Number(run), `killed ${when} ${action}`),
    );
  }

  /** Lets everything happen that happens until then, and sets the clock to it. */
  async runUntil(end: EpochMs): Promise<void> {
    await this.#settle();
    for (;;) {
      const next = this.#timeline.nextTime;
      if (next === undefined || next > end) break;
      await this.#goTo(next);
    }
    await this.#setClock(Math.max(end, this.#options.clock.now()));
  }

  /** Invokes a function and waits for it, while time goes on if it has to. */
  async invoke(functionName: string, event: unknown): Promise<Outcome> {
    const pool = this.#pool(functionName);
    let outcome: Outcome | undefined;
    this.#activity.begin(async () => {
      outcome = await pool.invoke(event, 'caller');
    });
    for (;;) {
      await this.#settle();
      if (outcome !== undefined) return outcome;
      const next = this.#timeline.nextTime;
      if (next === undefined) throw new RingerError('INVARIANT', `${functionName} waits for nothing`);
      await this.#goTo(next);
    }
  }

  /** Does something regularly by the twin's clock, beside what is deployed. */
  every(ms: number, work: () => Promise<unknown>): void {
    this.#timeline.at(this.#options.clock.now() + ms, () => {
      this.#activity.begin(work);
      this.every(ms, work);
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all([...this.#pools.values()].map((pool) => pool.stop()));
  }

  async #goTo(time: EpochMs): Promise<void> {
    await this.#setClock(Math.max(time, this.#options.clock.now()));
    this.#timeline.happen(time);
    await this.#settle();
  }

  async #settle(): Promise<void> {
    let polled: readonly boolean[] = [true];
    for (let round = 0; polled.includes(true); round++) {
      if (this.#isStopped) throw new RingerError('INVARIANT', 'the twin was stopped');
      if (round > MOST_ROUNDS) throw new RingerError('INVARIANT', 'something starts itself again and again');
      await this.#activity.idle();
      polled = await Promise.all(this.#sources.map((source) => source.poll()));
    }
    await this.#options.onQuiet();
  }

  async #setClock(time: EpochMs): Promise<void> {
    this.#options.clock.moveTo(time);
    await this.#options.aws.setNow(time);
  }

  #begin({ expression, atOnce, functionArn, input }: SchedulePlan, now: EpochMs): void {
    const turns = readTurns(expression, atOnce);
    const turn = (time: EpochMs): void => {
      this.#timeline.at(turns.after(time), () => turn(turns.after(time)));
      const event = { time: new Date(time).toISOString() };
      this.#calls.start(functionArn, inputOf(event, input), 'schedule');
    };
    const first = turns.first(now);
    this.#timeline.at(first, () => turn(first));
  }

  #pool(functionName: string): FunctionPool {
    const pool = this.#pools.get(functionName);
    if (pool === undefined) throw new RingerError('INVARIANT', `there is no function ${functionName}`);
    return pool;
  }

  #sqs(functionName: string): SQSClient {
    return new SQSClient({
      endpoint: this.#options.aws.endpoint,
      region: TWIN_REGION,
      credentials: { accessKeyId: pollerOf(functionName), secretAccessKey: 'twin' },
    });
  }
}
