import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Event } from '../../lib/core/events/index.ts';
import { packEvents, unpackEvents } from '../../lib/pipeline/event-message.ts';
import { openDeadLetters } from '../../lib/pipeline/event-queue.ts';
import { redrive, type Redriven, type Redriving } from '../../lib/pipeline/redrive.ts';
import { FakeDeployment } from '../support/fake-deployment.ts';
import { LocalAws } from '../support/local-aws.ts';
import { runRinger } from '../support/run-ringer.ts';

const aws = new LocalAws();
const deployment = new FakeDeployment();
let queues: { eventsQueueUrl: string; deadLettersQueueUrl: string };
let number = 0;
beforeAll(async () => {
  await aws.start();
  await aws.startQueues();
  await deployment.start();
});
afterAll(async () => {
  await deployment.stop();
  await aws.stop();
});
beforeEach(async () => {
  const [eventsQueueUrl, deadLettersQueueUrl] = await Promise.all([
    aws.createQueue(`events-${++number}`),
    aws.createQueue(`dead-letters-${number}`),
  ]);
  queues = { eventsQueueUrl, deadLettersQueueUrl };
});

function anEvent(uid: string): Event {
  return {
    kind: 'authentication',
    activity: 'logon',
    status: 'success',
    interactive: true,
    time: 1_793_620_800_000,
    source: 'okta',
    feed: 'system-log',
    uid,
    actor: { type: 'user', address: 'ada@example.com' },
  };
}

/** What Lambda writes about records of a stream that a function failed on too often. */
const STREAM_FAILURE = JSON.stringify({
  requestContext: {
    requestId: '00000000-0000-4000-8000-000000000000',
    functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:RingerPipeline-Notify:$LATEST',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 4,
  },
  version: '1.0',
  DDBStreamBatchInfo: {
    shardId: 'shardId-1',
    startSequenceNumber: '1',
    endSequenceNumber: '9',
    batchSize: 9,
  },
});

const setAside = (entry: unknown, because: string): Promise<void> =>
  openDeadLetters(queues.deadLettersQueueUrl)(entry, because);

async function leave(body: string): Promise<void> {
  await new SQSClient({}).send(
    new SendMessageCommand({ QueueUrl: queues.deadLettersQueueUrl, MessageBody: body }),
  );
}

const run = (more: Partial<Redriving> = {}): Promise<readonly Redriven[]> =>
  redrive({ ...queues, limit: Infinity, dryRun: false, now: Date.now() + 60_000, ...more });

async function sentBack(): Promise<readonly (readonly string[])[]> {
  const messages = await aws.drain(queues.eventsQueueUrl);
  return messages.map(({ Body = '' }) => unpackEvents(Body).events.map(({ uid }) => uid));
}

async function left(): Promise<number> {
  return (await aws.drain(queues.deadLettersQueueUrl)).length;
}

describe('what lies in the dead-letter queue', () => {
  it('goes back when it is an event, many in one message', async () => {
    for (let each = 0; each < 25; each++) await setAside(anEvent(`e${each}`), 'a table did not answer');
    expect(await run()).toEqual([{ reason: 'a table did not answer', messages: 25, events: 25 }]);
    const [message, ...more] = await sentBack();
    expect({ more, events: new Set(message).size }).toEqual({ more: [], events: 25 });
    expect(await left()).toBe(0);
  });

  it('goes back as it is when it is a message of events', async () => {
    for (const body of packEvents([anEvent('a'), anEvent('b')])) await leave(body);
    expect(await run()).toMatchObject([{ messages: 1, events: 2 }]);
    expect(await sentBack()).toEqual([['a', 'b']]);
    expect(await left()).toBe(0);
  });

  it('stays when it is no event, with the reason', async () => {
    await setAside({ ...anEvent('a'), time: null }, 'time: expected an instant');
    await leave(STREAM_FAILURE);
    await leave('hello');
    await leave(packEvents([{ ...anEvent('a'), kind: 7 } as unknown as Event])[0] ?? '');
    const reasons = await run();
    expect(new Map(reasons.map(({ reason, events }) => [reason, events]))).toEqual(
      new Map([
        ['no event: time: expected an instant', 0],
        ['changes of alerts that RingerPipeline-Notify gave up (RetryAttemptsExhausted): no events', 0],
        ['something that Ringer did not put here', 0],
        ['a message in which nothing is an event', 0],
      ]),
    );
    expect(await sentBack()).toEqual([]);
    expect(await left()).toBe(4);
  });

  it('goes back when this version takes for an event what was none', async () => {
    await setAside(anEvent('a'), 'kind: expected a text');
    await run();
    expect(await sentBack()).toEqual([['a']]);
  });

  it('stays, and can be seen at once, when it could not be sent', async () => {
    await setAside(anEvent('a'), 'x');
    await expect(run({ eventsQueueUrl: `${queues.eventsQueueUrl}-nowhere` })).rejects.toThrow();
    expect(await left()).toBe(1);
  });

  it('is only looked at in a dry run', async () => {
    await setAside(anEvent('a'), 'x');
    expect(await run({ dryRun: true })).toEqual([{ reason: 'x', messages: 1, events: 1 }]);
    expect(await sentBack()).toEqual([]);
    expect(await left()).toBe(1);
  });

  it('is left alone beyond the limit', async () => {
    for (const uid of ['a', 'b', 'c']) await setAside(anEvent(uid), 'x');
    expect(await run({ limit: 2 })).toMatchObject([{ messages: 2 }]);
    expect(await left()).toBe(1);
  });

  it('is left alone when it came after the beginning: it may have been sent back and failed again', async () => {
    await setAside(anEvent('a'), 'x');
    expect(await run({ now: Date.now() - 60_000 })).toEqual([]);
    expect(await left()).toBe(1);
  });
});

describe('ringer redrive', () => {
  const redriven = (...options: readonly string[]) =>
    runRinger(['redrive', '--stack', 'Ringer', ...options], { cwd: process.cwd() });
  beforeEach(() =>
    deployment.stacks.set('RingerPipeline', {
      EventsQueueUrl: queues.eventsQueueUrl,
      DeadLettersQueueUrl: queues.deadLettersQueueUrl,
    }),
  );

  it('prints what became of it, by reason', async () => {
    await setAside(anEvent('a'), 'an \u001b[2Jodd reason');
    await leave(STREAM_FAILURE);
    const dry = await redriven('--dry-run');
    expect({ status: dry.status, goes: /^1 +1 +would go back/m.test(dry.stdout) }).toEqual({
      status: 0,
      goes: true,
    });
    const { status, stdout, stderr } = await redriven();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^MESSAGES +EVENTS +OUTCOME +REASON\n/);
    expect(stdout).toMatch(/^1 +1 +sent back +an .+odd reason$/m);
    expect(stdout).toMatch(/^1 +0 +stays +changes of alerts/m);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toContain('What stays');
    expect(await sentBack()).toEqual([['a']]);
  });

  it('says so when there is nothing', async () => {
    expect(await redriven()).toEqual({ status: 0, stdout: '', stderr: 'The dead-letter queue is empty.\n' });
  });

  it.each(['0', 'many', '1.5', '-1'])('does not understand a limit of %s', async (limit) => {
    expect((await redriven('--limit', limit)).status).toBe(2);
  });

  it('ends with 1 where there is no such deployment', async () => {
    deployment.stacks.clear();
    expect((await redriven()).status).toBe(1);
  });
});
