import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { ALERT_SORT } from '../../lib/config/names.ts';
import { RingerError } from '../../lib/core/errors.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/core/time.ts';
import { notifyMissed } from '../../lib/pipeline/notify-missed.ts';
import { FLOOD, notify, type Notifying } from '../../lib/pipeline/notify.ts';
import { noteLists } from '../../lib/stores/noted-lists.ts';
import { sendWeek } from '../../lib/pipeline/digest-weekly.ts';
import { putAlert } from '../../lib/stores/alerts.ts';
import { saveCursor, takeLease } from '../../lib/stores/cursors.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
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
let tables = 0;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  alerts = openTable(await aws.createTable(`alerts-${tables}`));
  ledger = openTable(await aws.createTable(`ledger-${tables++}`));
  topic = testChannel('topic');
  slack = testChannel('slack-C0EXAMPLE', { minimum: 'high' });
  clock = new TestClock(NOW);
});

function run(): Notifying {
  return { alerts, ledger, channels: [topic, slack], clock, failed: () => undefined };
}
async function putMany(count: number, over: Partial<typeof ALERT> = {}): Promise<void> {
  for (let number = 1; number <= count; number++) await putAlert(alerts, alertNumber(number, over), 1);
}

describe('the sweep', () => {
  it('sends an alert whose record the stream lost', async () => {
    await putAlert(alerts, ALERT, 1);
    await notifyMissed(run());
    expect(topic.sent.map(({ subject }) => subject)).toEqual([
      'Ringer: medium, impossible-travel (01234567)',
    ]);
  });

  it('sends nothing that was sent', async () => {
    await putAlert(alerts, ALERT, 1);
    await notify(ALERT.id, run());
    await notifyMissed(run());
    expect(topic.sent).toHaveLength(1);
  });

  it('sends a rise whose record the stream lost', async () => {
    await putAlert(alerts, ALERT, 1);
    await notify(ALERT.id, run());
    await putAlert(alerts, { ...ALERT, severity: 'critical' }, 2);
    await notifyMissed(run());
    expect([topic.sent.length, slack.sent.length]).toEqual([2, 1]);
  });

  it('makes one digest of what a first look back found', async () => {
    await putMany(30);
    clock.time = Date.parse(ALERT.time) + 3 * DAY_MS;
    await notifyMissed(run());
    expect(topic.sent.map(({ subject }) => subject)).toEqual([
      'Ringer: what the last 14 days show: 30 alerts, worst medium',
    ]);
  });

  it('makes no digest twice', async () => {
    await putMany(3);
    clock.time = Date.parse(ALERT.time) + 3 * DAY_MS;
    await notifyMissed(run());
    await notifyMissed(run());
    expect(topic.sent).toHaveLength(1);
  });

  it('makes one digest of what a flood left over', async () => {
    await putMany(FLOOD.most + 1);
    expect(await notifyMissed(run())).toMatchObject({ topic: { digested: FLOOD.most + 1, sent: 0 } });
    expect(topic.sent.map(({ subject }) => subject)).toEqual([
      'Ringer: many alerts at once: 11 alerts, worst medium',
    ]);
  });

  it('gives each channel what it wants', async () => {
    await putMany(3);
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
    clock.time = Date.parse(ALERT.time) + 3 * DAY_MS;
    await notifyMissed(run());
    expect([topic, slack].map(({ sent }) => sent[0]?.title)).toEqual([
      'What the last 14 days show: 4 alerts, worst high',
      'What the last 14 days show: 1 alert, worst high',
    ]);
  });

  it('goes on with the other channels when one fails, and comes back to it', async () => {
    await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
    slack.failures.push(new Error('down'));
    expect(await notifyMissed(run())).toMatchObject({
      topic: { sent: 1 },
      'slack-C0EXAMPLE': { failed: true },
    });
    await notifyMissed(run());
    expect([topic.sent.length, slack.sent.length]).toEqual([1, 1]);
  });

  it('sends the others when a channel takes one of them never', async () => {
    await putMany(3);
    topic.failures.push(new RingerError('SOURCE_DENIED', 'answered 400'));
    expect(await notifyMissed(run())).toMatchObject({ topic: { sent: 2, failed: true } });
  });

  it('is not stopped by an item that is no alert', async () => {
    await putAlert(alerts, ALERT, 1);
    const Item = { pk: 'forged', sk: ALERT_SORT, status: 'open' };
    await alerts.client.send(new PutCommand({ TableName: alerts.name, Item }));
    expect(await notifyMissed(run())).toMatchObject({ topic: { sent: 1 } });
  });

  it('leaves an alert alone while what may explain it is on its way, and no longer', async () => {
    const awaiting = { ...ALERT, awaiting: true } as typeof ALERT;
    await putAlert(alerts, awaiting, NOW);
    clock.time = NOW + 10 * MINUTE_MS;
    await notifyMissed(run());
    expect(topic.sent).toEqual([]);
    clock.time = NOW + HOUR_MS;
    await notifyMissed(run());
    expect(topic.sent).toHaveLength(1);
  });

  it('reads more alerts than one request gives', async () => {
    // DynamoDB gives a megabyte at a time.
    await putMany(130, { summary: 'x'.repeat(20_000) });
    expect(await notifyMissed(run())).toMatchObject({ topic: { digested: 130 } });
  });
});

describe('the weekly message', () => {
  it('comes when there is nothing to report', async () => {
    expect(await sendWeek([], run())).toEqual({ sent: 2 });
    expect(topic.sent[0]?.subject).toBe('Ringer: week to 2026-11-02, 0 of 0 feeds blind, 0 open alerts');
  });

  it('says what the tables know of feeds and open alerts', async () => {
    const lease = await takeLease(ledger, { connection: 'main', feed: 'users' }, 'token', 0, 1);
    await saveCursor(ledger, lease!, 'cursor', NOW - 5 * HOUR_MS);
    await putAlert(alerts, ALERT, 1);
    await sendWeek([{ connection: 'main', feed: 'users', everyMs: HOUR_MS }], run());
    expect(topic.sent[0]?.sections.map(({ lines }) => lines[0])).toEqual([
      'No feed was read.',
      'main/users: nothing read for 5 h',
      'under a day: 1 (1 medium)',
      'Which lists are in use is not known here yet.',
    ]);
  });

  it('names lists that are old', async () => {
    await noteLists(ledger, [
      { name: 'vpn.txt', refreshed: NOW - 40 * 24 * HOUR_MS },
      { name: 'tor.txt', refreshed: NOW - HOUR_MS },
    ]);
    await sendWeek([], run());
    expect(topic.sent[0]?.sections.at(-1)).toEqual({
      heading: 'Stale lists',
      lines: ['vpn.txt: 40 days old'],
    });
  });

  it('passes every filter by severity', async () => {
    await sendWeek([], run());
    expect(topic.sent[0]?.severities).toEqual(['informational', 'low', 'medium', 'high', 'critical']);
  });
});
