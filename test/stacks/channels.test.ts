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

it('tells watch and the sweep which feeds there are', () => {
  pipeline.resourcePropertiesCountIs(
    'AWS::Lambda::Function',
    {
      Environment: {
        Variables: Match.objectLike({
          RINGER_COLLECTED_FEEDS: JSON.stringify([
            { connection: 'main', feed: 'system-log', everyMs: 60_000 },
            { connection: 'main', feed: 'users', everyMs: 6 * 3_600_000 },
            { connection: 'main', feed: 'devices', everyMs: 6 * 3_600_000 },
          ]),
        }),
      },
    },
    2,
  );
});
