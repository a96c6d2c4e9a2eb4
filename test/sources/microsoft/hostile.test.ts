import fc from 'fast-check';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { allFixtures, feedsOf, normalize, OBSERVED_TIME } from './records.ts';

const texts = allFixtures().map((record) => JSON.stringify(record));
const reading = { observedTime: OBSERVED_TIME };

/** A real record in which anything that JSON can hold stands in some place, or beside all others. */
const tampered = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.nat(120),
    fc.jsonValue(),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'extra'),
  )
  .map(([text, place, other, key]) => {
    let left = place;
    const grafted = JSON.parse(text, (_, value: unknown) => (left-- === 0 ? other : value)) as unknown;
    const record = typeof grafted === 'object' && grafted !== null && !Array.isArray(grafted) ? grafted : {};
    const inside = JSON.stringify(record).slice(1);
    const first = `{${JSON.stringify(key)}:${JSON.stringify(other)}`;
    return JSON.parse(inside === '}' ? `${first}}` : `${first},${inside}`) as RawRecord;
  });

describe('a record that somebody tampered with', () => {
  it('never makes a feed throw, and comes out as exactly one of three things', () => {
    fc.assert(
      fc.property(tampered, (record) => {
        for (const feed of feedsOf(record)) {
          const normalized = feed.normalize(record, reading);
          if (normalized.outcome !== 'events') {
            expect(normalized.because).not.toMatch(/^$|@/);
            continue;
          }
          for (const event of normalized.events) {
            expect(event.time).toBeGreaterThan(0);
            expect(event.uid).not.toBe('');
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never of two feeds', () => {
    fc.assert(
      fc.property(tampered, (record) => expect(feedsOf(record).length).toBeLessThan(2)),
      { numRuns: 1_000 },
    );
  });

  it('leaves prototypes alone', () => {
    for (const text of texts) {
      normalize(JSON.parse(`{"__proto__":{"polluted":1},${text.slice(1)}`) as RawRecord);
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  // A pattern that backtracks would run into the time limit of the test.
  it('is cut where it is too long', () => {
    const long = 'x'.repeat(70_000);
    for (const text of texts) {
      const record = JSON.parse(text, (key, value: unknown) =>
        typeof value === 'string' && !/time|operation|activity|type|name$|id$|key$/i.test(key)
          ? value + long
          : value,
      ) as RawRecord;
      for (const feed of feedsOf(record)) {
        expect(JSON.stringify(feed.normalize(record, reading)).length).toBeLessThan(20_000);
      }
    }
  });
});
