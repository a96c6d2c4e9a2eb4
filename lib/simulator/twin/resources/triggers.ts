/** What calls functions by the clock or when something is put on a bus. */
import { RingerError } from '../../../core/errors.ts';
import { arnOf } from '../aws/place.ts';
import { readPattern } from '../event-pattern.ts';
import type { TargetInput } from '../target-input.ts';
import { generatedName, made, textIn, type Maker } from './maker.ts';

interface Target extends TargetInput {
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number };
}

/** A schedule of EventBridge Scheduler. */
export const makeSchedule: Maker = (making) => {
  const { plan, properties } = making;
  const name = textIn(properties, 'Name') ?? generatedName(making, 64);
  const arn = arnOf('scheduler', `schedule/${textIn(properties, 'GroupName') ?? 'default'}/${name}`);
  const zone = textIn(properties, 'ScheduleExpressionTimezone') ?? 'UTC';
  if (!['UTC', 'Etc/UTC'].includes(zone))
    throw new RingerError('INVARIANT', `${name}: the twin keeps UTC, not ${zone}`);
  const { Arn, Input, RoleArn = '' } = properties['Target'] as Target;
  if (properties['State'] !== 'DISABLED')
    plan.schedules.push({
      name,
      expression: String(properties['ScheduleExpression']),
      atOnce: true,
      functionArn: functionArn(Arn, name),
      input: Input === undefined ? {} : { Input },
      allowedBy: { role: RoleArn.slice(RoleArn.lastIndexOf('/') + 1) },
    });
  return made(name, { Arn: arn });
};

/** A rule of EventBridge: by the clock, by a pattern, or both. */
export const makeRule: Maker = (making) => {
  const { plan, properties } = making;
  const name = textIn(properties, 'Name') ?? generatedName(making, 64);
  const arn = arnOf('events', `rule/${name}`);
  const made_ = made(name, { Arn: arn });
  if (properties['State'] === 'DISABLED') return made_;
  const targets = ((properties['Targets'] ?? []) as readonly Target[]).map(({ Arn, ...input }) => ({
    functionArn: functionArn(Arn, name),
    input,
  }));
  const expression = textIn(properties, 'ScheduleExpression');
  if (expression !== undefined)
    for (const target of targets)
      plan.schedules.push({ name, expression, atOnce: false, ...target, allowedBy: { rule: arn } });
  if (properties['EventPattern'] !== undefined) {
    const bus = textIn(properties, 'EventBusName') ?? 'default';
    plan.rules.push({
      name,
      arn,
      bus: bus.slice(bus.lastIndexOf('/') + 1),
      pattern: readPattern(properties['EventPattern']),
      targets,
    });
  }
  return made_;
};

/** What lets a service call a function. */
export const makePermission: Maker = ({ plan, id, properties }) => {
  const named = String(properties['FunctionName']);
  plan.permissions.push({
    functionName: named.slice(named.lastIndexOf(':') + 1),
    service: String(properties['Principal']),
    sourceArn: textIn(properties, 'SourceArn'),
  });
  return made(id);
};

function functionArn(arn: string, by: string): string {
  if (arn.includes(':lambda:')) return arn;
  throw new RingerError('INVARIANT', `${by}: the twin can call functions, not ${arn}`);
}
