import type { Alert } from '../../lib/core/alerts/alert.ts';
import type { AlertMessage } from '../../lib/pipeline/alert-message.ts';
import { notify, type Notifying } from '../../lib/pipeline/notify.ts';
import { putAlert, withdrawAlert } from '../../lib/stores/alerts.ts';
import { openTable, type Table } from '../../lib/stores/table.ts';
import { TestClock } from '../support/clock.ts';
import { LocalAws } from '../support/local-aws.ts';

const aws = new LocalAws();
let alerts: Table;
let tables = 0;
let sent: AlertMessage[];

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  alerts = openTable(await aws.createTable(`notify-${tables++}`));
  sent = [];
});

const ALERT: Alert = {
  schemaVersion: 1,
  id: '0123456789abcdef0123456789abcdef',
  detection: 'impossible-travel',
  family: 'geolocation',
  title: 'Impossible travel',
  severity: 'medium',
  confidence: 'high',
  subject: { kind: 'person', id: 'ada.novak@example.com', name: 'Ada\r\nBcc: eve@example.net' },
  related: [],
  time: '2026-11-02T12:00:00.000Z',
  firstSeen: '2026-11-02T12:00:00.000Z',
  lastSeen: '2026-11-02T12:00:00.000Z',
  count: 2,
  status: 'open',
  summary: 'Signed in from two places.',
  why: [],
  benign: [],
  next: [],
  evidence: [],
  attack: [],
};

function run(over: Partial<Notifying> = {}): ReturnType<typeof notify> {
  const publish = (message: AlertMessage): Promise<void> => {
    sent.push(message);
    return Promise.resolve();
  };
  return notify(ALERT.id, { alerts, topic: { publish }, clock: new TestClock(0), from: 'medium', ...over });
}

it('tells of a new alert once', async () => {
  await putAlert(alerts, ALERT, 1);
  expect([await run(), await run()]).toEqual(['sent', 'nothing new']);
  expect(sent).toHaveLength(1);
});

it('tells again when the alert has become more urgent', async () => {
  await putAlert(alerts, ALERT, 1);
  await run();
  await putAlert(alerts, { ...ALERT, severity: 'critical' }, 2);
  expect(await run()).toBe('sent');
});

it('is silent when the alert only grew', async () => {
  await putAlert(alerts, ALERT, 1);
  await run();
  await putAlert(alerts, { ...ALERT, count: 3 }, 2);
  expect(await run()).toBe('nothing new');
});

it('is silent when the alert became less urgent and rose to where it was', async () => {
  await putAlert(alerts, { ...ALERT, severity: 'high' }, 1);
  await run();
  await putAlert(alerts, ALERT, 2);
  await run();
  await putAlert(alerts, { ...ALERT, severity: 'high' }, 3);
  expect(await run()).toBe('nothing new');
});

it('is silent below the least severity anybody wants', async () => {
  await putAlert(alerts, { ...ALERT, severity: 'low' }, 1);
  expect(await run()).toBe('nothing new');
});

it('is silent about an alert that no longer stands', async () => {
  await putAlert(alerts, ALERT, 1);
  await withdrawAlert(alerts, ALERT.id, 2);
  expect(await run()).toBe('nothing new');
});

it('tries again when the topic failed', async () => {
  await putAlert(alerts, ALERT, 1);
  await expect(run({ topic: { publish: () => Promise.reject(new Error('no topic')) } })).rejects.toThrow(
    'no topic',
  );
  expect(await run()).toBe('sent');
});

it('has no vendor’s text in the subject line', async () => {
  await putAlert(alerts, ALERT, 1);
  await run();
  expect(sent[0]?.subject).toBe('Ringer: medium, impossible-travel (01234567)');
});
