import { appOf, resourcesOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com, credentials: secret:ringer/main }
  - { name: tenant, type: microsoft }
alerts:
  channels: [{ type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE }]
`;

/** Of something else's than the resource, or of none. */
const OTHERS = new Set(['MetricName', 'DatabaseName', 'DisplayName', 'PolicyName']);
/** Their names stand in a workgroup and a database, which are the deployment's own. */
const INNER = /^AWS::(?:Athena::NamedQuery|Glue::Table)$/;

/** Lists every name of our choosing; what CloudFormation names itself is unique. */
function namesOf(context: Readonly<Record<string, string>>): ReadonlySet<string> {
  const resources = Object.values(templatesOf(YAML, context)).flatMap((each) => [
    ...resourcesOf(each).values(),
  ]);
  const named = resources.flatMap(({ Type, Properties }) =>
    INNER.test(Type)
      ? []
      : [Properties, Properties['DatabaseInput'], Properties['Budget']].flatMap((properties = {}) =>
          Object.entries(properties as object).filter(([key]) => /Name$/.test(key) && !OTHERS.has(key)),
        ),
  );
  return new Set(named.flatMap(([, value]) => (typeof value === 'string' ? [value] : [])));
}

it('two in one account share no name', () => {
  const main = namesOf({});
  const staging = namesOf({ environment: 'staging' });
  expect([...main]).toEqual(
    expect.arrayContaining(['alias/ringer', 'ringer/main', 'ringer/slack-C0EXAMPLE']),
  );
  expect([...staging]).toEqual(
    expect.arrayContaining([
      'alias/ringer-staging',
      'ringer-staging/main',
      'ringer-staging/tenant',
      'ringer-staging/slack-C0EXAMPLE',
      'ringer-staging-auditors',
    ]),
  );
  expect([...main].filter((name) => staging.has(name))).toEqual([]);
});

it('has stacks of its own', () => {
  const { state, pipeline, operations } = appOf('', { environment: 'eu-test' }).stacks;
  expect([state, pipeline, operations].map(({ stackName }) => stackName)).toEqual([
    'RingerEuTestState',
    'RingerEuTestPipeline',
    'RingerEuTestOperations',
  ]);
});

it('keeps logical ids, which say what is replaced', () => {
  const ids = (context: Readonly<Record<string, string>>) => [
    ...resourcesOf(templatesOf(YAML, context).state).keys(),
  ];
  expect(ids({ environment: 'staging' })).toEqual(ids({}));
});

it.each(['Staging', 'a/b', '-x', '', 'a'.repeat(41)])('takes %p for no environment', (environment) => {
  expect(() => appOf('', { environment })).toThrow('context environment: expected lower-case words');
});

it('names no Region, partition or account', () => {
  for (const template of Object.values(templatesOf(YAML))) {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws|us-east-1|eu-central-1|"\d{12}"|:\d{12}:/);
  }
});
