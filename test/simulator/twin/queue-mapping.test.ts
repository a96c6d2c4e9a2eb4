/** Messages of a queue, as Lambda's event-source mapping gives them to a function. */
import { MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { MISCHIEF, type Twin, type TwinOptions } from '../../../lib/simulator/twin/index.ts';
import { DEPLOYED, send, stopToys, told, toyFunction, toyTwin } from './toys.ts';

const EVENTS = 'Toy-Events';
const DEAD = 'Toy-Dead';

afterEach(stopToys);

/** A twin whose function has the messages of a queue, where a message may come three times, each 30 s after the last. */
function queueTwin(mapping: object = {}, over: Partial<TwinOptions> = {}): Promise<Twin> {
  return toyTwin(
    {
      ...toyFunction(),
      Dead: { Type: 'AWS::SQS::Queue' },
      Events: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 30,
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Events', 'Arn'] },
          FunctionName: { Ref: 'Toy' },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...mapping,
        },
      },
    },
    over,
  );
}

it('deletes what is done and gives back only the message that failed', async () => {
  const twin = await queueTwin();
  await send(twin, EVENTS, 'a', 'fail', 'b');

  await twin.runUntil(DEPLOYED + 30 * SECOND_MS);

  expect(told(twin)).toEqual([['a', 'fail', 'b'], ['fail']]);
  expect(twin.invocations.map(({ startTime }) => startTime - DEPLOYED)).toEqual([0, 30 * SECOND_MS]);
});

it('moves a message that failed as often as it may come to the dead letters', async () => {
  const twin = await queueTwin();
  await send(twin, EVENTS, 'fail');

  await twin.runUntil(DEPLOYED + 10 * MINUTE_MS);

  expect(told(twin)).toEqual([['fail'], ['fail'], ['fail']]);
  expect(await twin.aws.queueState(DEAD)).toMatchObject({ visible: 1 });
  expect(await twin.aws.queueState(EVENTS)).toMatchObject({ visible: 0, inFlight: 0 });
});

it('gives back the whole batch when the function throws', async () => {
  const twin = await queueTwin();
  await send(twin, EVENTS, 'a', 'throw');

  await twin.runUntil(DEPLOYED + 30 * SECOND_MS);

  expect(told(twin)).toEqual([
    ['a', 'throw'],
    ['a', 'throw'],
  ]);
});

it('heeds no failures when the mapping does not ask for them', async () => {
  const twin = await queueTwin({ FunctionResponseTypes: [] });
  await send(twin, EVENTS, 'fail');

  await twin.runUntil(DEPLOYED + 10 * MINUTE_MS);

  expect(told(twin)).toEqual([['fail']]);
});

it('waits for its window before it gives a batch that is not full', async () => {
  const twin = await queueTwin({ BatchSize: 3, MaximumBatchingWindowInSeconds: 5 });
  await send(twin, EVENTS, 'a', 'b', 'c', 'd');

  await twin.runUntil(DEPLOYED);
  expect(told(twin)).toEqual([['a', 'b', 'c']]);
  await twin.runUntil(DEPLOYED + 4_999);
  expect(twin.invocations).toHaveLength(1);
  await twin.runUntil(DEPLOYED + 5_000);
  expect(told(twin)).toEqual([['a', 'b', 'c'], ['d']]);
});

it('gives no more batches at a time than the mapping allows', async () => {
  const twin = await queueTwin(
    { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } },
    { mostInstances: 5 },
  );
  await send(twin, EVENTS, ...Array.from({ length: 8 }, (_, index) => `m${index}`));

  await twin.runUntil(DEPLOYED);

  expect(told(twin).flat().sort()).toEqual(Array.from({ length: 8 }, (_, index) => `m${index}`));
  expect(new Set(twin.invocations.map(({ instance }) => instance)).size).toBe(2);
});

it('keeps a message hidden while a function that hangs has it, and gives it again', async () => {
  const twin = await queueTwin({}, { patienceMs: 200 });
  await send(twin, EVENTS, 'hang');

  await twin.runUntil(DEPLOYED + 29 * SECOND_MS);
  expect(twin.invocations.map(({ outcome }) => outcome)).toMatchObject([{ ok: false, type: 'TimedOut' }]);
  await twin.runUntil(DEPLOYED + 31 * SECOND_MS);
  expect(told(twin)).toEqual([['hang']]);
  await twin.runUntil(DEPLOYED + 33 * SECOND_MS);
  expect(told(twin)).toEqual([['hang'], ['hang']]);
});

it('loses nothing when deliveries come twice and out of order', async () => {
  const twin = await queueTwin({}, { mischief: { ...MISCHIEF, messagesTwice: 0.2 }, seed: 7 });
  const bodies = Array.from({ length: 60 }, (_, index) => String(index));
  await send(twin, EVENTS, ...bodies);

  await twin.runUntil(DEPLOYED + 10 * MINUTE_MS);

  const given = told(twin).flat();
  expect([...new Set(given)].sort()).toEqual([...bodies].sort());
  expect(given.length).toBeGreaterThan(bodies.length);
  expect(given.slice(0, 50)).not.toEqual(bodies.slice(0, 50));
});

it('comes again when SQS itself fails', async () => {
  const twin = await queueTwin();
  await send(twin, EVENTS, 'a');
  await twin.aws.inject({
    kind: 'server-error',
    caller: 'Toy.poller',
    action: 'sqs:ReceiveMessage',
    times: 3,
  });

  await twin.runUntil(DEPLOYED + 5 * SECOND_MS);

  expect(told(twin)).toEqual([['a']]);
});
