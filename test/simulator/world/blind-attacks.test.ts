import { DAY_MS } from '../../../lib/core/time.ts';
import type { Attack, Stage } from '../../../lib/simulator/world/attack.ts';
import { BLIND_ATTACKS } from '../../../lib/simulator/world/attacks/blind.ts';
import { ATTACKS } from '../../../lib/simulator/world/attacks/index.ts';
import { DAYS_NEEDED } from '../../../lib/simulator/world/attacks/parts/days.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import type { Staff } from '../../../lib/simulator/world/staff.ts';
import type { Delivered, Label } from '../../../lib/simulator/world/world.ts';
import { readRecords } from './reading.ts';

/** Windows that begin on each day of the week: none may drive an attack out of it. */
const PLAYS = Array.from({ length: 7 }, (_, n) => ({
  seed: 100 + n,
  start: Date.UTC(2026, 1, 2 + n),
  days: n === 6 ? 2 * DAYS_NEEDED : DAYS_NEEDED,
}));
type Play = (typeof PLAYS)[number];

interface Played {
  /** Its own, without the ordinary days of whoever is in it. */
  readonly records: readonly Delivered[];
  readonly cast: readonly Staff[];
  readonly label: Label | undefined;
}

const plays = PLAYS.map(playAll);
const [playedAgain] = PLAYS.slice(0, 1).map(playAll);

describe('the attacks written without the detections', () => {
  it('are among those there are, under names that say so', () => {
    expect(ATTACKS).toEqual(expect.arrayContaining([...BLIND_ATTACKS]));
    for (const { name } of BLIND_ATTACKS) expect(name).toMatch(/^blind-[a-z-]+$/);
  });

  it('expect only what others, which are held against the catalogue, expect too', () => {
    const others = ATTACKS.filter((attack) => !BLIND_ATTACKS.includes(attack));
    const known = new Set(others.flatMap(({ expects }) => expects));
    const expected = BLIND_ATTACKS.flatMap(({ expects }) => expects);
    expect(expected.filter((id) => !known.has(id))).toEqual([]);
  });

  it('suspect an impostor only where signs of two kinds tell of one', () => {
    const suspected = BLIND_ATTACKS.filter(({ expectsComposite }) => expectsComposite);
    expect(suspected.filter(({ expects }) => expects.length < 2)).toEqual([]);
  });
});

describe.each(BLIND_ATTACKS)('$name', ({ name, expects, expectsComposite }) => {
  const all = PLAYS.map((play, n) => ({ ...play, ...theOne(plays[n]?.get(name)) }));

  it('leaves records that the intake uses, every one, as the source they are of', () => {
    for (const { records, start, days } of all) {
      const { sums } = readRecords(records, start + days * DAY_MS);
      expect(sums.rejections).toEqual([]);
      const used = sums.list().filter(([, sum]) => sum.records > 0);
      const counted = Map.groupBy(records, ({ source }) => source);
      expect(Object.fromEntries(used.map(([source, sum]) => [source, sum.used]))).toEqual(
        Object.fromEntries([...counted].map(([source, list]) => [source, list.length])),
      );
    }
  });

  it('is labelled with everybody in it, from the window on', () => {
    for (const { label, cast, start, days } of all) {
      expect(label).toMatchObject({ attack: name, expects, expectsComposite });
      expect(label?.subjects).toEqual(expect.arrayContaining(cast.map(({ address }) => address)));
      expect(label?.begin).toBeGreaterThanOrEqual(start);
      expect(label?.begin).toBeLessThan(start + days * DAY_MS);
    }
  });

  it('has nobody do anything before their first day or after their last', () => {
    for (const { records, cast } of all) {
      for (const { hired, ends = Infinity, address } of cast) {
        const theirs = records.filter(({ record }) => JSON.stringify(record).includes(address));
        expect(theirs.length).toBeGreaterThan(0);
        expect(theirs.filter(({ at }) => at < hired || at > ends)).toEqual([]);
      }
    }
  });

  it('is played otherwise by other seeds, and alike by the same', () => {
    const [first, second] = all;
    const again = playedAgain?.get(name);
    expect(again?.records).toEqual(first?.records);
    expect(again?.label).toEqual(first?.label);
    expect(JSON.stringify(second?.records)).not.toBe(JSON.stringify(first?.records));
  });
});

function playAll(play: Play): ReadonlyMap<string, Played> {
  const heard = new Map<string, { records: Delivered[]; cast: Staff[] }>();
  const catalogue = BLIND_ATTACKS.map((attack) => overheard(attack, heard));
  const { labels } = makeWorld(
    { ...play, people: 12, attacks: BLIND_ATTACKS.map(({ name }) => name) },
    catalogue,
  );
  const labelOf = (name: string): Label | undefined => labels.find(({ attack }) => attack === name);
  return new Map([...heard].map(([name, each]) => [name, { ...each, label: labelOf(name) }]));
}

function overheard(attack: Attack, heard: Map<string, { records: Delivered[]; cast: Staff[] }>): Attack {
  return {
    ...attack,
    play(stage) {
      const records: Delivered[] = [];
      const cast: Staff[] = [];
      heard.set(attack.name, { records, cast });
      const [emit, hire] = [stage.emit.bind(stage), stage.hire.bind(stage)];
      attack.play(
        Object.assign(stage, {
          emit: (...[source, at, record]: Parameters<Stage['emit']>) => {
            records.push({ source, at, deliveredAt: at, record });
            emit(source, at, record);
          },
          hire: (...options: Parameters<Stage['hire']>) => {
            const who = hire(...options);
            cast.push(who);
            return who;
          },
        }),
      );
    },
  };
}

function theOne(played: Played | undefined): Played {
  if (played === undefined) throw new Error('it was not played');
  return played;
}
