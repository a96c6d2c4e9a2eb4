import { barsOf } from '../../../bench/quality/bars.ts';
import { qualityPage } from '../../../bench/quality/page/page.ts';
import { resultsOf } from '../../../bench/quality/results.ts';
import type { Observed } from '../../../bench/quality/trial.ts';
import { day, HONEST, label, observed, seen } from './observed.ts';

const RUN = {
  command: 'npm run quality',
  seeds: 'report',
  version: '1.2.3',
  commit: 'abc1234',
  minutes: 11.2,
};
const { trial } = observed();

const resultsFor = (...companies: readonly Observed[]) => resultsOf(companies, new Set(['farm']), RUN);
const attacked = observed({
  labels: [label(), label({ attack: 'quiet', expects: [], expectsComposite: false })],
  alerts: [seen({ detection: 'impossible-travel', time: day(11) })],
});

it('is a function of the results alone, which survive as JSON', () => {
  const results = resultsFor(attacked);
  const page = qualityPage(results);
  expect(qualityPage(JSON.parse(JSON.stringify(results)) as typeof results)).toBe(page);
  expect(page).not.toMatch(/undefined|NaN|Infinity/);
});

it('has everything that it takes to repeat it', () => {
  const page = qualityPage(resultsFor(attacked));
  for (const fact of ['npm run quality', 'report seeds', 'version 1.2.3', 'abc1234', '12 minutes'])
    expect(page).toContain(fact);
  expect(page).toMatch(/the composite, the plain rule \| 1 \| 10 \| 20 \| 1 \| 1,000 \| 0 \|/);
});

it('calls no recall perfect where nobody attacked', () => {
  const results = resultsFor(observed());
  expect(barsOf(results)[0]).toMatchObject({ value: undefined, isMet: false });
  expect(qualityPage(results)).toMatch(/\| recall: [^|]+\| ≥ 0\.98 \| – \| \*\*missed\*\* \|/);
});

it('says so when the composite finds no more than a single detection', () => {
  expect(qualityPage(resultsFor(attacked))).toContain('The composite does not win everywhere');
});

it('lists what is known to be missed', () => {
  expect(qualityPage(resultsFor(attacked))).toMatch(/\| quiet \| 1 \| 1 \|/);
});

it('misses the bars by false alerts and by differences', () => {
  const wrong = seen({
    detection: 'new-country',
    time: day(3),
    severity: 'high',
    subject: { kind: 'person', id: HONEST },
  });
  const delivered = (delivery: 'as-delivered' | 'twice', alerts: Observed['alerts']) =>
    observed({ trial: { ...trial, purpose: 'delivery', delivery }, alerts });
  const bars = barsOf(
    resultsFor(
      { ...attacked, alerts: [...attacked.alerts, wrong] },
      delivered('as-delivered', [wrong]),
      delivered('twice', []),
    ),
  );
  expect(bars.map(({ isMet }) => isMet)).toEqual([true, false, false, false]);
  // One alert in two hundred days may be one in a thousand by chance, but hardly one in ten thousand.
  expect(bars.map(({ isClearlyMissed }) => isClearlyMissed)).toEqual([false, false, true, true]);
});
