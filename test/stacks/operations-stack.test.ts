import { readFileSync } from 'node:fs';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { METRIC } from '../../lib/config/names.ts';
import { appOf, propertiesOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com }
  - { name: cloud, type: aws, trailBucket: example-trail }
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: critical }
    - { type: email, to: everybody@example.com, detail: minimal }
`;

let operations: Template;
beforeAll(() => {
  ({ operations } = templatesOf(YAML));
}, 30_000);

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly unknown[];
  readonly TreatMissingData: string;
  readonly Threshold: number;
  readonly Dimensions?: unknown;
  readonly MetricName?: string;
  readonly Metrics?: readonly unknown[];
}

const alarms = (): readonly AlarmProperties[] => propertiesOf(operations, 'AWS::CloudWatch::Alarm');

/** Headings of the second level, as links name them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

describe('the alarms', () => {
  it('are these', () => {
    expect(alarms().map(({ AlarmName }) => AlarmName)).toEqual([
      'ringer-silent-feed',
      'ringer-feed-lag',
      'ringer-rejected-records',
      'ringer-queue-lag',
      'ringer-stream-lag',
      'ringer-dead-letter',
      'ringer-events-set-aside',
      'ringer-failing-detection',
      'ringer-failing-function-1',
      'ringer-failing-function-2',
      'ringer-failing-notification',
      'ringer-unconfirmed-subscription',
      'ringer-missing-canary',
    ]);
  });

  it('each link to a section of the runbook that says what it is, how to look into it and how to end it', () => {
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const anchors = anchorsOf(runbook);
    for (const { AlarmDescription } of alarms()) {
      const [, anchor = ''] = /docs\/runbook\.md#([\w-]+)$/.exec(AlarmDescription) ?? [];
      expect(anchors).toContain(anchor);
      const section = runbook.split(/^## /m).find((each) => anchorsOf(`## ${each}`)[0] === anchor) ?? '';
      const parts = [...section.matchAll(/^### (.+)$/gm)].map(([, part]) => part);
      expect([anchor, parts]).toEqual([anchor, ['Description', 'Investigation', 'Resolution']]);
    }
  });

  it('link to where people read the runbook', () => {
    const runbook = 'https://git.example.com/ringer/runbook.md';
    const elsewhere = templatesOf(YAML, { runbook }).operations;
    const [first] = propertiesOf<AlarmProperties>(elsewhere, 'AWS::CloudWatch::Alarm');
    expect(first?.AlarmDescription).toContain(`${runbook}#silent-feed`);
  });

  it('ring when what watches is itself gone', () => {
    const ringing = alarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(ringing.map(({ AlarmName }) => AlarmName)).toEqual([
      'ringer-silent-feed',
      'ringer-missing-canary',
    ]);
  });

  it('all go to the topic of operations', () => {
    for (const { AlarmActions } of alarms()) expect(AlarmActions).toEqual([{ Ref: 'TopicBFC7AF6E' }]);
  });

  it('look at no more metrics than an alarm may', () => {
    // The expression itself counts for none.
    for (const { Metrics = [] } of alarms()) expect(Metrics.length).toBeLessThanOrEqual(11);
  });

  it('know our own metrics by name and by the deployment', () => {
    const text = JSON.stringify(operations.toJSON());
    const watched = ['feedsSilent', 'slowestFeedSeconds', 'recordsRead', 'recordsRejected'] as const;
    for (const metric of watched) expect(text).toContain(`"MetricName":"${METRIC[metric]}"`);
    expect(alarms()[0]?.Dimensions).toEqual([{ Name: 'service', Value: 'ringer' }]);
  });
});

describe('the topic of operations', () => {
  it('has those who are told everything, whatever severity they want', () => {
    const subscriptions = propertiesOf(operations, 'AWS::SNS::Subscription');
    expect(subscriptions.map(({ Endpoint }) => Endpoint)).toEqual(['security@example.com']);
    expect(subscriptions[0]).not.toHaveProperty('FilterPolicy');
  });

  it('lets alarms and the budget of this account publish', () => {
    operations.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('warns when nobody is on it', () => {
    const { stacks } = appOf('');
    Annotations.fromStack(stacks.operations).hasWarning(
      '*',
      Match.stringLikeRegexp('nobody hears of alarms'),
    );
  });
});

it('has a budget for what bears the deployment’s tag', () => {
  const { operations: staging } = templatesOf(YAML, { environment: 'staging', budget: 50 });
  staging.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      BudgetName: 'ringer-staging',
      BudgetLimit: { Amount: 50, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:application$ringer-staging'] },
    },
  });
});

describe('those who look', () => {
  const policy = (id: string): string => {
    const policies = operations.findResources('AWS::IAM::ManagedPolicy');
    const [, found] = Object.entries(policies).find(([logicalId]) => logicalId.startsWith(id)) ?? [];
    return JSON.stringify(found);
  };

  it('change nothing', () => {
    for (const id of ['Auditor', 'Investigator']) {
      const actions = policy(id).match(/"(?:dynamodb|s3|glue|cloudformation|kms):(?!ViaService)\w+"/g) ?? [];
      expect(actions.length).toBeGreaterThan(0);
      const reading = /:(?:Get|BatchGet|Query|List|Describe|Decrypt|GenerateDataKey)/;
      for (const action of actions) expect(action).toMatch(reading);
    }
  });

  it('see alerts and their evidence as auditors, and nobody’s records', () => {
    expect(policy('Auditor')).toMatch(/Alerts91F83244/);
    expect(policy('Auditor')).toMatch(/Evidence4CC26D68/);
    expect(policy('Auditor')).not.toMatch(
      /Ledger|Directory|Archive|investigators|table\/ringer\/(?:records|events)/,
    );
  });

  it('see the archive as investigators', () => {
    expect(policy('Investigator')).toMatch(/Archive/);
    expect(policy('Investigator')).not.toMatch(/Ledger|Directory|Evidence|Alerts/);
  });

  it('use the key through what they may read alone', () => {
    expect(policy('Auditor')).toContain('"kms:ViaService":["dynamodb.*","s3.*","athena.*"]');
  });
});

it('holds fast to no function, so that a connection can go', () => {
  const text = JSON.stringify(operations.toJSON());
  expect(text).not.toMatch(/ImportValue":"RingerPipeline/);
  expect(text).toContain('Fn::GetStackOutput');
});
