/** What a month may cost. */
import type { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

export interface BudgetProps {
  readonly deployment: string;
  readonly limitUsd: number;
  readonly topic: ITopic;
}

/**
 * Adds the budget. It counts what bears Ringer's tag, which the account has to activate once for cost allocation: the
 * runbook says how.
 */
export function addBudget(scope: Stack, { deployment, limitUsd, topic }: BudgetProps): void {
  const warn = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: deployment,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: limitUsd, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:application$${deployment}`] },
    },
    notificationsWithSubscribers: [warn('ACTUAL', 80), warn('FORECASTED', 100)],
  });
}
