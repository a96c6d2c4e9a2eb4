/** Nothing is lost, whatever comes late, and wherever runs are cut or die. */
import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { signIn } from '../../../lib/simulator/google/records.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { TestClock } from '../../support/clock.ts';
import { connect, qualifiers, readFeed, startGoogle } from './workspace.ts';

const NOW = Date.UTC(2026, 10, 2, 12);

interface Happening {
  /** Since the start. */
  readonly atMs: number;
  /** From when it happened until Google lists it. */
  readonly lateMs: number;
}

interface Run {
  readonly pauseMs: number;
  readonly requests: number;
  /** Dies after its last page, before the cursor of it is saved. */
  readonly dies: boolean;
}

/** Runs a reader over what happens, in slices, and gives the numbers of what it never read. */
async function lost(
  happenings: readonly Happening[],
  runs: readonly Run[],
  restMs: number,
): Promise<number[]> {
  const clock = new TestClock(NOW);
  const google = await startGoogle(clock, { pageRecords: 3 });
  try {
    const waiting = happenings
      .map(({ atMs, lateMs }, number) => ({ time: NOW + atMs, listed: NOW + atMs + lateMs, number }))
      .sort((a, b) => a.listed - b.listed);
    const connection = connect(google, clock, undefined, (request) => {
      clock.time += 20 * SECOND_MS;
      while ((waiting[0]?.listed ?? Infinity) <= clock.time) google.add(record(waiting.shift()));
      return fetch(request);
    });
    const read = new Set<unknown>();
    let cursor: unknown;
    for (const { pauseMs, requests, dies } of [
      ...runs,
      { pauseMs: restMs, requests: Infinity, dies: false },
    ]) {
      clock.time += pauseMs;
      const deadline = clock.time + requests * 20 * SECOND_MS;
      const pages = await readFeed(connection, 'login', cursor, deadline);
      for (const number of qualifiers(dies ? pages.slice(0, -1) : pages)) read.add(number);
      cursor = (dies ? pages.at(-2) : pages.at(-1))?.cursor ?? cursor;
    }
    return happenings.flatMap((_, number) => (read.has(String(number)) ? [] : [number]));
  } finally {
    await google.stop();
  }
}

function record(happening: { time: number; number: number } | undefined): RawRecord {
  const { time = 0, number = 0 } = happening ?? {};
  return signIn({ time, qualifier: String(number), email: 'ada.novak@example.com', ip: '192.0.2.10' });
}

function happenings(withinMs: number, latestMs: number): fc.Arbitrary<Happening[]> {
  return fc.array(
    fc.record({ atMs: fc.integer({ min: 0, max: withinMs }), lateMs: fc.integer({ min: 0, max: latestMs }) }),
    { minLength: 1, maxLength: 40 },
  );
}

function runs(longestPauseMs: number, most: number): fc.Arbitrary<Run[]> {
  return fc.array(
    fc.record({
      pauseMs: fc.integer({ min: MINUTE_MS, max: longestPauseMs }),
      requests: fc.integer({ min: 1, max: 30 }),
      dies: fc.boolean(),
    }),
    { minLength: most / 2, maxLength: most },
  );
}

it('loses nothing that is listed up to half an hour late', async () => {
  await fc.assert(
    fc.asyncProperty(happenings(4 * HOUR_MS, 30 * MINUTE_MS), runs(40 * MINUTE_MS, 8), async (all, some) => {
      // The last run starts long after everything, but in no time for a sweep to find what the others lost.
      expect(await lost(all, some, 5 * HOUR_MS)).toEqual([]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

it('loses nothing that is listed up to half a day late', async () => {
  await fc.assert(
    fc.asyncProperty(happenings(40 * HOUR_MS, 12 * HOUR_MS), runs(3 * HOUR_MS, 40), async (all, some) => {
      expect(await lost(all, some, 80 * HOUR_MS)).toEqual([]);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});
