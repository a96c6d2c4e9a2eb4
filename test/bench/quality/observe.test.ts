import { observe } from '../../../bench/quality/observe.ts';
import type { Delivery } from '../../../bench/quality/delivery.ts';
import { playedIn, recallOf } from '../../../bench/quality/recall.ts';
import { plainResults } from '../../../bench/quality/plain.ts';
import { falseAlerts } from '../../../bench/quality/false-alerts.ts';
import { tinyWorld } from './tiny-world.ts';

const trial = (delivery: Delivery = 'as-delivered', attacks: readonly string[] = ['two-places']) =>
  observe({ purpose: 'company', seed: 5, people: 6, days: 12, attacks, delivery, lists: 'none' }, tinyWorld);

it('finds through the real path what was played, and the plain rule does too', async () => {
  const seen = await trial();
  expect(seen).toMatchObject({ records: 6 * 12 + 1, rejected: 0 });
  expect(seen.people).toHaveLength(6);
  expect(recallOf(playedIn([seen])).found).toMatchObject({ count: 1, of: 1 });
  expect(plainResults([seen]).map(({ rule, found }) => [rule, found.count])).toEqual([
    ['impossible-travel', 1],
    ['impossible-travel, medium or more', 1],
    ['plain-travel-joined', 1],
  ]);
  expect(seen.alerts.some(({ detection }) => detection.startsWith('plain'))).toBe(false);
});

it('finds nothing where nobody attacks', async () => {
  const honest = await trial('as-delivered', []);
  expect(falseAlerts([honest]).mediumOrMore.count).toBe(0);
  expect(recallOf(playedIn([honest])).found.share).toBeUndefined();
});

it.each<Delivery>(['shuffled', 'twice', 'late', 'over-time'])(
  'ends at the same when records come %s',
  async (delivery) => {
    const [plain, other] = [await trial(), await trial(delivery)];
    expect(plain.alerts.length).toBeGreaterThan(0);
    expect(new Map(other.alerts.map(({ id, digest }) => [id, digest]))).toEqual(
      new Map(plain.alerts.map(({ id, digest }) => [id, digest])),
    );
  },
);

it('says what is wrong with a world that is none', async () => {
  const broken = () => ({
    ...tinyWorld({ seed: 1, people: 6, days: 1, start: 0 }),
    people: 'email\nnobody\n',
  });
  await expect(
    observe(
      { purpose: 'company', seed: 5, people: 6, days: 1, attacks: [], delivery: 'late', lists: 'none' },
      broken,
    ),
  ).rejects.toThrow('people file');
});
