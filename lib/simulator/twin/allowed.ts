/** Refuses what AWS would refuse: a trigger without the right to call, a mapping whose function may not read its source. */
import { RingerError } from '../../core/errors.ts';
import { decide, type Decision } from './statements.ts';
import type { Plan } from './templates/plan.ts';

/** Says whether a function may do something, by its own role. */
export function decideFor(plan: Plan, functionName: string, action: string, resource: string): Decision {
  const { roleName = '' } = plan.functions.get(functionName) ?? {};
  return decide(plan.statements.get(roleName) ?? [], action, resource);
}

/** @throws INVARIANT naming who may not do what */
export function refuseForbidden(plan: Plan): void {
  for (const { functionName, queueArn } of plan.queueMappings) {
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])
      demand(plan, functionName, action, queueArn);
    demandKey(plan, functionName, queueArn);
  }
  for (const { functionName, streamArn, failureQueueArn } of plan.streamMappings) {
    for (const action of ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'])
      demand(plan, functionName, action, streamArn);
    demand(plan, functionName, 'dynamodb:ListStreams', '*');
    demandKey(plan, functionName, streamArn.replace(/\/stream\/.*$/, ''));
    if (failureQueueArn !== undefined) demand(plan, functionName, 'sqs:SendMessage', failureQueueArn);
  }
  for (const { name, functionArn, allowedBy } of plan.schedules) {
    if ('rule' in allowedBy) demandPermission(plan, functionArn, allowedBy.rule);
    else if (!decide(plan.statements.get(allowedBy.role) ?? [], 'lambda:InvokeFunction', functionArn).allowed)
      throw new RingerError('INVARIANT', `the role of the schedule ${name} may not call ${functionArn}`);
  }
  for (const { arn, targets } of plan.rules)
    for (const { functionArn } of targets) demandPermission(plan, functionArn, arn);
}

function demand(plan: Plan, functionName: string, action: string, resource: string): void {
  if (decideFor(plan, functionName, action, resource).allowed) return;
  throw new RingerError(
    'INVARIANT',
    `${functionName} may not ${action} on ${resource}, as its mapping has to`,
  );
}

function demandKey(plan: Plan, functionName: string, resource: string): void {
  const key = plan.keys.get(resource);
  if (key !== undefined) demand(plan, functionName, 'kms:Decrypt', key);
}

function demandPermission({ permissions }: Plan, functionArn: string, ruleArn: string): void {
  const allows = permissions.some(
    ({ functionName, service, sourceArn }) =>
      functionArn.endsWith(`:${functionName}`) &&
      service === 'events.amazonaws.com' &&
      (sourceArn === undefined || sourceArn === ruleArn),
  );
  if (!allows) throw new RingerError('INVARIANT', `${functionArn} lets no call of ${ruleArn} in`);
}
