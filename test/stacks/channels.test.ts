import { Match, type Template } from 'aws-cdk-lib/assertions';
import { propertiesOf, templatesOf } from '../support/stacks.ts';

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

it('subscribes once who is named twice, from the least severity on', () => {
  const { pipeline: twice } = templatesOf(`
alerts:
  channels:
    - { type: email, to: security@example.com, minimumSeverity: high }
    - { type: email, to: Security@example.com, minimumSeverity: low }
`);
  expect(propertiesOf(twice, 'AWS::SNS::Subscription')).toEqual([
    expect.objectContaining({
      Endpoint: 'security@example.com',
      FilterPolicy: { severity: ['low', 'medium', 'high', 'critical'] },
    }),
  ]);
});

it('has an empty secret for a Slack channel’s webhook', () => {
  pipeline.hasResource('AWS::SecretsManager::Secret', {
    DeletionPolicy: 'RetainExceptOnCreate',
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
          RINGER_COLLECTED_FEEDS: '{"main":{"system-log":1,"users":360,"devices":360}}',
        }),
      },
    },
    2,
  );
});
