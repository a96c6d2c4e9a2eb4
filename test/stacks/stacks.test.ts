import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com, credentials: secret:ringer/main }
  - { name: acquired, type: okta, orgUrl: https://example-2.okta.com, feeds: [system-log], every: 15 minutes }
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: high }
    - { type: webhook, url: https://alerts.example.com/ringer, minimumSeverity: low }
`;

let state: Template;
let pipeline: Template;

beforeAll(() => {
  ({ state, pipeline } = templatesOf(YAML));
}, 30_000);

describe('the state stack', () => {
  it('keeps the tables when the stack goes, and lets nobody delete them', () => {
    state.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({ DeletionProtectionEnabled: true }),
    });
  });

  it('streams every change of an alert, before and after', () => {
    state.hasResourceProperties('AWS::DynamoDB::Table', {
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  it('forgets what the ledger no longer needs', () => {
    state.hasResourceProperties('AWS::DynamoDB::Table', {
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('encrypts with a key of its own that rotates', () => {
    state.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    state.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
    });
  });

  it('refers to no later stack', () => {
    expect(JSON.stringify(state.toJSON())).not.toContain('ImportValue');
  });
});

describe('the pipeline stack', () => {
  it('has one schedule for each feed, which names it', () => {
    const schedules = Object.values(pipeline.findResources('AWS::Scheduler::Schedule'));
    const properties = schedules.map(
      ({ Properties }) => Properties as { ScheduleExpression: string; Target: { Input: string } },
    );
    expect(properties.map(({ Target, ScheduleExpression }) => [Target.Input, ScheduleExpression])).toEqual([
      ['{"feed":"system-log"}', 'rate(1 minute)'],
      ['{"feed":"system-log"}', 'rate(15 minutes)'],
    ]);
  });

  it('gives every function the same runtime and architecture', () => {
    pipeline.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
  });

  it('has a collector for each connection that knows its organization', () => {
    for (const orgUrl of ['https://example.okta.com', 'https://example-2.okta.com']) {
      pipeline.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: Match.objectLike({ RINGER_ORG_URL: orgUrl }) },
      });
    }
  });

  it('makes secrets without a value', () => {
    const secrets = Object.values(pipeline.findResources('AWS::SecretsManager::Secret'));
    const properties = secrets.map(({ Properties }) => Properties as Record<string, unknown>);
    expect(properties.map(({ Name }) => Name)).toEqual(['ringer/main', 'ringer/acquired']);
    for (const each of properties) expect(Object.keys(each)).not.toContain('GenerateSecretString');
  });

  it('lets nobody use a queue without encryption on the way', () => {
    pipeline.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('sets a message aside after five tries', () => {
    pipeline.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 5 } });
  });

  it('gives back single messages, not batches', () => {
    pipeline.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('wakes notify for alerts only', () => {
    pipeline.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT', 'MODIFY'],
              dynamodb: { Keys: { sk: { S: ['alert'] } } },
            }),
          },
        ],
      },
    });
  });

  it('sends each channel its minimum severity and what is worse', () => {
    pipeline.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      FilterPolicy: { severity: ['high', 'critical'] },
    });
  });

  it('notifies from the least severity that any channel wants', () => {
    pipeline.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ RINGER_NOTIFY_FROM: 'low' }) },
    });
  });

  it('lets a collector write cursors and nothing else of the tables', () => {
    const policies = Object.entries(pipeline.findResources('AWS::IAM::Policy'));
    const collectors = policies.filter(([id]) => id.startsWith('Collect'));
    expect(collectors).toHaveLength(2);
    for (const [, policy] of collectors) {
      expect(JSON.stringify(policy).match(/dynamodb:\w+/g)).toEqual(['dynamodb:UpdateItem']);
    }
  });

  it('needs no network of its own', () => {
    pipeline.allResourcesProperties('AWS::Lambda::Function', {
      VpcConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  it('says where an Okta connection without a URL goes wrong', () => {
    expect(() => appOf('sources: [{ name: main, type: okta }]')).toThrow('sources: main has no orgUrl');
  });
});

describe('the checks', () => {
  it('find nothing that is not explained', () => {
    const { app } = appOf(YAML);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  }, 60_000);

  it('are run on what cdk deploys', () => {
    expect(readFileSync('bin/app.ts', 'utf8')).toContain('AwsSolutionsChecks');
  });
});
