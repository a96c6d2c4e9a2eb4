import * as fc from 'fast-check';
import type { Alert } from '../../../lib/core/alerts/alert.ts';
import { CHAT_LIMITS, chatMessage } from '../../../lib/core/alerts/chat-message.ts';
import { digestMessage } from '../../../lib/core/alerts/digest-message.ts';
import { emailOfAlert, emailText } from '../../../lib/core/alerts/email-text.ts';
import { messageOfAlert, type Detail, type Message } from '../../../lib/core/alerts/message.ts';
import { escaped, quoted } from '../../../lib/core/alerts/quoted.ts';
import { SLACK_LIMITS, slackMessage } from '../../../lib/core/alerts/slack-message.ts';
import { weeklyMessage } from '../../../lib/core/alerts/weekly-message.ts';
import { ALERT } from '../../support/alerts.ts';

const ATTACKS = [
  '<!channel>',
  '<!here|here>',
  '<@U0123ABCD>',
  '<#C0123ABCD>',
  '<!subteam^S0123ABCD>',
  '<https://evil.example.net|click>',
  'https://evil.example.net/?a=1&b=2',
  'www.evil.example.net',
  '*bold* _italic_ ~struck~',
  '`code` ```fence```',
  '```\n<!channel>\n```',
  '[click](https://evil.example.net)',
  'line one\r\nBcc: eve@example.net\r\n\r\nbody',
  '\u202egnp.exe\u2066',
  '\u200b\u200d\ufeff',
  '👩‍💻🏴‍☠️🇳🇴',
  '\ud800 half a pair',
  ':rotating_light: @channel @here',
  '&lt;!channel&gt;',
  '&&&&',
];

const hostile = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.constantFrom(...ATTACKS).map((attack) => attack.repeat(1 + Math.floor(10_000 / attack.length))),
  fc.array(fc.constantFrom(...ATTACKS, ' ', 'a'), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 2_000 }),
);
const hostiles = fc.array(hostile, { maxLength: 12 });
const evidence = fc.array(
  fc.record({
    source: fc.constant('okta'),
    feed: fc.constant('system-log'),
    eventId: hostile,
    time: fc.constant(ALERT.time),
    what: hostile,
    ip: hostile,
    place: hostile,
    network: hostile,
  }),
  { maxLength: 50 },
);
const alerts: fc.Arbitrary<Alert> = fc.record({
  schemaVersion: fc.constant(1 as const),
  id: fc.constantFrom(ALERT.id, 'ffffffffffffffffffffffffffffffff'),
  detection: fc.oneof(fc.constant(ALERT.detection), hostile),
  family: fc.constant(ALERT.family),
  title: fc.oneof(fc.constant(ALERT.title), hostile),
  severity: fc.constantFrom('informational', 'low', 'medium', 'high', 'critical'),
  confidence: fc.constant('high'),
  subject: fc.record({ kind: fc.constant('person'), id: hostile, name: hostile }),
  related: fc.array(fc.record({ kind: fc.constant('person'), id: hostile }), { maxLength: 200 }),
  time: fc.constant(ALERT.time),
  firstSeen: fc.constant(ALERT.firstSeen),
  lastSeen: fc.constant(ALERT.lastSeen),
  count: fc.nat(),
  status: fc.constant('open'),
  summary: hostile,
  why: hostiles,
  benign: hostiles,
  next: hostiles,
  evidence,
  attack: fc.constant(ALERT.attack),
});
const details = fc.constantFrom<Detail>('full', 'minimal');
const messages: fc.Arbitrary<Message> = fc.oneof(
  fc.tuple(alerts, details).map(([alert, detail]) => messageOfAlert(alert, detail)),
  fc.tuple(alerts, details).map(([alert, detail]) => messageOfAlert(alert, detail, 'low')),
  fc
    .tuple(fc.array(alerts, { minLength: 1, maxLength: 5 }), details)
    .map(([some, detail]) => digestMessage('flood', some, detail)),
  fc.tuple(hostile, hostile).map(([connection, list]) =>
    weeklyMessage({
      end: Date.parse(ALERT.time),
      feeds: [{ connection, feed: 'system-log', everyMs: 60_000, records: 0, gaps: [] }],
      open: [],
      lists: [{ name: list, refreshed: 0 }],
    }),
  ),
);

/** Every text of a rendering, wherever it is. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function check(property: (message: Message) => void): void {
  fc.assert(fc.property(messages, property), { numRuns: 60 });
}

describe('whatever vendors’ texts say', () => {
  it('no angle bracket or ampersand reaches a chat unescaped, so that nobody is mentioned', () => {
    check((message) => {
      for (const text of [...textsIn(slackMessage(message)), ...textsIn(chatMessage(message))]) {
        expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      }
    });
  });

  it('no link is sent', () => {
    check((message) => {
      const texts = [...textsIn(slackMessage(message)), ...textsIn(chatMessage(message)), emailText(message)];
      for (const text of texts) expect(text).not.toMatch(/:\/\/|\bwww\.(?=\w)/i);
    });
  });

  it('no steering character and no half of a pair is sent', () => {
    check((message) => {
      for (const text of [
        ...textsIn(slackMessage(message)),
        ...textsIn(chatMessage(message)),
        emailText(message),
      ]) {
        expect(text).not.toMatch(/[\p{Bidi_Control}\u200b-\u200d\u2028\u2029\ufeff]|(?!\n)\p{Cc}/u);
        expect(text.isWellFormed()).toBe(true);
      }
    });
  });

  it('Slack is given plain text where it could read mark-up, except for our own headings', () => {
    check((message) => {
      for (const { text } of slackMessage(message).blocks) {
        if (text.type === 'mrkdwn') expect(text.text).toMatch(/^\*[A-Z][\w ]+\*$/);
        else expect(text.emoji).toBe(false);
      }
    });
  });

  it('Slack’s limits hold, and no block is empty', () => {
    check((message) => {
      const { blocks } = slackMessage(message);
      expect(blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
      for (const { type, text } of blocks) {
        expect(text.text.length).toBeLessThanOrEqual(SLACK_LIMITS[type]);
        expect(text.text.trim()).not.toBe('');
      }
      expect(blocks.reduce((sum, { text }) => sum + text.text.length, 0)).toBeLessThanOrEqual(9_500);
    });
  });

  it('Amazon Q is given vendors’ texts in one block of code, which they cannot leave', () => {
    check((message) => {
      const { title, description } = chatMessage(message).content;
      expect(description).toMatch(/^```\n[^`]*\n```$/);
      expect(description.length).toBeLessThanOrEqual(CHAT_LIMITS.description);
      expect(title).not.toMatch(/[*_~`[\]|\\]/);
      expect(title.length).toBeLessThanOrEqual(CHAT_LIMITS.title);
    });
  });

  it('the subject is ASCII and shorter than 100', () => {
    check(({ subject }) => expect(subject).toMatch(/^Ringer: [\x20-\x7e]{1,91}$/));
  });

  it('the text of an e-mail has no line of its own by a vendor', () => {
    fc.assert(
      fc.property(alerts, (alert) => {
        const lines = emailOfAlert(alert).split('\n');
        expect(lines.filter((line) => /^\S/.test(line) && !line.startsWith(` ${alert.severity}`))).toEqual(
          [],
        );
        expect(lines.join('\n')).not.toMatch(/:\/\/|\r/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a message that people in question may read', () => {
  const secret = { ...ALERT, subject: { kind: 'person', id: 'SECRET-id', name: 'SECRET-name' } } as const;
  const alert: Alert = {
    ...secret,
    summary: 'SECRET',
    why: ['SECRET'],
    next: ['SECRET'],
    benign: ['SECRET'],
    related: [{ kind: 'person', id: 'SECRET' }],
    evidence: [{ ...ALERT.evidence[0]!, what: 'SECRET', ip: 'SECRET' }],
  };

  it('names the severity, the detection and a short id, and nobody', () => {
    const message = messageOfAlert(alert, 'minimal');
    const all = JSON.stringify([message, slackMessage(message), chatMessage(message), emailText(message)]);
    expect(all).not.toMatch(/SECRET|0123456789/);
    expect(message.title).toBe('Medium: Impossible travel');
    expect(message.subject).toBe('Ringer: medium, impossible-travel (01234567)');
  });

  it('names nobody when many alerts come as one', () => {
    expect(JSON.stringify(digestMessage('flood', [alert], 'minimal'))).not.toContain('SECRET');
  });
});

describe('an alert', () => {
  it('says what it was when it has risen', () => {
    const message = messageOfAlert({ ...ALERT, severity: 'critical' }, 'full', 'medium');
    expect(message.subject).toBe('Ringer: critical (was medium), impossible-travel (01234567)');
  });

  it('says who, why, what else it may be and what to check', () => {
    expect(messageOfAlert(ALERT, 'full').sections.map(({ heading }) => heading)).toEqual([
      undefined,
      'Why',
      'Innocent if',
      'Check',
      'Evidence',
      undefined,
    ]);
  });

  it('goes on in the same thread when it rises', () => {
    const [before, after] = [ALERT, { ...ALERT, severity: 'high' as const }].map((alert) =>
      chatMessage(messageOfAlert(alert, 'full')),
    );
    expect(after?.metadata.threadId).toBe(before?.metadata.threadId);
    expect(after?.id).not.toBe(before?.id);
  });
});

describe('a digest', () => {
  const some = [
    { ...ALERT, id: 'a'.repeat(32) },
    { ...ALERT, id: 'b'.repeat(32), severity: 'critical' as const },
    { ...ALERT, id: 'c'.repeat(32), detection: 'mouse-jiggler', title: 'Mouse jiggler' },
  ];

  it('counts by detection', () => {
    expect(digestMessage('backlog', some, 'full').sections[0]?.lines).toEqual([
      '2 × Impossible travel, worst critical',
      '1 × Mouse jiggler, worst medium',
    ]);
  });

  it('lists the worst first', () => {
    expect(digestMessage('backlog', some, 'full').sections[1]?.lines[0]).toMatch(
      /^critical: .*\(bbbbbbbb\)$/,
    );
  });

  it('lists twenty and counts the rest', () => {
    const many = Array.from({ length: 31 }, () => ALERT);
    const { lines } = digestMessage('backlog', many, 'full').sections[1]!;
    expect([lines.length, lines.at(-1)]).toEqual([21, 'and 11 more']);
  });

  it('says how many and how bad in its subject', () => {
    expect(digestMessage('backlog', some, 'full').subject).toBe(
      'Ringer: what the last 14 days show: 3 alerts, worst critical',
    );
  });

  it('is for whoever wants any of the severities in it', () => {
    expect(digestMessage('flood', some, 'full').severities).toEqual(['medium', 'critical']);
  });
});

describe('the weekly message', () => {
  const HOUR = 3_600_000;
  const end = Date.UTC(2026, 10, 2, 7);
  const READING = { connection: 'main', feed: 'users', everyMs: 60_000, records: 0, gaps: [] };

  it('comes also when there is nothing to say', () => {
    const message = weeklyMessage({ end, feeds: [], open: [], lists: [] });
    expect(message.subject).toBe('Ringer: week to 2026-11-02, 0 of 0 feeds blind, 0 open alerts');
    expect(message.sections.every(({ lines }) => lines.length > 0)).toBe(true);
  });

  it('says which feeds are blind, and for how long', () => {
    const feeds = [
      { ...READING, feed: 'system-log', lastRead: end - 60_000 },
      { ...READING, lastRead: end - 5 * HOUR },
      { ...READING, connection: 'acquired' },
    ];
    expect(weeklyMessage({ end, feeds, open: [] }).sections[1]?.lines).toEqual([
      'main/users: nothing read for 5 h',
      'acquired/users: nothing was ever read',
    ]);
  });

  it('says which feeds were blind in the week, and until when', () => {
    const gaps = [
      { from: end - 90 * HOUR, to: end - 87 * HOUR },
      { from: end - 50 * HOUR, to: end - 49.5 * HOUR },
    ];
    const feeds = [
      { ...READING, gaps, lastRead: end },
      { ...READING, feed: 'devices', everyMs: 6 * HOUR, gaps, lastRead: end },
    ];
    expect(weeklyMessage({ end, feeds, open: [] }).sections[1]?.lines).toEqual([
      'main/users: nothing read for 3 h, until 2026-10-29 16:00 UTC',
    ]);
  });

  it('says what was read, and how old the newest of it is', () => {
    const feeds = [
      { ...READING, records: 12_345, lastRead: end - 60_000, lastArrived: end - 2 * HOUR },
      { ...READING, feed: 'devices', lastRead: end },
    ];
    expect(weeklyMessage({ end, feeds, open: [] }).sections[0]?.lines).toEqual([
      'main/users: 12345 records, the newest 2 h ago; read 1 min ago',
      'main/devices: 0 records, nothing ever came; read 0 s ago',
    ]);
  });

  it('gives a slow feed three turns before it calls it blind', () => {
    const feed = { ...READING, everyMs: 24 * HOUR };
    const at = (hours: number) => [{ ...feed, lastRead: end - hours * HOUR }];
    expect(weeklyMessage({ end, feeds: at(71), open: [] }).title).toContain('0 of 1 feed blind');
    expect(weeklyMessage({ end, feeds: at(73), open: [] }).title).toContain('1 of 1 feed blind');
  });

  it('counts open alerts by age', () => {
    const open = [
      { severity: 'high', time: end - HOUR },
      { severity: 'low', time: end - 24 * HOUR },
      { severity: 'low', time: end - 40 * 24 * HOUR },
    ] as const;
    expect(weeklyMessage({ end, feeds: [], open }).sections[2]?.lines).toEqual([
      'under a day: 1 (1 high)',
      'one day to a week: 1 (1 low)',
      'over 30 days: 1 (1 low)',
    ]);
  });

  it('says what it does not know', () => {
    const text = emailText(weeklyMessage({ end, feeds: [], open: [] }));
    expect(text).toContain('Which lists are in use is not known here yet.');
  });
});

describe('cutting', () => {
  it('never cuts an entity in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('&', '<', 'a', '👩') }),
        fc.integer({ min: 1, max: 30 }),
        (text, longest) => {
          const cut = escaped(text, longest);
          expect(cut.length).toBeLessThanOrEqual(longest);
          expect(cut.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });

  it('leaves alone what fits', () => {
    expect(quoted('exactly', 7)).toBe('exactly');
    expect(quoted('exactly', 6)).toBe('exact…');
  });
});
