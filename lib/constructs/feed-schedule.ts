/** The schedule of one feed of one connection: it calls the connection's collector and names the feed. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
  type ScheduleGroup,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { CfnElement } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { WatchedFunction } from './watched-function.ts';

export interface FeedScheduleProps {
  readonly group: ScheduleGroup;
  readonly role: Role;
  readonly collector: WatchedFunction;
  readonly feed: string;
  readonly description: string;
  readonly everyMinutes: number;
}

/** Adds the schedule. A turn that fails is not made up for: the next one reads on from the same place. */
export function addFeedSchedule(scope: Construct, id: string, props: FeedScheduleProps): Schedule {
  const schedule = new Schedule(scope, id, {
    scheduleGroup: props.group,
    description: props.description,
    schedule: ScheduleExpression.rate(Duration.minutes(props.everyMinutes)),
    target: new LambdaInvoke(props.collector.lambda, {
      role: props.role,
      input: ScheduleTargetInput.fromObject({ feed: props.feed }),
      retryAttempts: 0,
      maxEventAge: Duration.minutes(1),
    }),
  });
  // It names its group, and CloudFormation takes a name for no reference.
  schedule.node.addDependency(props.group);
  return schedule;
}

/** Makes the role that schedules call collectors with. */
export function schedulerRole(scope: Construct, id: string): Role {
  const { account } = Stack.of(scope);
  return new Role(scope, id, {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
}

/** Says why the role may call every version of a collector. */
export function acknowledgeVersions(role: Role, collector: WatchedFunction): void {
  const name = Stack.of(role).getLogicalId(collector.lambda.node.defaultChild as CfnElement);
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${name}.Arn>:*]`,
    reason: 'Versions of the one function that is scheduled.',
  });
}
