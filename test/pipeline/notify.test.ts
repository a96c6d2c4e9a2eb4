import type { Alert } from '../../lib/core/alerts/alert.ts';
import { RingerError } from '../../lib/core/errors.ts';
import { DAY_MS, HOUR_MS } from '../../lib/core/time.ts';
import { restingAfterFailure } from '../../lib/pipeline/notify-channel.ts';
import { FLOOD, notify, type Notifying } from '../../lib/pipeline/notify.ts';
import { putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import { findTold, recordTold } from '../../lib/stores/notified.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ALERT, alertNumber } from '../support/alerts.ts';
import { testChannel, type TestChannel } from '../support/channels.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';

const NOW = Date.parse(ALERT.time) + HOUR_MS;
const aws = new LocalAws();
let alerts: Table;
let ledger: Table;
let topic: TestChannel;
let slack: TestChannel;
let clock: TestClock;
let failed: string[];
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  alerts = openTable(await aws.createTable(`alerts-${tables}`));
  ledger = openTable(await aws.createTable(`ledger-${tables++}`));
  topic = testChannel('topic');
  slack = testChannel('slack-C0EXAMPLE', { minimum: 'high' });
  clock = new TestClock(NOW);
  failed = [];
});

function notifying(over: Partial<Notifying> = {}): Notifying {
  return {
    alerts,
    ledger,
    channels: [topic, slack],
    clock,
    failed: (channel) => failed.push(channel),
    ...over,
  };
}
function run(over: Partial<Notifying> = {}): ReturnType<typeof notify> {
  return notify(ALERT.id, notifying(over));
}
function setStatus(status: Alert['status']): Promise<unknown> {
  return alerts.client.send(
    new UpdateCommand({
      TableName: alerts.name,
      Key: { pk: ALERT.id, sk: 'alert' },
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    }),
  );
}

describe('what is told', () => {
  it('is a new alert, once', async () => {
    await putAlert(alerts, ALERT, 1);
    expect([await run(), await run()].map((outcome) => outcome['topic'])).toEqual(['sent', 'nothing new']);
    expect(topic.sent).toHaveLength(1);
  });

  it('is an alert that has become more urgent, with what it was', async () => {
    await putAlert(alerts, ALERT, 1);
    await run();
    await putAlert(alerts, { ...ALERT, severity: 'critical' }, 2);
    await run();
    expect(topic.sent.at(-1)?.subject).toBe('Ringer: critical (was medium), impossible-travel (01234567)');
  });

  it('is nothing when the alert only grew', async () => {
    await putAlert(alerts, ALERT, 1);
    await run();
    await putAlert(alerts, { ...ALERT, count: 3 }, 2);
    expect(await run()).toMatchObject({ topic: 'nothing new' });
  });

  it('is nothing when the alert sank and rose to where it was', async () => {
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
    await run();
    await putAlert(alerts, ALERT, 2);
    await run();
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 3);
    expect(await run()).toEqual({ topic: 'nothing new', 'slack-C0EXAMPLE': 'nothing new' });
  });

  it('is nothing of an alert that no longer stands', async () => {
    await putAlert(alerts, ALERT, 1);
    await withdrawAlert(alerts, ALERT.id, 2);
    expect(await run()).toMatchObject({ topic: 'nothing new' });
  });

  it('is nothing of an alert that an approval covers', async () => {
    await putAlert(alerts, { ...ALERT, approved: 'high' } as Alert, 1);
    expect(await run()).toMatchObject({ topic: 'nothing new' });
  });

  it('is nothing of an alert that somebody closed first', async () => {
    await putAlert(alerts, ALERT, 1);
    await setStatus('closed');
    expect(await run()).toMatchObject({ topic: 'nothing new' });
  });

  it('is a rise of an alert that somebody acknowledged when it was less', async () => {
    await putAlert(alerts, ALERT, 1);
    await run();
    await setStatus('acknowledged');
    await putAlert(alerts, { ...ALERT, severity: 'critical' }, 2);
    expect(await run()).toMatchObject({ topic: 'sent' });
  });

  it('is left to the digest when the alert was old before anybody heard of it', async () => {
    await putAlert(alerts, ALERT, 1);
    clock.time = Date.parse(ALERT.time) + DAY_MS + 1;
    expect(await run()).toMatchObject({ topic: 'later' });
    expect(topic.sent).toEqual([]);
  });

  it('is a rise at once, however old the alert', async () => {
    await putAlert(alerts, ALERT, 1);
    await run();
    clock.time += 30 * DAY_MS;
    await putAlert(alerts, { ...ALERT, severity: 'critical' }, 2);
    expect(await run()).toMatchObject({ topic: 'sent' });
  });

  it('is nothing when there is no such alert', async () => {
    expect(await run()).toEqual({});
  });
});

describe('a channel', () => {
  it('hears from its own least severity on', async () => {
    await putAlert(alerts, ALERT, 1);
    expect(await run()).toEqual({ topic: 'sent', 'slack-C0EXAMPLE': 'nothing new' });
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 2);
    expect(await run()).toEqual({ topic: 'sent', 'slack-C0EXAMPLE': 'sent' });
  });

  it('is not told that an alert has risen when it never heard of it', async () => {
    await putAlert(alerts, ALERT, 1);
    await run();
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 2);
    await run();
    expect(slack.sent.map(({ subject }) => subject)).toEqual(['Ringer: high, impossible-travel (01234567)']);
  });

  it('that fails does not keep another from its message, and is asked again alone', async () => {
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
    slack.failures.push(new Error('down'));
    await expect(run()).rejects.toMatchObject({ code: 'STORE_FAILED', retryable: true });
    expect([topic.sent.length, slack.sent.length, failed]).toEqual([1, 0, ['slack-C0EXAMPLE']]);
    await run();
    expect([topic.sent.length, slack.sent.length]).toEqual([1, 1]);
  });

  it('that fails for good is left to the sweep, so that the records behind need not wait', async () => {
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
    slack.failures.push(new RingerError('SOURCE_DENIED', 'no webhook'));
    expect(await run()).toEqual({ topic: 'sent', 'slack-C0EXAMPLE': 'later' });
    expect(failed).toEqual(['slack-C0EXAMPLE']);
  });

  it('that failed is left alone for a while', async () => {
    const tired = restingAfterFailure(slack, clock);
    slack.failures.push(new Error('down'));
    const message = { send: () => tired.send(topic.sent[0] as never) };
    await expect(message.send()).rejects.toThrow('down');
    await expect(message.send()).rejects.toMatchObject({ retryable: true });
    expect(slack.sent).toHaveLength(0);
    clock.time += 20_000;
    await message.send();
    expect(slack.sent).toHaveLength(1);
  });

  it('that says no is not left alone: it may take the next message', async () => {
    const open = restingAfterFailure(slack, clock);
    slack.failures.push(new RingerError('SOURCE_DENIED', 'answered 400'));
    await expect(open.send(topic.sent[0] as never)).rejects.toMatchObject({ retryable: false });
    await open.send(topic.sent[0] as never);
    expect(slack.sent).toHaveLength(1);
  });

  it('for people in question is told no names', async () => {
    await putAlert(alerts, ALERT, 1);
    const open = testChannel('slack-C0OPEN', { detail: 'minimal' });
    await run({ channels: [open] });
    expect(JSON.stringify(open.sent)).not.toMatch(/ada\.|Novak/i);
  });
});

describe('a flood', () => {
  async function tell(numbers: readonly number[], over: Partial<Alert> = {}): Promise<readonly unknown[]> {
    const outcomes: unknown[] = [];
    for (const number of numbers) {
      const alert = alertNumber(number, over);
      await putAlert(alerts, alert, 1);
      outcomes.push((await notify(alert.id, notifying()))['topic']);
    }
    return outcomes;
  }
  const tooMany = Array.from({ length: FLOOD.most + 2 }, (_, index) => index + 1);

  it('is sent as far as a channel can bear it; the rest is left to the digest', async () => {
    expect((await tell(tooMany)).slice(-3)).toEqual(['sent', 'later', 'later']);
  });

  it('of small alerts does not hold a critical one back', async () => {
    await tell(tooMany);
    expect(await tell([99], { severity: 'critical' })).toEqual(['sent']);
  });

  it('is over in the next hour', async () => {
    await tell(tooMany);
    clock.time += HOUR_MS;
    expect(await tell([99])).toEqual(['sent']);
  });
});

describe('what is recorded', () => {
  it('is kept by channel', async () => {
    await recordTold(alerts, ALERT.id, 'topic', 'high', NOW);
    expect([...(await findTold(alerts, ALERT.id))]).toEqual([['topic', 'high']]);
  });

  it('never sinks', async () => {
    await recordTold(alerts, ALERT.id, 'topic', 'high', NOW);
    expect(await recordTold(alerts, ALERT.id, 'topic', 'medium', NOW)).toBe(false);
    expect((await findTold(alerts, ALERT.id)).get('topic')).toBe('high');
  });
});
