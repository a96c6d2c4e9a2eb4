import type { Alert } from '../../lib/core/alerts/alert.ts';
import { messageOfAlert } from '../../lib/core/alerts/message.ts';
import { openSlack } from '../../lib/pipeline/alert-slack.ts';
import { textsOf } from '../../lib/pipeline/alert-topic.ts';
import type { NotifyChannel } from '../../lib/pipeline/notify-channel.ts';
import { ALERT } from '../support/alerts.ts';
import { TestClock } from '../support/clock.ts';
import { FakeSlack } from '../support/fake-slack.ts';

describe('Slack', () => {
  const message = messageOfAlert(ALERT, 'full');
  let slack: FakeSlack;
  let url: string;
  let clock: TestClock;

  beforeEach(async () => {
    slack = new FakeSlack();
    url = await slack.start();
    clock = new TestClock(0);
  });
  afterEach(() => slack.stop());

  function channel(secret: () => Promise<string> = () => Promise.resolve(url)): NotifyChannel {
    const settings = { id: 'slack-C0EXAMPLE', minimum: 'high', detail: 'full' } as const;
    return openSlack({ url: secret, transport: fetch, clock }, settings);
  }

  it('is sent blocks, and a text for notifications', async () => {
    await channel().send(message);
    expect(slack.received[0]?.text).toBe('Ringer: medium, impossible-travel (01234567)');
    expect(slack.received[0]?.blocks.length).toBeGreaterThan(3);
  });

  it('is waited for when it asks for a moment', async () => {
    slack.next.push(429);
    await channel().send(message);
    expect([clock.slept, slack.received.length]).toEqual([[1_000], 1]);
  });

  it('is given up for now when it keeps asking', async () => {
    slack.next.push(429, 429, 429);
    await expect(channel().send(message)).rejects.toMatchObject({ retryable: true });
  });

  it('may pass when it has a fault', async () => {
    slack.next.push(503);
    await expect(channel().send(message)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      retryable: true,
    });
  });

  it('does not pass by itself when the webhook is gone', async () => {
    slack.next.push(404);
    await expect(channel().send(message)).rejects.toMatchObject({ code: 'SOURCE_DENIED', retryable: false });
  });

  it('is asked for its URL again when the webhook is gone', async () => {
    let asked = 0;
    const open = channel(() => {
      asked++;
      return Promise.resolve(url);
    });
    slack.next.push(404);
    await open.send(message).catch(() => undefined);
    await open.send(message);
    await open.send(message);
    expect(asked).toBe(2);
  });

  it('is not followed elsewhere', async () => {
    slack.next.push(302);
    await expect(channel().send(message)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('may pass when it does not answer, and the URL is in no error', async () => {
    slack.next.push('hang');
    const failure = await channel()
      .send(message)
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ retryable: true });
    expect(JSON.stringify([String(failure), (failure as Error).cause])).not.toContain('services');
  });

  it('is sent nothing without encryption', async () => {
    const open = channel(() => Promise.resolve('http://hooks.example.com/services/T/B/x'));
    await expect(open.send(message)).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  });
});

describe('the topic', () => {
  const message = messageOfAlert(ALERT, 'full');

  it('has the alert as the contract has it for programs', () => {
    expect(JSON.parse(textsOf(message, 'full', { ...ALERT, approved: false } as Alert).default)).toEqual(
      ALERT,
    );
  });

  it('has nobody’s name where little is to be told', () => {
    const texts = textsOf(messageOfAlert(ALERT, 'minimal'), 'minimal', ALERT);
    expect(JSON.stringify(texts)).not.toMatch(/ada\.|Novak/i);
  });

  it.each(['x', '"', '\\', '€', '👩', '<', '\u0000', '\ud800'])(
    'fits into a message however long and of whatever characters (%j) an alert is',
    (character) => {
      const long = character.repeat(10_000);
      const evidence = {
        ...ALERT.evidence[0]!,
        eventId: long,
        what: long,
        ip: long,
        place: long,
        network: long,
      };
      const huge: Alert = {
        ...ALERT,
        summary: long,
        subject: { kind: 'person', id: long, name: long },
        why: Array.from({ length: 12 }, () => long),
        benign: Array.from({ length: 12 }, () => long),
        next: Array.from({ length: 12 }, () => long),
        related: Array.from({ length: 200 }, () => ({ kind: 'person', id: long })),
        evidence: Array.from({ length: 50 }, () => evidence),
      };
      const texts = textsOf(messageOfAlert(huge, 'full'), 'full', huge);
      expect(Buffer.byteLength(JSON.stringify(texts))).toBeLessThan(250_000);
    },
  );
});
