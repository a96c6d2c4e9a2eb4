/** What the twin refuses: what AWS would, and what it would have to guess. */
import type { Resource } from '../../../lib/simulator/twin/templates/assembly.ts';
import { stopToys, TABLE, toyFunction, toyTwin } from './toys.ts';

afterEach(stopToys);

const ARN = { 'Fn::GetAtt': ['Toy', 'Arn'] };

function mapping(properties: object, source: object = { 'Fn::GetAtt': ['Queue', 'Arn'] }): Resource {
  return {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: source, FunctionName: { Ref: 'Toy' }, ...properties },
  };
}

function role(...statements: readonly object[]): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyName: 'Some', PolicyDocument: { Statement: statements } }] },
  };
}

const QUEUE: Resource = { Type: 'AWS::SQS::Queue' };
const READS_QUEUE = {
  Effect: 'Allow',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
};

it.each<[string, Record<string, Resource>, string]>([
  ['a kind of resource it does not know', { X: { Type: 'AWS::EC2::VPC' } }, 'AWS::EC2::VPC (X)'],
  [
    'a function of templates it does not know',
    { X: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Base64': 'x' } } } },
    'Fn::Base64',
  ],
  [
    'an attribute it does not know',
    {
      Q: QUEUE,
      X: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Q', 'Colour'] } } },
    },
    'Q.Colour',
  ],
  ['a function that is made from nothing', { ...toyFunction({}, 'nothing') }, 'nothing.ts'],
  [
    'a property of a mapping it does not heed',
    { ...toyFunction(), Queue: QUEUE, X: mapping({ TumblingWindowInSeconds: 5 }) },
    'TumblingWindowInSeconds',
  ],
  [
    'a filter it cannot judge',
    {
      ...toyFunction(),
      Table: TABLE,
      X: mapping(
        { FilterCriteria: { Filters: [{ Pattern: '{"eventName":[{"cidr":"192.0.2.0/24"}]}' }] } },
        { 'Fn::GetAtt': ['Table', 'StreamArn'] },
      ),
    },
    'cidr',
  ],
  [
    'a mapping whose function may not read the queue',
    {
      ...toyFunction(),
      Role: role({ ...READS_QUEUE, Action: 'sqs:ReceiveMessage' }),
      Queue: QUEUE,
      X: mapping({}),
    },
    'may not sqs:DeleteMessage',
  ],
  [
    'a mapping whose function has no use of the queue’s key',
    {
      ...toyFunction(),
      Role: role(READS_QUEUE),
      Key: { Type: 'AWS::KMS::Key' },
      Queue: { ...QUEUE, Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
      X: mapping({}),
    },
    'may not kms:Decrypt',
  ],
  [
    'a schedule whose role may not call',
    {
      ...toyFunction(),
      Caller: role(),
      X: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'rate(1 hour)',
          Target: { Arn: ARN, RoleArn: { 'Fn::GetAtt': ['Caller', 'Arn'] } },
        },
      },
    },
    'may not call',
  ],
  [
    'a rule that nobody lets in',
    {
      ...toyFunction(),
      X: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: ARN, Id: 'Target0' }] },
      },
    },
    'lets no call',
  ],
])('refuses %s', async (_, resources, message) => {
  await expect(toyTwin(resources)).rejects.toThrow(message);
});

it('passes over what changes nothing', async () => {
  const twin = await toyTwin({
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { AlarmActions: [{ 'Fn::GetAtt': ['Key', 'Arn'] }] },
    },
    Key: { Type: 'AWS::KMS::Key' },
  });

  expect(twin.functionsOf('toy')).toEqual([]);
});

it('says what a role lets a function do', async () => {
  const twin = await toyTwin({ ...toyFunction(), Role: role(READS_QUEUE), Queue: QUEUE });
  const queue = 'arn:aws:sqs:eu-central-1:000000000000:Toy-Queue';

  expect(twin.decide('Toy', 'sqs:DeleteMessage', queue)).toMatchObject({ allowed: true });
  expect(twin.decide('Toy', 'sqs:SendMessage', queue)).toEqual({ allowed: false, statement: undefined });
  expect(twin.decide('Toy', 'sqs:DeleteMessage', `${queue}2`)).toMatchObject({ allowed: false });
});
