import { arrivalsOf, type Delivery } from '../../../bench/quality/delivery.ts';
import { deliveryResults } from '../../../bench/quality/differences.ts';
import { HOUR_MS } from '../../../lib/core/time.ts';
import { randomFrom } from '../../../lib/simulator/random.ts';
import { day, observed, seen } from './observed.ts';
import { tinyWorld } from './tiny-world.ts';

const { records } = tinyWorld({ seed: 1, people: 6, days: 3, start: 0 });

it.each<[Delivery, number]>([
  ['as-delivered', 1],
  ['shuffled', 1],
  ['late', 1],
  ['twice', 2],
])('%s loses nothing: every record comes %i times', (delivery, times) => {
  const arrivals = arrivalsOf(records, delivery, randomFrom(1));
  expect(arrivals).toHaveLength(records.length * times);
  expect(new Set(arrivals.map(({ delivered }) => delivered)).size).toBe(records.length);
});

it('late is no later than a day after it happened, and in the order of arrival', () => {
  const arrivals = arrivalsOf(records, 'late', randomFrom(1));
  const late = arrivals.map(({ delivered, arrivedAt }) => arrivedAt - delivered.at);
  expect(Math.max(...late)).toBeLessThan(24 * HOUR_MS);
  expect(Math.max(...late)).toBeGreaterThan(12 * HOUR_MS);
  const times = arrivals.map(({ arrivedAt }) => arrivedAt);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

it('shuffled is another order', () => {
  expect(arrivalsOf(records, 'shuffled', randomFrom(1)).map(({ delivered }) => delivered)).not.toEqual(
    records,
  );
});

it('counts what is missing, what is more and what says something else', () => {
  const trial = observed().trial;
  const alerts = [1, 2, 3].map((n) => seen({ detection: 'new-country', time: day(n) }));
  const [first, second, third] = alerts as [(typeof alerts)[0], (typeof alerts)[0], (typeof alerts)[0]];
  const fourth = seen({ detection: 'new-network', time: day(4) });
  const results = deliveryResults([
    observed({ alerts }),
    observed({ trial: { ...trial, delivery: 'twice' }, alerts }),
    observed({
      trial: { ...trial, delivery: 'late' },
      alerts: [first, { ...second, digest: 'otherwise' }, fourth],
    }),
  ]);
  expect(third.id).not.toBe(fourth.id);
  expect(results).toEqual([
    { delivery: 'twice', alerts: 3, missing: 0, more: 0, otherwise: 0, detections: [] },
    {
      ...{ delivery: 'late', alerts: 3, missing: 1, more: 1, otherwise: 1 },
      detections: ['new-country', 'new-network'],
    },
  ]);
});
