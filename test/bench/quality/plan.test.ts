import { readOptions } from '../../../bench/quality/options.ts';
import { FULL, QUICK, trialsOf } from '../../../bench/quality/plan.ts';
import { SEEDS } from '../../../bench/quality/seeds.ts';

const ATTACKS = Array.from({ length: 43 }, (_, index) => ({
  name: `attack-${index}`,
  ...{ title: '', story: '', expectsComposite: false, play: () => undefined },
  expects: [index % 10 === 0 ? 'high-risk-vpn' : 'bulk-download'],
}));

it('tunes on other seeds than it reports', () => {
  const report = new Set<number>(SEEDS.report);
  expect(SEEDS.tune.filter((seed) => report.has(seed))).toEqual([]);
});

describe('the companies of a full run', () => {
  const companies = trialsOf(FULL, 'report', ATTACKS).filter(({ purpose }) => purpose === 'company');

  it('play each attack equally often, a few in each', () => {
    for (const { name } of ATTACKS)
      expect(companies.filter(({ attacks }) => attacks.includes(name))).toHaveLength(FULL.rounds);
    expect(Math.max(...companies.map(({ attacks }) => attacks.length))).toBeLessThanOrEqual(FULL.attacksEach);
  });

  it('have a seed each', () => {
    expect(new Set(companies.map(({ seed }) => seed)).size).toBe(companies.length);
    const report = new Set<number>(SEEDS.report);
    expect(companies.every(({ seed }) => report.has(seed))).toBe(true);
  });

  it('are honest where there are no attacks', () => {
    expect(trialsOf(QUICK, 'tune', []).every(({ attacks }) => attacks.length === 0)).toBe(true);
  });
});

it('lists are tried on the attacks that lists tell of, without and with them', () => {
  const trials = trialsOf(FULL, 'report', ATTACKS).filter(({ purpose }) => purpose === 'lists');
  expect(trials.map(({ lists }) => lists)).toEqual(['none', 'fresh']);
  const [without, fresh] = trials;
  expect(without?.attacks).toEqual(['attack-0', 'attack-10', 'attack-20', 'attack-30', 'attack-40']);
  expect({ ...fresh, lists: 'none' }).toEqual(without);
});

describe('the flags', () => {
  it('write the page of a full run with report seeds, and of no other', () => {
    expect(readOptions([]).page).toBe('docs/quality.md');
    for (const flags of [['--quick'], ['--seeds', 'tune'], ['--people', '10'], ['--days', '30']])
      expect(readOptions(flags).page).toBeUndefined();
  });

  it('say what is wrong', () => {
    expect(() => readOptions(['--seeds', 'mine'])).toThrow('expected tune or report');
    expect(() => readOptions(['--people', 'many'])).toThrow('--people: expected a whole number');
    expect(() => readOptions(['--days', '20'])).toThrow('28 or more');
    expect(() => readOptions(['--fast'])).toThrow('--fast');
  });
});
