/** The part of the page about the composite: whether it is worth more than its parts. */
import type { Explanation } from '../../../lib/core/detections/contract.ts';
import type { BudgetRow } from '../composite.ts';
import type { Results } from '../results.ts';
import { detectionLink, part, rate, rateText, shareText, table } from './format.ts';

const EXPLANATION_TEXT: Readonly<Record<Explanation, string>> = {
  away: 'where they are',
  sharing: 'whom they share an address with',
  'same-factor': 'whom they share an authenticator with',
  'remote-access': 'who else reaches their computer',
  presence: 'whether anybody is there',
  copying: 'what they take',
  negligence: 'how they guard their account',
};

export function compositePart({ composite }: Results): string {
  const { agreement, own, impostors, allAttacks, ablations } = composite;
  return `## The composite against its parts

Every method may raise as many false alerts as every other, and finds what it can: the composite by its score, a detection
alone by its severity, _any alert_ by the severity of whatever was raised, _by lot_ as the composite with weights drawn at random
(the mean of twenty draws). The composite as it is raises ${rateText(own)} false alerts per 1,000 person-days.

${verdict(impostors)}

Attacks whose impostor should be suspected:

${budgetTable(impostors)}

All attacks, for many of which nobody is an impostor:

${budgetTable(allAttacks)}

### Without a part of it

Weighed again from the published alerts (${agreement.same} of ${agreement.of} composites come out as published), without all that
one innocent explanation would cover:

${table(
  ['without', 'impostors suspected', 'false alerts per 1,000 person-days'],
  ablations.map(({ without, impostors: found, falseAlerts }) => [
    without === undefined ? '_nothing_' : EXPLANATION_TEXT[without],
    shareText(found),
    rateText(falseAlerts),
  ]),
)}`;
}

function budgetTable(rows: readonly BudgetRow[]): string {
  return table(
    ['false alerts per 1,000 person-days', 'composite', 'best single detection', 'any alert', 'by lot'],
    rows.map(({ per1000, isOwn, composite, best, anyAlert, byLot }) => [
      isOwn ? `${rate(per1000)} (its own)` : rate(per1000),
      part(composite),
      best === undefined ? part(undefined) : `${part(best.recall)} ${detectionLink(best.detection)}`,
      part(anyAlert),
      part(byLot),
    ]),
  );
}

/** Says where the composite is not ahead of the others. */
function verdict(rows: readonly BudgetRow[]): string {
  if (rows.every(({ composite }) => composite === undefined))
    return 'Nothing was played by which the composite could be judged.';
  const behind = rows.filter(({ composite = 0, best, anyAlert = 0, byLot = 0 }) =>
    [best?.recall ?? 0, anyAlert, byLot].some((recall) => recall >= composite),
  );
  if (behind.length === 0)
    return 'At each of these budgets the composite finds more impostors than any of the others.';
  const budgets = behind.map((row) => (row.isOwn ? 'its own' : rate(row.per1000))).join(', ');
  return `**The composite does not win everywhere**: at a budget of ${budgets} another method finds as many impostors or more.`;
}
