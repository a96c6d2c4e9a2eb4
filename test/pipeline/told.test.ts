import type { Sighting } from '../../lib/core/events/index.ts';
import { sighting } from '../../lib/core/engine/concerned.ts';
import { newTold } from '../../lib/pipeline/told.ts';

const NINE = Date.UTC(2026, 2, 10, 9);
const TEN = Date.UTC(2026, 2, 10, 10);

function seenAt(time: number): Sighting {
  return sighting(
    { kind: 'address', id: '198.51.100.7' },
    { kind: 'person', id: 'sam.doe@example.com' },
    { type: 'sign-in', evidence: { time, source: 'okta', feed: 'system-log', uid: `at-${time}` } },
    time,
  );
}

it('tells the same only once', () => {
  const told = newTold();
  told.remember([seenAt(NINE)]);
  expect(told.untold([seenAt(NINE)])).toEqual([]);
});

it('tells again what turns out to have begun earlier in the day, and not what went on later', () => {
  const told = newTold();
  told.remember([seenAt(TEN)]);
  expect(told.untold([seenAt(NINE), seenAt(TEN)])).toEqual([seenAt(NINE)]);
});
