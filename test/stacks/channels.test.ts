import { Match, type Template } from 'aws-cdk-lib/assertions';
import { templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com }
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: high }
    - { type: email, to: everybody@example.com, minimumSeverity: critical, detail: minimal }
    - { type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE, minimumSeverity: low }
`;

let pipeline: Template;

beforeAll(() => {
  ({ pipeline } = templatesOf(YAML));
}, 30_000);

function topicOf(email: string): unknown {
  const subscriptions = Object.values(pipeline.findResources('AWS::SNS::Subscription'));
  const found = subscriptions.find(
    ({ Properties }) => (Properties as { Endpoint: string }).Endpoint === email,
  );
  return (found?.['Properties'] as { TopicArn: unknown } | undefined)?.TopicArn;
}

it('has a topic of its own for those who are to be told little', () => {
  expect(topicOf('everybody@example.com')).toBeDefined();
  expect(topicOf('everybody@example.com')).not.toEqual(topicOf('security@example.com'));
});

it('has an empty secret for a Slack channel’s webhook', () => {
  pipeline.hasResource('AWS::SecretsManager::Secret', {
    DeletionPolicy: 'Retain',
    Properties: Match.objectLike({ Name: 'ringer/slack-C0EXAMPLE', GenerateSecretString: Match.absent() }),
  });
});

it('takes the least severity of the topic from those who hang on it', () => {
  pipeline.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        RINGER_NOTIFY_FROM: 'high',
        RINGER_OWN_CHANNELS: Match.anyValue(),
      }),
    },
  });
});

it('sweeps every hour, and says every week how it is', () => {
  const rules = Object.values(pipeline.findResources('AWS::Events::Rule')).map(
    ({ Properties }) => Properties as { ScheduleExpression: string; Targets: { Input: string }[] },
  );
  expect(rules.map(({ ScheduleExpression, Targets }) => [ScheduleExpression, Targets[0]?.Input])).toEqual([
    ['rate(1 hour)', '{"turn":"hour"}'],
    ['cron(0 7 ? * MON *)', '{"turn":"week"}'],
  ]);
});

it('tells the sweep which feeds to watch', () => {
  pipeline.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: Match.objectLike({
        RINGER_COLLECTED_FEEDS: JSON.stringify([{ connection: 'main', feed: 'system-log', everyMs: 60_000 }]),
      }),
    },
  });
});

it('lets notify read no list of alerts', () => {
  const policies = Object.entries(pipeline.findResources('AWS::IAM::Policy'));
  const [, notify] = policies.find(([id]) => id.startsWith('NotifyRole')) ?? [];
  expect(JSON.stringify(notify)).not.toMatch(/dynamodb:(?:Scan|Query|BatchGetItem|PutItem|DeleteItem)/);
});
