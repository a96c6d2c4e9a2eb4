/** Makes what templates ask for, each resource after those it refers to. */
import { RingerError } from '../../../core/errors.ts';
import type { TwinAws } from '../aws/index.ts';
import { makeFunction, makeInvokeConfig, makeLayer } from '../resources/functions.ts';
import {
  makeBucket,
  makeQueue,
  makeSecret,
  makeSubscription,
  makeTable,
  makeTopic,
} from '../resources/kept.ts';
import type { Made, Maker } from '../resources/maker.ts';
import { makeMapping } from '../resources/mappings.ts';
import { PASSED_OVER, passOver } from '../resources/passed-over.ts';
import { makeManagedPolicy, makePolicy, makeRole } from '../resources/roles.ts';
import { makePermission, makeRule, makeSchedule } from '../resources/triggers.ts';
import type { Stack } from './assembly.ts';
import { resolveValue, type Scope } from './intrinsics.ts';
import { emptyPlan, type Plan } from './plan.ts';

const MAKERS: Readonly<Record<string, Maker>> = {
  'AWS::DynamoDB::Table': makeTable,
  'AWS::Events::Rule': makeRule,
  'AWS::IAM::ManagedPolicy': makeManagedPolicy,
  'AWS::IAM::Policy': makePolicy,
  'AWS::IAM::Role': makeRole,
  'AWS::Lambda::EventInvokeConfig': makeInvokeConfig,
  'AWS::Lambda::EventSourceMapping': makeMapping,
  'AWS::Lambda::Function': makeFunction,
  'AWS::Lambda::LayerVersion': makeLayer,
  'AWS::Lambda::Permission': makePermission,
  'AWS::S3::Bucket': makeBucket,
  'AWS::SNS::Subscription': makeSubscription,
  'AWS::SNS::Topic': makeTopic,
  'AWS::SQS::Queue': makeQueue,
  'AWS::Scheduler::Schedule': makeSchedule,
  'AWS::SecretsManager::Secret': makeSecret,
};

export interface Deployed {
  readonly plan: Plan;
  /** By name of the stack, then of the output. */
  readonly outputs: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * Deploys stacks into the twin's AWS, and tells CloudFormation of their outputs.
 *
 * @throws INVARIANT naming what the twin does not know and may not pass over
 */
export async function deployStacks(
  stacks: readonly Stack[],
  aws: TwinAws,
  functionsDirectory: string,
): Promise<Deployed> {
  const plan = emptyPlan();
  const begun = new Map<string, Promise<Made>>();
  const outputs = new Map<string, Readonly<Record<string, string>>>();
  const exports = new Map(stacks.flatMap(exportsOf));
  for (const stack of stacks) {
    for (const id of Object.keys(stack.template.Resources ?? {})) await resourceOf(stack, id);
  }
  for (const stack of stacks) {
    const values: Record<string, string> = {};
    for (const [name, { Value }] of Object.entries(stack.template.Outputs ?? {}))
      values[name] = String(await resolveValue(Value, scopeOf(stack)));
    outputs.set(stack.name, values);
    await aws.setStackOutputs(stack.name, values);
  }
  return { plan, outputs };

  function resourceOf(stack: Stack, id: string): Promise<Made> {
    const key = `${stack.name}/${id}`;
    const before = begun.get(key);
    if (before !== undefined) return before;
    const making = make(stack, id);
    begun.set(key, making);
    return making;
  }

  async function make(stack: Stack, id: string): Promise<Made> {
    const resource = stack.template.Resources?.[id];
    if (resource === undefined) throw new RingerError('INVARIANT', `${stack.name} has no ${id}`);
    const { Type: type, Properties = {}, Metadata: metadata = {} } = resource;
    const maker = PASSED_OVER.has(type) ? passOver : MAKERS[type];
    if (maker === undefined)
      throw new RingerError('INVARIANT', `${stack.name}: the twin does not know ${type} (${id})`);
    const properties = (await resolveValue(Properties, scopeOf(stack))) as Record<string, unknown>;
    return maker({ aws, plan, stack, id, type, properties, metadata, functionsDirectory });
  }

  function scopeOf(stack: Stack): Scope {
    return {
      stackName: stack.name,
      async ref(id) {
        const parameter = stack.template.Parameters?.[id];
        return parameter === undefined ? (await resourceOf(stack, id)).ref : parameter.Default;
      },
      async attribute(id, name) {
        const value = (await resourceOf(stack, id)).attribute(name);
        if (value !== undefined) return value;
        throw new RingerError('INVARIANT', `${stack.name}: the twin does not know ${id}.${name}`);
      },
      async imported(name) {
        const exported = exports.get(name);
        if (exported === undefined) throw new RingerError('INVARIANT', `no stack exports ${name}`);
        return resolveValue(exported.value, scopeOf(exported.stack));
      },
      async output(stackName, name) {
        const other = stacks.find((each) => each.name === stackName);
        const given = other?.template.Outputs?.[name];
        if (other === undefined || given === undefined)
          throw new RingerError('INVARIANT', `no stack ${stackName} gives out ${name}`);
        return resolveValue(given.Value, scopeOf(other));
      },
    };
  }
}

/** Names of exports are written out by CDK. */
function exportsOf(stack: Stack): readonly [string, { stack: Stack; value: unknown }][] {
  return Object.values(stack.template.Outputs ?? {}).flatMap(({ Value: value, Export }) =>
    Export === undefined ? [] : [[String(Export.Name), { stack, value }]],
  );
}
