/**
 * Ringer's twin: what `cdk synth` gives, running on this machine.
 *
 * It reads the synthesised templates, makes their tables, queues, topics, buckets and secrets in an AWS of its own, and
 * runs the functions in threads as Lambda would, by schedules, rules, queues and streams. Nothing is wired by hand, so
 * that what is tried here is what is deployed. Its time is its own: it goes on when nothing is left to do.
 */
import type { EpochMs } from '../../core/time.ts';
import type { Table } from '../../stores/table.ts';
import type { OnAlert } from './alert-watcher.ts';
import type { TwinAws } from './aws/index.ts';
import type { TwinClock } from './clock.ts';
import type { Notification } from './notifications.ts';
import type { Invocation } from './run/function-pool.ts';
import type { Outcome } from './run/instance.ts';
import type { LogLine } from './run/log-lines.ts';
import type { MischiefShares } from './run/mischief.ts';
import type { Decision } from './statements.ts';
import type { FunctionPlan, Plan } from './templates/plan.ts';

export { deployTwin } from './deploy-twin.ts';
export { TwinClock } from './clock.ts';
export { functionOfCaller } from './callers.ts';
export { metricsIn } from './run/log-lines.ts';
export { MISCHIEF, NO_MISCHIEF } from './run/mischief.ts';
export type { FunctionPlan, Invocation, LogLine, MischiefShares, Notification, Outcome, Plan };

export interface TwinOptions {
  /** When it is deployed, and from then on the time of everything in it. Fake vendors are handed its `now`. */
  readonly clock: TwinClock;
  /**
   * A ringer.yaml, from which the project's own app is synthesised, as a deployment of that name; or an assembly that is
   * there already.
   */
  readonly deploy: { readonly config: string; readonly environment?: string } | { readonly assembly: string };
  /** The project's folder; this one's without it. */
  readonly root?: string;
  /** Where the functions' modules are; `functions` in the project's folder without it. */
  readonly functionsDirectory?: string;
  /** Values of secrets by name. A webhook of Slack without one leads to `notifications`. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of all that is left to chance. */
  readonly seed?: number;
  /** How often things are delivered twice or out of order; without it, now and then records of a stream twice. */
  readonly mischief?: MischiefShares;
  /** Of each function, warm or at work; 2 without it. */
  readonly mostInstances?: number;
  /** In real time: a handler that neither answers nor waits for so long is taken to hang; a minute without it. */
  readonly patienceMs?: number;
}

/** Who hears of what happens while time goes on. */
export interface Listeners {
  readonly onAlert?: OnAlert;
  readonly onLog?: (line: LogLine) => void;
  readonly onInvocation?: (invocation: Invocation) => void;
}

export interface Twin {
  readonly aws: TwinAws;
  readonly clock: TwinClock;
  readonly plan: Plan;
  /** Outputs of all stacks by name, as OUTPUT names them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** All so far, in the order they ended. */
  readonly invocations: readonly Invocation[];
  /** Lets everything happen that happens until then. Rejects only when the twin itself failed. */
  runUntil(time: EpochMs, listeners?: Listeners): Promise<void>;
  /** Invokes a function and waits for it; what follows from it has happened too. */
  invoke(functionName: string, event: unknown, listeners?: Listeners): Promise<Outcome>;
  /** Gives the functions made from a module of `functions/`; a collector's has one for each connection. */
  functionsOf(module: string): readonly FunctionPlan[];
  /** Says whether a function's role lets it do something. */
  decide(functionName: string, action: string, resource: string): Decision;
  /** What people got so far. */
  notifications(): Promise<readonly Notification[]>;
  /** Opens a table for whoever looks into the twin. */
  table(name: string): Table;
  stop(): Promise<void>;
}
