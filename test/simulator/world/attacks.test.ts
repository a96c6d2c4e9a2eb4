import { DETECTIONS } from '../../../lib/core/detections/index.ts';
import { DAY_MS } from '../../../lib/core/time.ts';
import type { Attack } from '../../../lib/simulator/world/attack.ts';
import { ATTACKS } from '../../../lib/simulator/world/attacks/index.ts';
import { DAYS_NEEDED } from '../../../lib/simulator/world/attacks/parts/days.ts';
import { Causes } from '../../../lib/simulator/world/causes.ts';
import { randomOf } from '../../../lib/simulator/world/chance.ts';
import { makeWorkers } from '../../../lib/simulator/world/company/make-workers.ts';
import { makeOffices } from '../../../lib/simulator/world/company/offices.ts';
import { makeWorkforce } from '../../../lib/simulator/world/company/workforce.ts';
import { Journal } from '../../../lib/simulator/world/journal.ts';
import { makeWorld } from '../../../lib/simulator/world/make-world.ts';
import { AddressBook } from '../../../lib/simulator/world/places/address-book.ts';
import { AttackStage, Cast } from '../../../lib/simulator/world/stage.ts';
import type { Staff } from '../../../lib/simulator/world/staff.ts';
import type { Delivered, Label } from '../../../lib/simulator/world/world.ts';
import { readRecords } from './reading.ts';

const WANTED: readonly string[] = DETECTIONS.map(({ id }) => id);

/** Windows that begin on a Monday, a Thursday and a Sunday. */
const PLAYS = [
  { seed: 1, start: Date.UTC(2026, 0, 5), days: DAYS_NEEDED },
  { seed: 2, start: Date.UTC(2026, 2, 5), days: DAYS_NEEDED },
  { seed: 3, start: Date.UTC(2026, 5, 7), days: 2 * DAYS_NEEDED },
] as const;

const KNOWN = ATTACKS.filter(({ name }) => !name.startsWith('blind-'));

describe('the attacks', () => {
  it('have a name of their own, a title, and a story for people', () => {
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
    for (const { name, title, story } of ATTACKS) {
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(title).toMatch(/^[A-Z]/);
      expect(story).toMatch(/^[A-Z].{80,}\.$/);
    }
  });

  it('expect what the catalogue has, and each of it at least once', () => {
    const expected = new Set(KNOWN.flatMap(({ expects }) => expects));
    expect([...expected].sort()).toEqual([...WANTED].sort());
    expect(KNOWN.some(({ expectsComposite }) => expectsComposite)).toBe(true);
  });

  it('single out each detection: one attack that nothing else would find', () => {
    const alone = KNOWN.filter(({ expects }) => expects.length === 1).flatMap(({ expects }) => expects);
    expect(WANTED.filter((id) => !alone.includes(id))).toEqual([]);
  });

  it('suspect an impostor only where two things would have to be explained', () => {
    const suspected = KNOWN.filter(({ expectsComposite }) => expectsComposite);
    expect(suspected.length).toBeGreaterThan(5);
    expect(suspected.filter(({ expects }) => expects.length < 2)).toEqual([]);
  });

  it('include some that are known to be missed', () => {
    const missed = KNOWN.filter(({ expects }) => expects.length === 0);
    expect(missed.map(({ name }) => name)).toEqual(['well-behaved', 'portable-tool', 'reads-on-screen']);
    expect(missed.every(({ expectsComposite }) => !expectsComposite)).toBe(true);
  });

  it('can all be played on one world', () => {
    const [{ seed, start, days }] = PLAYS;
    const attacks = ATTACKS.map(({ name }) => name);
    const { labels } = makeWorld({ seed, start, days, people: 60, attacks });
    expect([...new Set(labels.map(({ attack }) => attack))]).toEqual(attacks);
    const subjects = KNOWN.flatMap(({ name }) =>
      labels.filter(({ attack }) => attack === name).flatMap((label) => label.subjects),
    );
    const shared = subjects.filter((subject, n) => subjects.indexOf(subject) !== n);
    expect(shared.filter((subject) => !subject.endsWith(':root'))).toEqual([]);
  });
});

describe.each(KNOWN)('$name', (attack) => {
  const plays = PLAYS.map((play) => ({ ...play, ...played(attack, play) }));

  it('leaves records that the intake uses, every one, as the source they are of', () => {
    for (const { records, end } of plays) {
      const { sums } = readRecords(records, end);
      expect(sums.rejections).toEqual([]);
      const used = sums.list().map(([source, sum]) => [source, sum.used] as const);
      const counted = Map.groupBy(records, ({ source }) => source);
      expect(Object.fromEntries(used.filter(([, count]) => count > 0))).toEqual(
        Object.fromEntries([...counted].map(([source, list]) => [source, list.length])),
      );
    }
  });

  it('is labelled with everybody in it, from a time in the window', () => {
    for (const { labels, cast, start, end } of plays) {
      expect(labels.length).toBeGreaterThan(0);
      const subjects = labels.flatMap((label) => label.subjects);
      expect(subjects).toEqual(expect.arrayContaining(cast.map(({ address }) => address)));
      for (const { begin } of labels) {
        expect(begin).toBeGreaterThanOrEqual(start);
        expect(begin).toBeLessThan(end);
      }
    }
  });

  it('has nobody do anything before their first day', () => {
    for (const { records, cast } of plays) {
      for (const { hired, address } of cast) {
        const theirs = records.filter(({ record }) => JSON.stringify(record).includes(address));
        expect(theirs.filter(({ at }) => at < hired)).toEqual([]);
      }
    }
  });

  it('is played otherwise by other seeds, and alike by the same', () => {
    const [first, second] = plays;
    const again = played(attack, PLAYS[0]);
    expect(again.labels).toEqual(first?.labels);
    expect(recordsOf(again)).toBe(recordsOf(first));
    expect([second?.labels, recordsOf(second)]).not.toEqual([first?.labels, recordsOf(first)]);
  });
});

function recordsOf(play: Played | undefined): string {
  return JSON.stringify(play?.records.map(({ source, at, record }) => [source, at, record]));
}

interface Played {
  /** Its own, without the ordinary days of whoever is in it. */
  readonly records: readonly Delivered[];
  readonly labels: readonly Label[];
  readonly cast: readonly Staff[];
  readonly end: number;
}

/** Plays it in a small company, in which nothing else happens. */
function played(attack: Attack, { seed, start, days }: (typeof PLAYS)[number]): Played {
  const window = { start, end: start + days * DAY_MS, days };
  const book = new AddressBook(0, randomOf(seed, 'addresses'));
  const causes = new Causes();
  const journal = new Journal(seed, window.start, window.end);
  const workforce = makeWorkforce(seed, 12, window, makeOffices(book));
  const workers = makeWorkers(seed, workforce, window, book, causes);
  const cast = new Cast();
  attack.play(new AttackStage(attack, { seed, window, book, journal, causes, workers }, cast));
  return {
    records: journal.entries,
    labels: cast.labels,
    cast: [...cast.hired, ...cast.taken].map(({ staff }) => staff),
    end: window.end,
  };
}
