import { gzipSync } from 'node:zlib';
import type { Event } from '../../lib/core/events/index.ts';
import { packEvents, unpackEvents } from '../../lib/pipeline/event-message.ts';

function signIn(uid: string, address: string, userAgent?: string): Event {
  return {
    kind: 'authentication',
    activity: 'logon',
    status: 'success',
    interactive: true,
    time: 1_793_620_800_000,
    source: 'okta',
    feed: 'system-log',
    uid,
    actor: { type: 'user', address },
    ...(userAgent === undefined ? {} : { userAgent }),
  };
}

function packedByHand(message: unknown): string {
  return gzipSync(JSON.stringify(message)).toString('base64');
}

it('gives back the events that were packed', () => {
  const events = [signIn('a', 'ada@example.com'), signIn('b', 'bo@example.com')];
  expect(packEvents(events).flatMap((body) => unpackEvents(body).events)).toEqual(events);
});

it('puts the events of one person side by side', () => {
  const events = ['bo', 'ada', 'bo', 'ada'].map((name, index) =>
    signIn(String(index), `${name}@example.com`),
  );
  const [body = ''] = packEvents(events);
  expect(unpackEvents(body).events.map(({ uid }) => uid)).toEqual(['1', '3', '0', '2']);
});

it('never makes a message larger than SQS takes', () => {
  const noise = (seed: number): string =>
    Array.from({ length: 4_000 }, (_, index) =>
      String.fromCharCode(0x4e00 + ((index * seed * 7_919) % 20_000)),
    ).join('');
  const events = Array.from({ length: 250 }, (_, index) =>
    signIn(String(index), 'ada@example.com', noise(index + 1)),
  );
  const bodies = packEvents(events);
  expect(Math.max(...bodies.map((body) => body.length))).toBeLessThan(256 * 1024);
  expect(bodies.flatMap((body) => unpackEvents(body).events)).toHaveLength(250);
});

it('sends nothing when there is nothing', () => {
  expect(packEvents([])).toEqual([]);
});

it('sets aside a bad entry and keeps the rest', () => {
  const { events, bad } = unpackEvents(
    packedByHand({ version: 1, events: [{ kind: 'authentication' }, signIn('a', 'ada@example.com'), 7] }),
  );
  expect(events).toHaveLength(1);
  expect(bad.map(({ because }) => because)).toEqual(['source: expected a text', 'not an object']);
});

it.each([
  '',
  'not base64 of gzip',
  packedByHand({ version: 2, events: [] }),
  packedByHand([]),
  packedByHand({ version: 1 }),
])('refuses a message that is not one of ours', (body) => {
  expect(() => unpackEvents(body)).toThrow(/^a message/);
});
