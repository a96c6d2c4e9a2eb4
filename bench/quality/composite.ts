/** The composite beside what it is made of, at an equal budget of false alerts. */
import { suspectedImpostor } from '../../lib/core/detections/suspected-impostor.ts';
import { ablations, type Ablation } from './ablation.ts';
import { recallWithin, type Raisable } from './budget.ts';
import { attacksWhere, methodsOf, raisablesIn, type Methods } from './methods.ts';
import { daysIn, honestSpans } from './person-days.ts';
import { agreement, suspectsIn } from './suspects.ts';
import { rateOf, type Rate } from './statistics.ts';
import type { Observed } from './trial.ts';

/** False alerts per 1,000 person-days: the bars for high and for medium, and what lies around them. */
const BUDGETS = [0.02, 0.1, 0.3, 1] as const;

export interface CompositeResult {
  /** In how many cases weighing from the alerts gives what was published. */
  readonly agreement: { readonly same: number; readonly of: number };
  /** False alerts of the composite as it is. */
  readonly own: Rate;
  /** Of attacks whose impostor is to be suspected. */
  readonly impostors: readonly BudgetRow[];
  /** Of every attack that something is expected of. */
  readonly allAttacks: readonly BudgetRow[];
  readonly ablations: readonly Ablation[];
}

/** Recall of each method at one budget; absent without attacks. */
export interface BudgetRow {
  readonly per1000: number;
  /** It is the composite's own rate. */
  readonly isOwn: boolean;
  readonly composite?: number;
  readonly best?: { readonly detection: string; readonly recall: number };
  readonly anyAlert?: number;
  /** The mean of the draws. */
  readonly byLot?: number;
}

export function compositeResult(observed: readonly Observed[]): CompositeResult {
  const suspects = suspectsIn(observed);
  const personDays = daysIn(observed.flatMap(honestSpans));
  const impostors = attacksWhere(observed, ({ expectsComposite }) => expectsComposite);
  const all = attacksWhere(observed, ({ expects }) => expects.length > 0);
  const wrong = raisablesIn(observed).filter(
    ({ detection, attacks }) => detection === suspectedImpostor.id && attacks.length === 0,
  );
  const own = rateOf(wrong.length, personDays);
  const methods = methodsOf(observed, suspects);
  const budgets = [...new Set([own.per1000 ?? 0, ...BUDGETS])].sort((a, b) => a - b);
  const rows = (attacks: ReadonlySet<string>): readonly BudgetRow[] =>
    budgets.map((per1000) => ({
      ...{ per1000, isOwn: per1000 === own.per1000 },
      // Dividing and multiplying again must not cost an alert.
      ...rowOf(methods, attacks, Math.floor((per1000 * personDays) / 1_000 + 1e-6)),
    }));
  return {
    agreement: agreement(suspects),
    own,
    impostors: rows(impostors),
    allAttacks: rows(all),
    ablations: ablations(suspects, impostors, personDays),
  };
}

function rowOf(
  { composite, single, any, lots }: Methods,
  attacks: ReadonlySet<string>,
  budget: number,
): Omit<BudgetRow, 'per1000' | 'isOwn'> {
  if (attacks.size === 0) return {};
  const recall = (raisables: readonly Raisable[]): number => recallWithin(raisables, attacks, budget) ?? 0;
  const [best] = [...single]
    .map(([detection, raisables]) => ({ detection, recall: recall(raisables) }))
    .sort((a, b) => b.recall - a.recall || (a.detection < b.detection ? -1 : 1));
  const byLot = lots.map(recall).reduce((sum, each) => sum + each, 0) / lots.length;
  return {
    ...{ composite: recall(composite), anyAlert: recall(any), byLot },
    ...(best === undefined ? {} : { best }),
  };
}
