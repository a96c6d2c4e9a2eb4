/** What the templates ask for, beside what is kept in AWS: functions, and what calls them. */
import type { EventPattern } from '../event-pattern.ts';
import type { TargetInput } from '../target-input.ts';
import type { Statement } from '../statements.ts';

export interface FunctionPlan {
  /** As in its ARN: the logical name, unless the template names it. */
  readonly name: string;
  readonly arn: string;
  /** The module with the handler. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly logGroup: string;
  /** Folders with the contents of its layers. */
  readonly layers: readonly string[];
  readonly roleName: string;
}

/** What Lambda does with a failed invocation that nobody waited for. */
export interface AsyncPlan {
  readonly retryAttempts: number;
  readonly maxAgeMs: number;
}

/** An event-source mapping of a queue. */
export interface QueueMappingPlan {
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly mostAtATime: number;
  readonly reportsFailures: boolean;
}

/** An event-source mapping of a table's stream. */
export interface StreamMappingPlan {
  readonly functionName: string;
  readonly streamArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly reportsFailures: boolean;
  readonly bisects: boolean;
  /** `Infinity`: until the records expire. */
  readonly retryAttempts: number;
  readonly maxAgeMs: number;
  readonly filters: readonly EventPattern[];
  /** The queue that hears of what was given up. */
  readonly failureQueueArn: string | undefined;
}

/** A schedule: of EventBridge Scheduler, or a rule's. */
export interface SchedulePlan {
  readonly name: string;
  readonly expression: string;
  /** Whether the first turn comes at once: a rate of Scheduler counts from then, a rule's waits for it. */
  readonly atOnce: boolean;
  readonly functionArn: string;
  readonly input: TargetInput;
  /** What has to let it: a role of its own, or a permission of the function for the rule with this ARN. */
  readonly allowedBy: { readonly role: string } | { readonly rule: string };
}

/** A rule on a bus. */
export interface RulePlan {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern: EventPattern;
  readonly targets: readonly { readonly functionArn: string; readonly input: TargetInput }[];
}

/** What lets a service call a function. */
export interface PermissionPlan {
  readonly functionName: string;
  readonly service: string;
  /** Absent: whatever of the service calls. */
  readonly sourceArn: string | undefined;
}

export interface Plan {
  readonly functions: Map<string, FunctionPlan>;
  readonly async: Map<string, AsyncPlan>;
  readonly queueMappings: QueueMappingPlan[];
  readonly streamMappings: StreamMappingPlan[];
  readonly schedules: SchedulePlan[];
  readonly rules: RulePlan[];
  readonly permissions: PermissionPlan[];
  /** By name of the role. */
  readonly statements: Map<string, readonly Statement[]>;
  /** By ARN of the policy. */
  readonly managedPolicies: Map<string, readonly Statement[]>;
  /** ARN of the key by that of what is encrypted with it. */
  readonly keys: Map<string, string>;
  /** URL of a queue by its ARN. */
  readonly queueUrls: Map<string, string>;
  /** Names. */
  readonly secrets: string[];
}

export function emptyPlan(): Plan {
  return {
    functions: new Map(),
    async: new Map(),
    queueMappings: [],
    streamMappings: [],
    schedules: [],
    rules: [],
    permissions: [],
    statements: new Map(),
    managedPolicies: new Map(),
    keys: new Map(),
    queueUrls: new Map(),
    secrets: [],
  };
}
