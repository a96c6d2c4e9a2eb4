/** What is deployed: `npx cdk synth`, `npx cdk deploy --all`. Another ringer.yaml: `-c config=PATH`. */
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { addRinger } from '../lib/stacks/ringer.ts';

const app = new App();
addRinger(app, join(import.meta.dirname, '..'));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
