/** What is deployed: `npx cdk synth`, `npx cdk deploy --all`. Another ringer.yaml: `-c config=PATH`. */
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { RingerError } from '../lib/core/errors.ts';
import { addRinger } from '../lib/stacks/ringer.ts';

const app = new App();
try {
  addRinger(app, join(import.meta.dirname, '..'));
} catch (thrown) {
  if (!(thrown instanceof RingerError)) throw thrown;
  // Where in our code it was found says nothing to whoever wrote the file.
  process.stderr.write(`ringer: ${thrown.code}: ${thrown.message}\n`);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
