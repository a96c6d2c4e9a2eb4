/** A function's turns: it is called on schedules and told which of them it was. */
import { RuleTargetInput, Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { WatchedFunction } from './watched-function.ts';

/**
 * Adds a rule for each turn. A turn that fails is not made up for: the next one finds what was left.
 */
export function addTurns(
  of: WatchedFunction,
  turns: Readonly<Record<string, { readonly schedule: Schedule; readonly description: string }>>,
): void {
  for (const [turn, { schedule, description }] of Object.entries(turns)) {
    new Rule(of, `Every-${turn}`, {
      schedule,
      description,
      targets: [new LambdaFunction(of.lambda, { event: RuleTargetInput.fromObject({ turn }) })],
    });
  }
}
