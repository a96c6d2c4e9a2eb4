import { Match, type Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, resourcesOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com, credentials: secret:ringer/main }
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: high }
    - { type: webhook, url: https://alerts.example.com/ringer, minimumSeverity: low }
`;

let pipeline: Template;
beforeAll(() => {
  ({ pipeline } = templatesOf(YAML));
}, 30_000);

describe('every function', () => {
  it('has the same runtime and architecture, and needs no network of its own', () => {
    pipeline.allResourcesProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      VpcConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
    });
  });

  it('names its file, and its deployment as the one dimension of its metrics', () => {
    const functions = [...resourcesOf(pipeline, 'AWS::Lambda::Function').values()];
    expect(functions.map(({ Metadata }) => Metadata?.['ringer:file']).sort()).toEqual([
      'collect-okta',
      'detect',
      'evidence',
      'notify',
      'sweep',
      'tick',
      'watch',
    ]);
    pipeline.allResourcesProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          POWERTOOLS_METRICS_NAMESPACE: 'Ringer',
          POWERTOOLS_SERVICE_NAME: 'ringer',
        }),
      },
    });
  });
});

it('lets Lambda know that detect sends to its own queue, so that it stops no conclusion', () => {
  const rounds = [...resourcesOf(pipeline, 'AWS::Lambda::Function')].map(
    ([id, { Properties }]) => [id.replace(/Function.*/, ''), Properties['RecursiveLoop']] as const,
  );
  expect(rounds.filter(([, loop]) => loop !== undefined)).toEqual([['Detect', 'Allow']]);
});

describe('the queues', () => {
  it('refuse what comes without encryption on the way', () => {
    pipeline.allResourcesProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('set a message aside after five tries', () => {
    pipeline.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 5 } });
  });

  it('give back single messages, not batches', () => {
    pipeline.allResourcesProperties('AWS::Lambda::EventSourceMapping', {
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

it('wakes notify and evidence for alerts and canaries only; evidence until it has kept the change', () => {
  const news = { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['alert', 'canary'] } } } };
  const mappings = propertiesOf(pipeline, 'AWS::Lambda::EventSourceMapping').filter(
    ({ FilterCriteria }) => FilterCriteria !== undefined,
  );
  const pattern = JSON.stringify(news);
  expect(mappings).toEqual([
    expect.objectContaining({ FilterCriteria: { Filters: [{ Pattern: pattern }] }, MaximumRetryAttempts: 3 }),
    expect.objectContaining({ FilterCriteria: { Filters: [{ Pattern: pattern }] } }),
  ]);
  expect(mappings[1]).not.toHaveProperty('MaximumRetryAttempts');
});

it('calls what has turns, and tells it which turn it is', () => {
  const rules = propertiesOf<{ ScheduleExpression?: string; Targets: { Input?: string }[] }>(
    pipeline,
    'AWS::Events::Rule',
  );
  const turns = rules.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined);
  expect(turns.map(({ ScheduleExpression, Targets }) => [Targets[0]?.Input, ScheduleExpression])).toEqual(
    expect.arrayContaining([
      ['{"turn":"tick"}', 'rate(5 minutes)'],
      ['{"turn":"hour"}', 'rate(1 hour)'],
      ['{"turn":"week"}', 'cron(0 7 ? * MON *)'],
      ['{"turn":"feeds"}', 'rate(15 minutes)'],
      ['{"turn":"canary"}', 'rate(1 hour)'],
    ]),
  );
  expect(turns).toHaveLength(5);
});

it('tells the command line what it made', () => {
  const { Outputs } = pipeline.toJSON() as { Outputs: Record<string, unknown> };
  const told = Object.keys(Outputs).filter((id) => !/^(?:Exports|Publish)Output/.test(id));
  expect(told).toEqual(['EventsQueueUrl', 'DeadLettersQueueUrl', 'AlertsTopicArn']);
});

it('says of everything that holds something whether it outlives the stack', () => {
  const holding = /^AWS::(?:SQS::Queue|SecretsManager::Secret|Logs::LogGroup|DynamoDB::Table|S3::Bucket)$/;
  const resources = [...resourcesOf(pipeline).values()].filter(({ Type }) => holding.test(Type));
  expect(resources.length).toBeGreaterThan(5);
  for (const { Type, DeletionPolicy } of resources) {
    expect([Type, DeletionPolicy]).toEqual([
      Type,
      Type === 'AWS::SecretsManager::Secret' ? 'RetainExceptOnCreate' : 'Delete',
    ]);
  }
});
