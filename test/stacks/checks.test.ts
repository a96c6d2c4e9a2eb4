/** What `cdk synth` checks, with everything that can be configured. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks } from 'cdk-nag';
import { memberRoleTemplate } from '../../lib/config/member-role.ts';
import { organizationTrailTemplate } from '../../lib/config/organization-trail.ts';
import { appOf } from '../support/stacks.ts';

it('find nothing in the stacks that is not explained', () => {
  const { app } = appOf(undefined);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  expect(() => app.synth()).not.toThrow();
}, 60_000);

it('are run on what cdk deploys, as errors', () => {
  expect(readFileSync('bin/app.ts', 'utf8')).toContain('AwsSolutionsChecks');
  expect(readFileSync('cdk.json', 'utf8')).toContain('"@aws-cdk/core:validateAgainstDefaultRules": true');
});

it.each([
  [
    'the role of a member account',
    memberRoleTemplate({ roleName: 'RingerReader', externalId: 'example-id' }),
  ],
  ['the wiring of a trail', organizationTrailTemplate({ bucketName: 'example-trail' })],
])(
  'CloudFormation takes the template of %s',
  (_, text) => {
    const templateFile = join(mkdtempSync(join(tmpdir(), 'ringer-test-')), 'template.json');
    writeFileSync(templateFile, text);
    const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    new CfnInclude(new Stack(app, 'Others'), 'Template', { templateFile });
    expect(() => app.synth()).not.toThrow();
  },
  60_000,
);
