import { Match, type Template } from 'aws-cdk-lib/assertions';
import { appOf, propertiesOf, resourcesOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com, credentials: secret:ringer/main }
  - { name: acquired, type: okta, orgUrl: https://example-2.okta.com, feeds: [system-log], every: 15 minutes }
  - { name: tenant, type: microsoft, graphUrl: https://graph.example.com, feeds: [sign-ins] }
  - { name: workspace, type: google, feeds: [login, drive], credentials: file:key.json }
  - { name: cloud, type: aws, accounts: ['123456789012'], regions: [eu-central-1], externalId: example-id, feeds: [cloudtrail] }
`;

let pipeline: Template;
beforeAll(() => {
  ({ pipeline } = templatesOf(YAML));
}, 30_000);

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}

function variablesOf(connection: string, of = pipeline): Readonly<Record<string, unknown>> | undefined {
  return propertiesOf<FunctionProperties>(of, 'AWS::Lambda::Function')
    .map(({ Environment: { Variables } }) => Variables)
    .find((variables) => variables['RINGER_CONNECTION'] === connection);
}

function schedulesOf(of: Template): readonly (readonly [string, string])[] {
  return propertiesOf<{ ScheduleExpression: string; Target: { Input: string } }>(
    of,
    'AWS::Scheduler::Schedule',
  ).map(({ Target, ScheduleExpression }) => [Target.Input, ScheduleExpression] as const);
}

it('deploys a collector for each connection, and none for a vendor nobody connects', () => {
  const filesOf = (template: Template): readonly unknown[] =>
    [...resourcesOf(template, 'AWS::Lambda::Function').values()]
      .map(({ Metadata }) => String(Metadata?.['ringer:file']))
      .filter((file) => file.startsWith('collect-'));
  expect(filesOf(pipeline)).toEqual([
    'collect-okta',
    'collect-okta',
    'collect-microsoft',
    'collect-google',
    'collect-aws',
  ]);
  expect(filesOf(templatesOf('sources: [{ name: own, type: aws }]').pipeline)).toEqual(['collect-aws']);
  expect(filesOf(templatesOf('').pipeline)).toEqual([]);
});

it('has a schedule for each feed that is read, which names it', () => {
  expect(schedulesOf(pipeline)).toEqual([
    ['{"feed":"system-log"}', 'rate(1 minute)'],
    ['{"feed":"users"}', 'rate(6 hours)'],
    ['{"feed":"devices"}', 'rate(6 hours)'],
    ['{"feed":"system-log"}', 'rate(15 minutes)'],
    ['{"feed":"sign-ins"}', 'rate(5 minutes)'],
    ['{"feed":"login"}', 'rate(5 minutes)'],
    ['{"feed":"drive"}', 'rate(5 minutes)'],
    ['{"feed":"cloudtrail"}', 'rate(5 minutes)'],
  ]);
});

it('reads on at once when a feed of a connection has more', () => {
  pipeline.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['ringer'],
      'detail-type': ['Ringer Feed Has More'],
      detail: { connection: ['acquired'] },
    },
    Targets: [
      Match.objectLike({
        InputTransformer: {
          InputPathsMap: { 'detail-feed': '$.detail.feed' },
          InputTemplate: '{"feed":<detail-feed>}',
        },
      }),
    ],
  });
});

it('tells each collector where its vendor is', () => {
  expect(variablesOf('acquired')).toMatchObject({ RINGER_ORG_URL: 'https://example-2.okta.com' });
  expect(variablesOf('tenant')).toMatchObject({ RINGER_GRAPH_URL: 'https://graph.example.com' });
  expect(variablesOf('tenant')).not.toHaveProperty('RINGER_LOGIN_URL');
  expect(JSON.parse(String(variablesOf('cloud')?.['RINGER_AWS_CONNECTION']))).toEqual({
    accounts: ['123456789012'],
    regions: ['eu-central-1'],
    roleName: 'RingerReader',
    externalId: 'example-id',
  });
});

it('makes secrets without a value, for every vendor but AWS', () => {
  const secrets = propertiesOf(pipeline, 'AWS::SecretsManager::Secret');
  expect(secrets.map(({ Name }) => Name)).toEqual([
    'ringer/main',
    'ringer/acquired',
    'ringer/tenant',
    'ringer/workspace',
  ]);
  for (const each of secrets) {
    expect(Object.keys(each)).not.toContain('GenerateSecretString');
    expect(Object.keys(each)).not.toContain('SecretString');
  }
});

it('makes no secret where ringer.yaml names somebody else’s', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:theirs-AbCdEf';
  const { pipeline: other } = templatesOf(
    `sources: [{ name: tenant, type: microsoft, credentials: '${arn}' }]`,
  );
  expect(resourcesOf(other, 'AWS::SecretsManager::Secret').size).toBe(0);
  expect(variablesOf('tenant', other)).toMatchObject({ RINGER_SECRET_ID: arn });
});

describe('somebody else’s secret', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:theirs';
  let other: Template;
  beforeAll(() => {
    other = templatesOf(`sources: [{ name: tenant, type: microsoft, credentials: '${arn}' }]`).pipeline;
  });

  it('may be named without the characters that AWS puts at its end', () => {
    other.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'secretsmanager:GetSecretValue',
            Resource: [arn, `${arn}-??????`],
          }),
        ]),
      },
    });
  });

  it('may have a key of its own, with which nothing but it is read', () => {
    other.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Resource: 'arn:aws:kms:eu-central-1:123456789012:key/*',
            Condition: {
              StringLike: {
                'kms:ViaService': 'secretsmanager.*',
                'kms:EncryptionContext:SecretARN': `${arn}*`,
              },
            },
          }),
        ]),
      },
    });
  });
});

describe('connections that share a secret', () => {
  const sharing = (...names: readonly string[]): Template => {
    const sources = names.map((name) => `{ name: ${name}, type: google, credentials: secret:ringer/google }`);
    return templatesOf(`sources: [${sources.join(', ')}]`).pipeline;
  };
  const secretsOf = (of: Template) => [...resourcesOf(of, 'AWS::SecretsManager::Secret').keys()];

  it('have one made for all of them', () => {
    const shared = sharing('sign-ins', 'files');
    const [secret, ...others] = secretsOf(shared);
    expect(others).toEqual([]);
    for (const name of ['sign-ins', 'files'])
      expect(variablesOf(name, shared)).toMatchObject({ RINGER_SECRET_ID: { Ref: secret } });
  });

  it('keep it whichever of them goes', () => {
    expect(secretsOf(sharing('files', 'sign-ins'))).toEqual(secretsOf(sharing('sign-ins')));
  });
});

it('leaves no name behind that the next deployment could not take', () => {
  for (const [id, { DeletionPolicy }] of resourcesOf(pipeline, 'AWS::SecretsManager::Secret'))
    expect([id, DeletionPolicy]).toEqual([id, 'RetainExceptOnCreate']);
  const groups = [...resourcesOf(pipeline, 'AWS::Scheduler::ScheduleGroup')];
  expect(groups.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Delete']);
  pipeline.allResources('AWS::Scheduler::Schedule', { DependsOn: groups.map(([id]) => id) });
});

it('takes several connections that read trails, however alike their names', () => {
  const { pipeline: alike } = templatesOf(`
sources:
  - { name: aws-1, type: aws, trailBucket: first-trail }
  - { name: aws1, type: aws, trailBucket: second-trail }
`);
  expect(Object.keys(alike.findOutputs('*')).filter((id) => id.includes('TrailQueueArn'))).toHaveLength(2);
});

describe('what AWS has no room for is refused before anything is deployed:', () => {
  const accounts = (count: number): string =>
    Array.from({ length: count }, (_, index) => `'${100_000_000_000 + index}'`).join(', ');

  it('more accounts than a policy can name', () => {
    const yaml = (count: number) => `sources: [{ name: cloud, type: aws, accounts: [${accounts(count)}] }]`;
    expect(() => appOf(yaml(101))).toThrow('sources: cloud has more than 100 accounts');
    const { pipeline: most } = templatesOf(yaml(100));
    for (const { PolicyDocument } of propertiesOf(most, 'AWS::IAM::Policy'))
      expect(JSON.stringify(PolicyDocument).replaceAll(/{"Ref":"AWS::Partition"}/g, '').length).toBeLessThan(
        10_240,
      );
  });

  it('variables of more than 4 KB', () => {
    const channel = (index: number) =>
      `{ type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE${index} }`;
    const yaml = (count: number) =>
      `alerts: { channels: [${Array.from({ length: count }, (_, index) => channel(index)).join(', ')}] }`;
    expect(() => appOf(yaml(40)).app.synth()).toThrow(/Watch.*its variables take some \d+ bytes/);
    expect(() => appOf(yaml(20)).app.synth()).not.toThrow();
  });
});

it('has room for a dozen connections in the variables of those who watch them', () => {
  const names = Array.from({ length: 12 }, (_, index) => `a-connection-with-a-long-name-${index}`);
  const yaml = names.map((name) => `  - { name: ${name}, type: google }\n`).join('');
  expect(() => appOf(`sources:\n${yaml}`).app.synth()).not.toThrow();
});

it('says what is missing', () => {
  expect(() => appOf('sources: [{ name: main, type: okta }]')).toThrow('sources: main has no orgUrl');
  expect(() => appOf('sources: [{ name: cloud, type: aws, feeds: [cloudtrail-trail] }]')).toThrow(
    'sources: cloud reads cloudtrail-trail and has no trailBucket',
  );
  expect(() => appOf('people: nowhere.csv')).toThrow(/^people: there is no .*nowhere\.csv$/);
});

describe('an organization trail', () => {
  let trail: Template;
  beforeAll(() => {
    trail = templatesOf('sources: [{ name: cloud, type: aws, trailBucket: example-trail }]').pipeline;
  });

  it('is read instead of the event history of each account', () => {
    expect(schedulesOf(trail).map(([input]) => input)).toEqual([
      '{"feed":"cloudtrail-trail"}',
      '{"feed":"inventory"}',
    ]);
    expect(JSON.stringify(trail.toJSON())).not.toContain('cloudtrail:LookupEvents');
  });

  it('has a queue that its bucket and the organization alone may write to', () => {
    const policies = [...resourcesOf(trail, 'AWS::SQS::QueuePolicy')];
    const [, policy] = policies.find(([id]) => id.startsWith('TrailcloudPolicy')) ?? [];
    const { Statement } = policy?.Properties['PolicyDocument'] as {
      Statement: { Effect: string; Condition: object }[];
    };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    const partition = { Ref: 'AWS::Partition' };
    expect(allowed.map(({ Condition }) => Condition)).toEqual([
      { ArnEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', partition, ':s3:::example-trail']] } } },
      { StringEquals: { 'aws:SourceOrgID': '${aws:ResourceOrgID}' } },
      {
        StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' },
        ArnLike: {
          'aws:PrincipalArn': {
            'Fn::Join': ['', ['arn:', partition, ':iam::*:role/RingerTrailNotifier*']],
          },
        },
      },
    ]);
  });

  it('tells its collector of the queue, and says its ARN to whoever wires the trail', () => {
    expect(JSON.stringify(variablesOf('cloud', trail)?.['RINGER_AWS_CONNECTION'])).toContain('trailQueueUrl');
    const [output] = Object.values(trail.findOutputs('*')).filter(({ Value }) =>
      JSON.stringify(Value).includes('Trailcloud'),
    );
    expect(output).toEqual({ Value: { 'Fn::GetAtt': [expect.stringMatching(/^Trailcloud/), 'Arn'] } });
  });

  it('sets aside what cannot be read, and not for a bad afternoon', () => {
    trail.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 20 } });
  });
});
