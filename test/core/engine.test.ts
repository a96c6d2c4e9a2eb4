import fc from 'fast-check';
import type { SourceEvent } from '../../lib/core/events/index.ts';
import { DETECTIONS } from '../../lib/core/detections/index.ts';
import type { Detection } from '../../lib/core/detections/contract.ts';
import { evaluate, newSubject, rulesFor, type SubjectState } from '../../lib/core/engine.ts';
import { NO_POLICY } from '../../lib/core/policy.ts';
import { ALL_RULES, EVERYTHING, runInBatches, runOnce } from '../support/engine.ts';
import { installed } from '../support/software.ts';
import {
  AMSTERDAM,
  CHICAGO,
  days,
  hours,
  LOS_ANGELES,
  minutes,
  MOSCOW,
  NEW_YORK,
  NOON,
  signIn,
  taken,
} from '../support/people-and-places.ts';

const PLACES = [NEW_YORK, LOS_ANGELES, MOSCOW, AMSTERDAM, CHICAGO, undefined];
const PEOPLE = ['sam.doe@example.com', 'kim.roe@example.com'];
const SPAN = days(5);

/** A few days of a few people: sign-ins anywhere, and sprees of downloads. Ids are unique; times often are not. */
const history: fc.Arbitrary<readonly SourceEvent[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: SPAN / minutes(30) }).map((slot) => NOON + slot * minutes(30)),
      person: fc.constantFrom(...PEOPLE),
      place: fc.constantFrom(...PLACES),
      source: fc.constantFrom('okta' as const, 'entra' as const),
      files: fc.constantFrom(0, 0, 0, 20, 60),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((steps) =>
    steps.flatMap(({ at, person, place, source, files }, index) => [
      signIn({ at, place, source, address: person, uid: `s${index}` }),
      ...Array.from({ length: files }, (_, n) =>
        taken({
          at: at + n * 5_000,
          object: `o${index}-${n}`,
          uid: `t${index}-${n}`,
          actor: { type: 'user', address: person },
        }),
      ),
    ]),
  );

/**
 * Delivers a history as vendors do: each event up to a day late, in batches of any size, some of them twice.
 *
 * An event is never more than a day older than the newest one before it: that is the promise the pipeline makes.
 */
function delivered(
  events: readonly SourceEvent[],
  delays: readonly number[],
  sizes: readonly number[],
  twice: readonly boolean[],
) {
  const arrivals = events.flatMap((event, index) => {
    const delay = (delays[index % delays.length] ?? 0) * hours(24);
    const again =
      twice[index % twice.length] === true ? [{ event, at: event.time + Math.max(delay, hours(20)) }] : [];
    return [{ event, at: event.time + delay }, ...again];
  });
  arrivals.sort((a, b) => a.at - b.at);
  const batches: SourceEvent[][] = [];
  for (let at = 0, turn = 0; at < arrivals.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    batches.push(arrivals.slice(at, at + size).map((arrival) => arrival.event));
    at += size;
  }
  return batches;
}

/** An inventory of up to forty devices over some days, in which a tool and a keep-awake come and become common. */
const inventory: fc.Arbitrary<readonly SourceEvent[]> = fc
  .array(
    fc.record({
      device: fc.integer({ min: 0, max: 40 }),
      day: fc.integer({ min: 0, max: 4 }),
      software: fc.constantFrom('AnyDesk', 'Caffeine', 'Notepad++', 'Notepad++'),
    }),
    { minLength: 20, maxLength: 90 },
  )
  .map((rows) =>
    rows.map(({ device, day, software }) =>
      installed(software, {
        at: NOON + days(day),
        device: `SN-${1000 + device}`,
        address: `p${device}@example.com`,
      }),
    ),
  );

describe('the engine', () => {
  it('gives the same alerts in batches when people and the organization tell each other things', () => {
    fc.assert(
      fc.property(
        inventory,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }),
        (events, delays, sizes) => {
          expect(runInBatches(delivered(events, delays, sizes, [false, true]))).toEqual(runOnce(events));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same alerts in one run, in batches, up to a day late, and doubled', () => {
    fc.assert(
      fc.property(
        history,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        (events, delays, sizes, twice) => {
          const now = NOON + SPAN + hours(1);
          const batches = delivered(events, delays, sizes, twice);
          expect(runInBatches(batches)).toEqual(runOnce(events, { now }));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives the same alerts for any order and any repetition of one run', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 2 ** 31 - 1 }), (events, seed) => {
        const shuffled = [...events, ...events.slice(0, 5)].sort(
          (a, b) => hashOf(a.uid, seed) - hashOf(b.uid, seed),
        );
        expect(runOnce(shuffled)).toEqual(runOnce(events));
      }),
      { numRuns: 100 },
    );
  });

  it('finds something in these histories, or the properties would say nothing', () => {
    const found = fc.sample(history, 40).filter((events) => runOnce(events).length > 0);
    expect(found.length).toBeGreaterThan(10);
  });

  it('withdraws an alert that a late event moves to the day before', () => {
    const midnight = NOON + hours(12);
    const from = signIn({ at: midnight - hours(1), place: NEW_YORK, uid: 'from' });
    const after = signIn({ at: midnight + minutes(30), place: MOSCOW, uid: 'after' });
    const late = signIn({ at: midnight - minutes(10), place: MOSCOW, uid: 'late' });
    expect(runInBatches([[from, after]]).map((alert) => alert.time)).toEqual([
      new Date(after.time).toISOString(),
    ]);
    expect(runInBatches([[from, after], [late]]).map((alert) => alert.time)).toEqual([
      new Date(late.time).toISOString(),
    ]);
  });

  it('evaluates an event that is more than a day late against the sealed state, and counts it', () => {
    const state = evaluateSam(newSubject(), [signIn({ at: NOON, place: NEW_YORK })], NOON + days(2)).state;
    const again = evaluateSam(state, [signIn({ at: NOON - minutes(5), place: MOSCOW })], NOON + days(2));
    expect(again.late).toBe(1);
    expect(again.alerts.map((alert) => alert.detection)).toEqual(['impossible-travel']);
  });

  it('names a detection that throws and lets the others go on', () => {
    const broken: Detection = {
      ...(DETECTIONS[0] as Detection),
      id: 'broken',
      evaluate: () => {
        throw new Error('broken');
      },
    };
    const failed: string[] = [];
    const rules = rulesFor([broken, ...DETECTIONS], {}, EVERYTHING);
    const events = [signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + 1, place: MOSCOW })];
    const { alerts } = evaluateSam(newSubject(), events, NOON + 1, rules, failed);
    expect(failed).toEqual(['broken', 'broken']);
    expect(alerts.map((alert) => alert.detection)).toEqual(['impossible-travel']);
  });

  it('names what it cannot evaluate, rather than calling it clean', () => {
    expect(rulesFor(DETECTIONS, {}, { ...EVERYTHING, places: false }).notEvaluated).toContainEqual({
      detection: 'impossible-travel',
      because: 'no places',
    });
  });

  it('moves severities as the organization says, downgrades included', () => {
    const rules = rulesFor(DETECTIONS, { 'impossible-travel': { severity: 'critical' } }, EVERYTHING);
    const events = [signIn({ at: NOON, place: NEW_YORK }), signIn({ at: NOON + 1, place: MOSCOW })];
    expect(runOnce(events, { rules })[0]?.severity).toBe('critical');
  });
});

function evaluateSam(
  state: SubjectState,
  events: readonly SourceEvent[],
  now: number,
  rules = ALL_RULES,
  failed: string[] = [],
) {
  return evaluate(
    state,
    events,
    { now, seal: true },
    {
      subject: { kind: 'person', id: 'sam.doe@example.com' },
      rules,
      policy: NO_POLICY,
      organization: { peopleCount: 1, domains: [], partnerDomains: [] },
      failed: (detection) => failed.push(detection),
      cannotTell: () => undefined,
    },
  );
}

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return hash;
}
