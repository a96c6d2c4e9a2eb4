/** Everything that a run comes to, as plain JSON: the page is made of it and of nothing else. */
import { severityRank } from '../../lib/core/alerts/severity.ts';
import { suspectedImpostor } from '../../lib/core/detections/suspected-impostor.ts';
import { baseRate, type BaseRate } from './base-rates.ts';
import { compositeResult, type CompositeResult } from './composite.ts';
import { deliveryResults, type DeliveryResult } from './differences.ts';
import { falseAlerts, type FalseAlerts } from './false-alerts.ts';
import { peopleAccused } from './false-in.ts';
import { newHires, type NewHires } from './new-hires.ts';
import { plainResults, type PlainResult } from './plain.ts';
import {
  byAttack,
  missedOnPurpose,
  playedIn,
  recallOf,
  type AttackResult,
  type MissedResult,
  type Recall,
} from './recall.ts';
import type { Observed, Trial } from './trial.ts';

/** What somebody needs to run it again. */
export interface RunFacts {
  readonly command: string;
  readonly seeds: string;
  readonly version: string;
  readonly commit: string;
  readonly minutes: number;
}

export interface Worlds {
  readonly purpose: Trial['purpose'];
  readonly count: number;
  readonly people: number;
  readonly days: number;
  readonly firstSeed: number;
  readonly lastSeed: number;
  readonly records: number;
  readonly rejected: number;
}

export interface Results {
  readonly run: RunFacts;
  readonly worlds: readonly Worlds[];
  readonly notEvaluated: readonly string[];
  readonly recall: Recall;
  /** Of the attacks whose author had not read the detections. */
  readonly blind: Recall;
  readonly attacks: readonly AttackResult[];
  readonly missed: readonly MissedResult[];
  readonly falseAlerts: FalseAlerts;
  readonly composite: CompositeResult;
  readonly plain: readonly PlainResult[];
  readonly delivery: readonly DeliveryResult[];
  readonly lists: { readonly none: Part; readonly fresh: Part };
  readonly fortnight: Part;
  readonly newHires: NewHires;
  readonly baseRates: readonly BaseRate[];
}

export interface Part {
  readonly recall: Recall;
  readonly falseAlerts: FalseAlerts;
}

/** For comparison. */
const FALSE_SHARES = [0.1, 0.01, 0.001, 0.0001];

/** @param blind - names of the attacks whose author had not read the detections */
export function resultsOf(observed: readonly Observed[], blind: ReadonlySet<string>, run: RunFacts): Results {
  const of = (purpose: Trial['purpose']): readonly Observed[] =>
    observed.filter(({ trial }) => trial.purpose === purpose);
  const companies = of('company');
  const lists = of('lists');
  const played = playedIn(companies);
  const recall = recallOf(played);
  return {
    run,
    worlds: [...Map.groupBy(observed, ({ trial }) => trial.purpose).values()].map(worldsOf),
    notEvaluated: [...new Set(companies.flatMap((each) => each.notEvaluated))].sort(),
    recall,
    blind: recallOf(played.filter(({ label }) => blind.has(label.attack))),
    attacks: byAttack(played),
    missed: missedOnPurpose(played),
    falseAlerts: falseAlerts(companies),
    composite: compositeResult(companies),
    plain: plainResults(companies),
    delivery: deliveryResults(of('delivery')),
    lists: {
      none: partOf(lists.filter(({ trial }) => trial.lists === 'none')),
      fresh: partOf(lists.filter(({ trial }) => trial.lists === 'fresh')),
    },
    fortnight: partOf(of('fortnight')),
    newHires: newHires(companies),
    baseRates: baseRatesOf(companies, recall),
  };
}

function partOf(observed: readonly Observed[]): Part {
  return { recall: recallOf(playedIn(observed)), falseAlerts: falseAlerts(observed) };
}

function worldsOf(observed: readonly Observed[]): Worlds {
  const seeds = observed.map(({ trial }) => trial.seed);
  const [first] = observed;
  return {
    purpose: first?.trial.purpose ?? 'company',
    count: new Set(seeds).size,
    people: first?.trial.people ?? 0,
    days: first?.trial.seenDays ?? first?.trial.days ?? 0,
    firstSeed: Math.min(...seeds),
    lastSeed: Math.max(...seeds),
    records: observed.reduce((sum, { records }) => sum + records, 0),
    rejected: observed.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

function baseRatesOf(observed: readonly Observed[], recall: Recall): readonly BaseRate[] {
  const impostors = recall.composite.share ?? 0;
  const composite = peopleAccused(observed, ({ detection }) => detection === suspectedImpostor.id);
  const medium = peopleAccused(observed, ({ severity }) => severityRank(severity) >= severityRank('medium'));
  return [
    baseRate('suspected-impostor', composite.share ?? 0, impostors, true),
    baseRate('suspected-impostor at the upper end', composite.interval?.high ?? 0, impostors, true),
    baseRate('any alert of medium or more', medium.share ?? 0, recall.told.share ?? 0, true),
    ...FALSE_SHARES.map((share) => baseRate(`a false share of ${share * 100} %`, share, impostors)),
  ];
}
