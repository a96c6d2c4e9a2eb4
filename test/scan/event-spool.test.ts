import type { SourceEvent } from '../../lib/core/events/index.ts';
import { EventSpool } from '../../lib/scan/event-spool.ts';
import { NOON, signIn } from '../support/people-and-places.ts';

const people = Array.from({ length: 40 }, (_, n) => `p${n}@example.com`);
const events = Array.from({ length: 60_000 }, (_, n) =>
  signIn({ at: NOON + n, uid: `e${n}`, address: people[n % people.length] ?? '', ip: '203.0.113.7' }),
);

function collected(spool: EventSpool): Map<string, readonly string[]> {
  for (const event of events) spool.add(event);
  const groups = spool.groups(
    (event) => ({ kind: 'person', id: event.actor?.address ?? '' }),
    (event) => event,
  );
  return new Map(
    [...groups.each()].map(({ subject, events: own }) => [
      subject.id,
      own.map((event: SourceEvent | { uid: string }) => event.uid),
    ]),
  );
}

describe('the spool', () => {
  it('gives back on disk what it gives back in memory', () => {
    const [inMemory, onDisk] = [new EventSpool(), new EventSpool(0)];
    try {
      const expected = collected(inMemory);
      expect(expected.size).toBe(people.length);
      expect([...expected.values()].flat()).toHaveLength(events.length);
      expect(collected(onDisk)).toEqual(expected);
    } finally {
      inMemory.close();
      onDisk.close();
    }
  });
});
