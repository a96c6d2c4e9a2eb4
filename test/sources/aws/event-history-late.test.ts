/** Whatever runs end when, and whatever is listed late: as long as that is within the overlap, no event is lost. */
import fc from 'fast-check';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../lib/core/time.ts';
import { instancesDescribed } from '../../../lib/simulator/aws/records.ts';
import type { RawRecord } from '../../../lib/sources/source.ts';
import { BOTH, LiveAws, NOW, OTHER, OWN } from './live.ts';

const PLACES = [OWN, OTHER];
const SPAN_SECONDS = (1 * HOUR_MS) / SECOND_MS;
const LATEST_SECONDS = (30 * MINUTE_MS) / SECOND_MS;

/** Events of a minute or less, some hundred of them, each listed by itself. */
const burst = fc.record({
  place: fc.constantFrom(...PLACES),
  startSeconds: fc.nat(SPAN_SECONDS),
  count: fc.integer({ min: 40, max: 180 }),
  aSecond: fc.integer({ min: 1, max: 60 }),
  lateSeconds: fc.array(fc.oneof(fc.nat(LATEST_SECONDS), fc.constantFrom(0, LATEST_SECONDS)), {
    minLength: 1,
    maxLength: 5,
  }),
});

/** A run: how long after the one before, how much time it has, and whether what it gave last got lost with it. */
const run = fc.record({
  afterMs: fc.integer({ min: SECOND_MS, max: 20 * MINUTE_MS }),
  forMs: fc.integer({ min: SECOND_MS / 2, max: 2 * SECOND_MS }),
  dies: fc.boolean(),
});

it('loses no event', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(burst, { minLength: 1, maxLength: 8 }),
      fc.array(run, { minLength: 1, maxLength: 12 }),
      async (bursts, runs) => {
        const aws = new LiveAws({ lookupsASecond: Infinity });
        await aws.start();
        try {
          const all = new Set<string>();
          for (const [index, { place, startSeconds, count, aSecond, lateSeconds }] of bursts.entries()) {
            for (let event = 0; event < count; event++) {
              const id = `${index}-${event}`;
              const time = NOW + (startSeconds + Math.floor(event / aSecond)) * SECOND_MS;
              const listed = time + (lateSeconds[event % lateSeconds.length] ?? 0) * SECOND_MS;
              const call = { ...place, id, time, user: 'ana.silva', ip: '198.51.100.23' };
              aws.fake.addEvent(place, instancesDescribed(call), listed);
              all.add(id);
            }
          }
          const safe = new Set<string>();
          let cursor: unknown = Object.fromEntries(
            PLACES.map(({ account, region }) => [`${account}/${region}`, { until: NOW }]),
          );
          const collect = async (forMs: number, dies: boolean): Promise<void> => {
            const { pages, thrown } = await aws.run(BOTH, 'cloudtrail', cursor, aws.clock.now() + forMs);
            if (thrown !== undefined) throw thrown as Error;
            for (const { records, ...page } of dies ? pages.slice(0, -1) : pages) {
              for (const record of records) safe.add((record as RawRecord)['EventId'] as string);
              ({ cursor } = page);
            }
          };
          for (const { afterMs, forMs, dies } of runs) {
            aws.clock.time += afterMs;
            await collect(forMs, dies);
          }
          // Once everything is listed, runs that end early still come to the end.
          aws.clock.time = Math.max(aws.clock.time, NOW + 3 * HOUR_MS);
          const end = aws.clock.time;
          while (Object.values(cursor as Record<string, { until: number }>).some(({ until }) => until < end))
            await collect(3 * SECOND_MS, false);
          expect([...all].filter((id) => !safe.has(id))).toEqual([]);
        } finally {
          await aws.fake.stop();
        }
      },
    ),
    { numRuns: 40 },
  );
});
