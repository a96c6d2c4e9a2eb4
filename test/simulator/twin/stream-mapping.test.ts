/** Records of a table's stream, as Lambda's event-source mapping gives them to a function. */
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { HOUR_MS, MINUTE_MS } from '../../../lib/core/time.ts';
import { NO_MISCHIEF, type Twin, type TwinOptions } from '../../../lib/simulator/twin/index.ts';
import { DEPLOYED, put, stopToys, TABLE, told, toyFunction, toyTwin } from './toys.ts';

const NAME = 'Toy-Table';

afterEach(stopToys);

function streamTwin(mapping: object = {}, over: Partial<TwinOptions> = {}): Promise<Twin> {
  return toyTwin(
    {
      ...toyFunction(),
      Table: TABLE,
      Dead: { Type: 'AWS::SQS::Queue' },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
          FunctionName: { Ref: 'Toy' },
          StartingPosition: 'TRIM_HORIZON',
          BisectBatchOnFunctionError: true,
          MaximumRetryAttempts: 2,
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Dead', 'Arn'] } } },
          ...mapping,
        },
      },
    },
    over,
  );
}

async function dead(twin: Twin): Promise<readonly unknown[]> {
  const sqs = new SQSClient({
    endpoint: twin.aws.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: `${twin.aws.endpoint}/000000000000/Toy-Dead`,
      MaxNumberOfMessages: 10,
    }),
  );
  return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
}

it('gives records in order and in batches', async () => {
  const twin = await streamTwin({ BatchSize: 2 });
  await put(twin, NAME, 'a', 'b', 'c');

  await twin.runUntil(DEPLOYED);

  expect(told(twin)).toEqual([['a', 'b'], ['c']]);
});

it('gives only records that fit a filter', async () => {
  const filter = { eventName: ['INSERT'], dynamodb: { NewImage: { do: { S: ['a', { prefix: 'c' }] } } } };
  const twin = await streamTwin({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify(filter) }] } });
  await put(twin, NAME, 'a', 'b', 'cc');
  await put(twin, NAME, 'c');

  await twin.runUntil(DEPLOYED);

  expect(told(twin)).toEqual([['a', 'cc']]);
});

it('isolates a record that makes the function throw, and the others proceed', async () => {
  const twin = await streamTwin();
  await put(twin, NAME, 'a', 'b', 'throw', 'c');

  await twin.runUntil(DEPLOYED + HOUR_MS);

  const done = twin.invocations.flatMap(({ outcome }, index) => (outcome.ok ? [told(twin)[index]] : []));
  expect(done).toEqual([['a', 'b'], ['c']]);
  expect(told(twin).filter((orders) => orders.length === 1 && orders[0] === 'throw')).toHaveLength(3);
  expect(await dead(twin)).toMatchObject([
    {
      requestContext: {
        condition: 'RetryAttemptsExhausted',
        functionArn: expect.stringMatching(/:Toy$/) as string,
      },
      DDBStreamBatchInfo: { batchSize: 1, streamArn: expect.stringContaining(NAME) as string },
    },
  ]);
});

it('goes on behind what a function says is done', async () => {
  const twin = await streamTwin({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await put(twin, NAME, 'a', 'fail', 'b');

  await twin.runUntil(DEPLOYED + HOUR_MS);

  expect(told(twin)).toEqual([['a', 'fail', 'b'], ['fail', 'b'], ['fail'], ['fail'], ['fail'], ['b']]);
  expect(await dead(twin)).toHaveLength(1);
});

it('gives up a whole batch where it may not be halved', async () => {
  const twin = await streamTwin({ BisectBatchOnFunctionError: false, MaximumRetryAttempts: 1 });
  await put(twin, NAME, 'a', 'throw');

  await twin.runUntil(DEPLOYED + HOUR_MS);

  expect(told(twin)).toEqual([
    ['a', 'throw'],
    ['a', 'throw'],
  ]);
  expect(await dead(twin)).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 2 } }]);
});

it('tries for a day where attempts have no limit', async () => {
  const twin = await streamTwin({ MaximumRetryAttempts: -1 });
  await put(twin, NAME, 'throw');

  await twin.runUntil(DEPLOYED + 26 * HOUR_MS);

  expect(told(twin).length).toBeGreaterThan(1_000);
  expect(twin.invocations.at(-1)?.endTime).toBeLessThanOrEqual(DEPLOYED + 24 * HOUR_MS + MINUTE_MS);
  expect(await dead(twin)).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
});

it('waits for its window', async () => {
  const twin = await streamTwin({ MaximumBatchingWindowInSeconds: 10 });
  await put(twin, NAME, 'a');
  await twin.runUntil(DEPLOYED + 5_000);
  await put(twin, NAME, 'b', 'c');

  await twin.runUntil(DEPLOYED + 10_000);

  expect(told(twin)).toEqual([['a', 'b', 'c']]);
});

it('gives records twice now and then, when it is to', async () => {
  const twin = await streamTwin({ BatchSize: 1 }, { mischief: { ...NO_MISCHIEF, recordsTwice: 0.5 } });
  await put(twin, NAME, 'a', 'b', 'c', 'd');

  await twin.runUntil(DEPLOYED);

  const given = told(twin).flat();
  expect([...new Set(given)]).toEqual(['a', 'b', 'c', 'd']);
  expect(given.length).toBeGreaterThan(4);
});
