/** What says how Ringer itself is: alarms, a dashboard, a budget; and the policies of those who only look. */
import { CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { operators } from '../config/channels.ts';
import type { deploymentNames } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import { addAlarms } from './alarms.ts';
import { addAuditAccess } from './audit-access.ts';
import { addBudget } from './budget.ts';
import { addDashboard } from './dashboard.ts';
import { addOperationsTopic } from './operations-topic.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import type { StateStack } from './state-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly names: ReturnType<typeof deploymentNames>;
  readonly config: RingerConfig;
  readonly state: StateStack;
  readonly pipeline: PipelineStack;
  /** The month's limit. */
  readonly budgetUsd: number;
  /** Where people read docs/runbook.md. */
  readonly runbook: string;
}

export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    const { names, config, state, pipeline, budgetUsd, runbook, ...rest } = props;
    super(scope, id, { description: 'Ringer: alarms, dashboard and who may look', ...rest });
    // An alarm must not keep the function it watches from going when its connection goes.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const topic = addOperationsTopic(this, operators(config.alerts), state.key);
    const alarms = addAlarms(this, { deployment: names.resources, pipeline, topic, runbook });
    addDashboard(this, { deployment: names.resources, pipeline, alarms });
    addBudget(this, { deployment: names.resources, limitUsd: budgetUsd, topic });
    addAuditAccess(this, state);
  }
}
