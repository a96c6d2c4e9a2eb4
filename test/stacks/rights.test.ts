/** What each function may do, action by action. One that is added here needs a reason that a reviewer sees. */
import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, templatesOf } from '../support/stacks.ts';

const YAML = `
sources:
  - { name: main, type: okta, orgUrl: https://example.okta.com }
  - { name: roles, type: aws, accounts: ['123456789012', '210987654321'], trailBucket: example-trail }
  - { name: own, type: aws }
alerts:
  channels: [{ type: slack, workspaceId: T0EXAMPLE, channelId: C0EXAMPLE }]
`;

const table = (name: 'Alerts' | 'Ledger' | 'Directory', ...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `dynamodb:${action} ${name}`);

const COLLECT = [...table('Ledger', 'UpdateItem'), 'events:PutEvents', 's3:PutObject', 'sqs:SendMessage'];
const STREAM = [
  ...table('Alerts', 'DescribeStream', 'GetRecords', 'GetShardIterator'),
  'dynamodb:ListStreams everything',
];
const SECRET = 'secretsmanager:GetSecretValue';

/** Beside its own log, our key, and what CDK gives with every right to a queue. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  Collectmain: [...COLLECT, SECRET],
  Collectroles: [
    ...COLLECT,
    'kms:Decrypt of others',
    's3:GetObject',
    'sqs:DeleteMessage',
    'sqs:ReceiveMessage',
    'sts:AssumeRole',
  ],
  // Event history is read with an overlap, and what was seen is remembered.
  Collectown: [
    ...COLLECT,
    ...table('Ledger', 'PutItem', 'Query'),
    'cloudtrail:LookupEvents everything',
    'ssm:GetInventory everything',
    'ssm:ListInventoryEntries everything',
  ],
  Detect: [
    ...table('Ledger', 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'PutItem', 'Query'),
    ...table('Alerts', 'GetItem', 'PutItem', 'UpdateItem'),
    ...table('Directory', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:ReceiveMessage',
    'sqs:SendMessage',
  ],
  Tick: [
    ...table('Ledger', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    ...table('Directory', 'GetItem'),
    ...table('Alerts', 'BatchGetItem', 'Query'),
    'sqs:SendMessage',
  ],
  Notify: [
    ...table('Alerts', 'GetItem', 'UpdateItem'),
    ...table('Ledger', 'UpdateItem'),
    ...STREAM,
    SECRET,
    'sns:Publish',
    'sqs:SendMessage',
  ],
  Evidence: [
    ...table('Alerts', 'UpdateItem'),
    ...STREAM,
    'events:PutEvents',
    's3:PutObject',
    'sqs:SendMessage',
  ],
  Sweep: [
    ...table('Alerts', 'BatchGetItem', 'GetItem', 'Scan', 'UpdateItem'),
    ...table('Ledger', 'GetItem'),
    SECRET,
    'sns:Publish',
  ],
  Watch: [...table('Ledger', 'GetItem'), 'sns:ListSubscriptionsByTopic', 'sqs:SendMessage'],
};

/** CDK adds them to what is asked for. */
const WITH_OTHERS = /^(?:logs:\w+|sqs:GetQueue\w+|kms:[\w*]+)$/;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: object;
}

let pipeline: Template;
beforeAll(() => {
  ({ pipeline } = templatesOf(YAML));
}, 30_000);

function statementsOf(name: string): readonly Statement[] {
  const policies = [...resourcesOf(pipeline, 'AWS::IAM::Policy')];
  const [, policy] = policies.find(([id]) => id.startsWith(`${name}Role`)) ?? [];
  return (policy?.Properties['PolicyDocument'] as { Statement: Statement[] }).Statement;
}

function rightsIn({ Action, Resource }: Statement): readonly string[] {
  const resource = JSON.stringify(Resource);
  const tables = ['Alerts', 'Ledger', 'Directory'].filter((each) => resource.includes(`GetAtt${each}`));
  return (typeof Action === 'string' ? [Action] : Action).flatMap((action) => {
    if (Resource === '*') return [`${action} everything`];
    if (resource.includes(':key/*')) return [`${action} of others`];
    return action.startsWith('dynamodb:') ? tables.map((each) => `${action} ${each}`) : [action];
  });
}

it.each(Object.entries(RIGHTS))('%s may do exactly that', (name, expected) => {
  const rights = new Set(statementsOf(name).flatMap(rightsIn));
  expect([...rights].filter((each) => !WITH_OTHERS.test(each)).sort()).toEqual([...expected].sort());
});

it('is a list of all functions', () => {
  const functions = [...resourcesOf(pipeline, 'AWS::Lambda::Function').keys()];
  expect(Object.keys(RIGHTS).sort()).toEqual(functions.map((id) => id.replace(/Function.*/, '')).sort());
});

it('lets a collector write its own part of the archive alone', () => {
  const put = statementsOf('Collectmain').filter((each) => rightsIn(each).includes('s3:PutObject'));
  const paths = JSON.stringify(put.map(({ Resource }) => Resource)).match(/\/[^"]*\*"/g) ?? [];
  expect(paths.sort()).toEqual(['/events/*/connection=main/*"', '/records/*/connection=main/*"']);
});

it('lets a collector take on the named role in the named accounts, and no other', () => {
  const assume = statementsOf('Collectroles').find(({ Action }) => Action === 'sts:AssumeRole');
  const role = (account: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:role/RingerReader`]],
  });
  expect(assume?.Resource).toEqual([role('123456789012'), role('210987654321')]);
});

it.each([
  ['Collectmain', 'Ringer Feed Has More'],
  ['Evidence', 'Ringer Alert Changed'],
])('lets %s put one kind of event on the bus, and only as Ringer', (name, type) => {
  const put = statementsOf(name).find(({ Action }) => Action === 'events:PutEvents');
  expect(put?.Condition).toEqual({
    StringEquals: { 'events:source': 'ringer', 'events:detail-type': type },
  });
});

it('lets tick ask one index, and nobody another', () => {
  for (const name of Object.keys(RIGHTS)) {
    const indexes = JSON.stringify(statementsOf(name)).match(/\/index\/[^"]+/g) ?? [];
    expect([name, indexes]).toEqual([name, name === 'Tick' ? ['/index/by-status'] : []]);
  }
});

it('lets nobody delete evidence or unlock it', () => {
  const template = JSON.stringify(pipeline.toJSON());
  expect(template).not.toMatch(/s3:(?:Delete|Bypass|PutObjectRetention|PutObjectLegalHold|\*)/);
});
