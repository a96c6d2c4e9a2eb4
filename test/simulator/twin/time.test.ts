/** The twin's time, and what becomes of handlers that do not end. */
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { DEPLOYED, stopToys, TABLE, toyFunction, toyTwin } from './toys.ts';

afterEach(stopToys);

it('lets a handler see the time of the twin, however it asks', async () => {
  const twin = await toyTwin(toyFunction({ Timeout: 30 }));
  await twin.runUntil(DEPLOYED + HOUR_MS);

  const outcome = await twin.invoke('Toy', { do: 'time' });

  const now = DEPLOYED + HOUR_MS;
  expect(outcome).toEqual({
    ok: true,
    result: {
      now,
      made: now,
      given: 0,
      isDate: true,
      remainingMs: 30 * SECOND_MS,
      requestId: expect.any(String) as string,
    },
  });
});

it('lets time pass at once when a handler waits', async () => {
  const twin = await toyTwin(toyFunction({ Timeout: 900 }));
  const begun = performance.now();

  const outcome = await twin.invoke('Toy', { do: 'sleep', ms: 10 * MINUTE_MS });

  expect(outcome).toEqual({ ok: true, result: { now: DEPLOYED + 10 * MINUTE_MS } });
  expect(performance.now() - begun).toBeLessThan(10 * SECOND_MS);
});

it('ends a handler that waits longer than it may', async () => {
  const twin = await toyTwin(toyFunction({ Timeout: 60 }));

  const outcome = await twin.invoke('Toy', { do: 'sleep', ms: 10 * MINUTE_MS });

  expect(outcome).toMatchObject({ ok: false, type: 'TimedOut' });
  expect(twin.clock.now()).toBe(DEPLOYED + MINUTE_MS);
});

it('ends a handler that never answers, at its timeout by the twin’s clock', async () => {
  const twin = await toyTwin(toyFunction({ Timeout: 60 }), { patienceMs: 200 });

  expect(await twin.invoke('Toy', { do: 'hang' })).toMatchObject({ ok: false, type: 'TimedOut' });
  expect(twin.clock.now()).toBe(DEPLOYED + MINUTE_MS);
});

it('keeps an instance warm, and starts another after one was lost', async () => {
  const twin = await toyTwin(toyFunction());
  await twin.invoke('Toy', { do: 'calls' });

  expect(await twin.invoke('Toy', { do: 'calls' })).toEqual({ ok: true, result: 2 });
  expect(await twin.invoke('Toy', { do: 'die' })).toMatchObject({ ok: false, type: 'Crashed' });
  expect(await twin.invoke('Toy', { do: 'calls' })).toEqual({ ok: true, result: 1 });
});

it('fails what an instance did when it is killed in the middle of a call', async () => {
  const twin = await toyTwin({
    ...toyFunction({ Environment: { Variables: { TABLE: { Ref: 'Table' } } } }),
    Table: TABLE,
  });
  await twin.aws.killAt('Toy', 1, 'before');

  expect(await twin.invoke('Toy', { do: 'read' })).toEqual({
    ok: false,
    type: 'Killed',
    message: 'killed before dynamodb:GetItem',
  });
  expect(await twin.invoke('Toy', { do: 'read' })).toEqual({ ok: true, result: 'read' });
});

it('says why a function did not start', async () => {
  const twin = await toyTwin(toyFunction({}, 'broken'));

  expect(await twin.invoke('Toy', {})).toEqual({
    ok: false,
    type: 'RingerError',
    message: 'a variable is missing',
  });
});

it('gives a handler what Lambda would, and hears what it logs', async () => {
  const twin = await toyTwin(toyFunction({ Environment: { Variables: { COLOUR: 'green' } } }));
  const lines: unknown[] = [];

  const outcome = await twin.invoke('Toy', { do: 'environment' });
  await twin.invoke(
    'Toy',
    { do: 'log' },
    { onLog: ({ functionName, entry }) => lines.push([functionName, entry]) },
  );

  expect(outcome).toMatchObject({
    ok: true,
    result: { COLOUR: 'green', AWS_ACCESS_KEY_ID: 'Toy~1', AWS_LAMBDA_FUNCTION_NAME: 'Toy' },
  });
  expect(lines).toEqual([['Toy', { message: 'hello', awsRequestId: expect.any(String) as string }]]);
});
