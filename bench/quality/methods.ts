/** Ways to decide whom somebody is told of: the composite, each detection alone, any alert at all, weights drawn by lot. */
import { severityRank } from '../../lib/core/alerts/severity.ts';
import { suspectedImpostor } from '../../lib/core/detections/suspected-impostor.ts';
import { randomFrom } from '../../lib/simulator/random.ts';
import type { Label } from '../../lib/simulator/world/world.ts';
import type { Raisable } from './budget.ts';
import { isOfAttack } from './matching.ts';
import { attackKey, standingOf, suspicionOf, type Suspect } from './suspects.ts';
import type { Observed } from './trial.ts';

const DRAWS = 20;
const HEAVIEST = 40;

export interface Methods {
  /** By its score. */
  readonly composite: readonly Raisable[];
  /** By severity. */
  readonly single: ReadonlyMap<string, readonly Raisable[]>;
  /** By severity. */
  readonly any: readonly Raisable[];
  /** As the composite, each with weights of its own. */
  readonly lots: readonly (readonly Raisable[])[];
}

export function methodsOf(observed: readonly Observed[], suspects: readonly Suspect[]): Methods {
  const alerts = raisablesIn(observed).filter(({ detection }) => detection !== suspectedImpostor.id);
  return {
    composite: suspicions(suspects),
    single: Map.groupBy(alerts, ({ detection }) => detection),
    any: alerts,
    lots: Array.from({ length: DRAWS }, (_, draw) => suspicions(suspects, weightsByLot(draw + 1))),
  };
}

/** Gives every alert with what it tells of. */
export function raisablesIn(
  observed: readonly Observed[],
): readonly (Raisable & { readonly detection: string })[] {
  return observed.flatMap(({ alerts, labels }, trial) =>
    alerts.map((alert) => ({
      detection: alert.detection,
      value: severityRank(alert.severity),
      attacks: labels.flatMap((label, index) => (isOfAttack(alert, label) ? [attackKey(trial, index)] : [])),
    })),
  );
}

/** Gives the keys of attacks of a kind. */
export function attacksWhere(
  observed: readonly Observed[],
  isMeant: (label: Label) => boolean,
): ReadonlySet<string> {
  return new Set(
    observed.flatMap(({ labels }, trial) =>
      labels.flatMap((label, index) => (isMeant(label) ? [attackKey(trial, index)] : [])),
    ),
  );
}

function suspicions(
  suspects: readonly Suspect[],
  weights?: (detection: string) => number,
): readonly Raisable[] {
  return suspects
    .map((suspect) =>
      suspicionOf(
        suspect,
        standingOf(suspect, (same, detection) => ({ ...same, weight: weights?.(detection) ?? same.weight })),
      ),
    )
    .filter(({ value }) => value > 0);
}

/** A weight for each detection, whatever it is worth. */
function weightsByLot(seed: number): (detection: string) => number {
  const random = randomFrom(seed);
  const weights = new Map<string, number>();
  return (detection) => {
    const weight = weights.get(detection) ?? 1 + random.next() * (HEAVIEST - 1);
    weights.set(detection, weight);
    return weight;
  };
}
