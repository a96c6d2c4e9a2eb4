import { decide, readStatements } from '../../../lib/simulator/twin/statements.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:000000000000:table/alerts';

const STATEMENTS = readStatements(
  {
    Statement: [
      { Effect: 'Allow', Action: ['dynamodb:Get*', 'dynamodb:PutItem'], Resource: TABLE },
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: `${TABLE}/index/*` },
      {
        Effect: 'Allow',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
      { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
    ],
  },
  'Policy',
);

it.each([
  ['dynamodb:GetItem', TABLE, true],
  ['DynamoDB:getitem', TABLE, true],
  ['dynamodb:PutItem', TABLE, true],
  ['dynamodb:DeleteItem', TABLE, false],
  ['dynamodb:GetItem', `${TABLE}-other`, false],
  ['dynamodb:Query', TABLE, false],
  ['dynamodb:Query', `${TABLE}/index/by-day`, true],
  ['s3:GetObject', 'arn:aws:s3:::archive/x', true],
  ['s3:DeleteObject', 'arn:aws:s3:::archive/x', false],
])('decides %s on %s: %s', (action, resource, allowed) => {
  expect(decide(STATEMENTS, action, resource).allowed).toBe(allowed);
});

it('says that an allowance hangs on a condition', () => {
  expect(decide(STATEMENTS, 's3:GetObject', 'arn:aws:s3:::archive/x').statement?.isConditional).toBe(true);
});

it('refuses what a statement excepts, which it cannot weigh', () => {
  const document = { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } };
  expect(() => readStatements(document, 'Policy')).toThrow('Policy: the twin does not know NotAction');
});
