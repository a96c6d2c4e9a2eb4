/** What calls functions by the clock or when something is put on a bus. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { HOUR_MS, MINUTE_MS } from '../../../lib/core/time.ts';
import type { Twin } from '../../../lib/simulator/twin/index.ts';
import { DEPLOYED, stopToys, toyFunction, toyTwin } from './toys.ts';

afterEach(stopToys);

const ARN = { 'Fn::GetAtt': ['Toy', 'Arn'] };

function schedule(expression: string, input: object): { Type: string; Properties: Record<string, unknown> } {
  return {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      ScheduleExpression: expression,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: ARN, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Input: JSON.stringify(input) },
    },
  };
}

function rule(properties: object): { Type: string; Properties: Record<string, unknown> } {
  return { Type: 'AWS::Events::Rule', Properties: { ...properties } };
}

const LET_RULES_IN = {
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: ARN,
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] },
    },
  },
};

/** Minutes after the deployment at which each invocation began, and what it was given. */
function turns(twin: Twin): readonly (readonly [number, unknown])[] {
  return twin.invocations.map(({ startTime, event }) => [(startTime - DEPLOYED) / MINUTE_MS, event]);
}

it('calls at a rate, Scheduler from the deployment on and a rule a period after it', async () => {
  const twin = await toyTwin(
    {
      ...toyFunction(),
      ...LET_RULES_IN,
      Schedule: schedule('rate(30 minutes)', { do: 'schedule' }),
      Rule: rule({
        ScheduleExpression: 'rate(1 hour)',
        Targets: [{ Arn: ARN, Id: 'Target0', Input: '{"do":"rule"}' }],
      }),
    },
    { mostInstances: 1 },
  );

  await twin.runUntil(DEPLOYED + HOUR_MS);

  expect(turns(twin)).toEqual([
    [0, { do: 'schedule' }],
    [30, { do: 'schedule' }],
    [60, { do: 'rule' }],
    [60, { do: 'schedule' }],
  ]);
});

it('lets a turn begin while the last one still waits, in another instance', async () => {
  const twin = await toyTwin({
    ...toyFunction({ Timeout: 900 }),
    Schedule: schedule('rate(5 minutes)', { do: 'sleep', ms: 7 * MINUTE_MS }),
  });

  await twin.runUntil(DEPLOYED + 13 * MINUTE_MS);

  expect(twin.invocations.map(({ instance, startTime, endTime }) => [instance, startTime, endTime])).toEqual([
    [1, DEPLOYED, DEPLOYED + 7 * MINUTE_MS],
    [2, DEPLOYED + 5 * MINUTE_MS, DEPLOYED + 12 * MINUTE_MS],
  ]);
});

it('lets a turn wait when the function has no more instances', async () => {
  const twin = await toyTwin(
    {
      ...toyFunction({ Timeout: 900 }),
      Schedule: schedule('rate(5 minutes)', { do: 'sleep', ms: 7 * MINUTE_MS }),
    },
    { mostInstances: 1 },
  );

  await twin.runUntil(DEPLOYED + 14 * MINUTE_MS);

  expect(turns(twin).map(([minute]) => minute)).toEqual([0, 7]);
});

it.each([
  ['as configured', { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 600 }, [0, 1]],
  ['never', { MaximumRetryAttempts: 0 }, [0]],
  ['not after it is too old', { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 120 }, [0, 1]],
])('tries what failed again, %s', async (_, config, minutes) => {
  const twin = await toyTwin({
    ...toyFunction(),
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Toy' }, Qualifier: '$LATEST', ...config },
    },
    Schedule: schedule('rate(1 hour)', { do: 'throw' }),
  });

  await twin.runUntil(DEPLOYED + 59 * MINUTE_MS);

  expect(turns(twin).map(([minute]) => minute)).toEqual(minutes);
});

it('calls the targets of a rule that an event fits, each with what it asks for', async () => {
  const twin = await toyTwin({
    ...toyFunction(),
    ...LET_RULES_IN,
    Rule: rule({
      EventPattern: { source: ['ringer'], 'detail-type': ['More'], detail: { connection: ['okta'] } },
      Targets: [
        {
          Arn: ARN,
          Id: 'Target0',
          InputTransformer: {
            InputPathsMap: { feed: '$.detail.feed' },
            InputTemplate: '{"do":<feed>,"said":"feed <feed>"}',
          },
        },
        { Arn: ARN, Id: 'Target1', InputPath: '$.detail' },
      ],
    }),
  });
  const bus = new EventBridgeClient({
    endpoint: twin.aws.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const entry = (detail: object): object => ({
    Source: 'ringer',
    DetailType: 'More',
    Detail: JSON.stringify(detail),
  });
  await bus.send(
    new PutEventsCommand({
      Entries: [entry({ connection: 'okta', feed: 'users' }), entry({ connection: 'other', feed: 'users' })],
    }),
  );

  await twin.runUntil(DEPLOYED);

  expect(twin.invocations.map(({ event }) => event)).toEqual(
    expect.arrayContaining([
      { do: 'users', said: 'feed users' },
      { connection: 'okta', feed: 'users' },
    ]),
  );
  expect(twin.invocations).toHaveLength(2);
});
