/** What the parts of the pipeline stack are made from. */
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { deploymentNames } from '../config/names.ts';
import type { RingerConfig } from '../config/schema.ts';
import type { AlertChannels } from './channels.ts';
import type { StateStack } from './state-stack.ts';

export interface PipelineParts {
  /** The project's folder. */
  readonly root: string;
  readonly names: ReturnType<typeof deploymentNames>;
  readonly config: RingerConfig;
  readonly state: StateStack;
  /** From the collectors to detect. */
  readonly events: Queue;
  /** What nobody could use. */
  readonly deadLetters: Queue;
  readonly channels: AlertChannels;
}
