/** Whether the same records, delivered otherwise, lead to the same alerts. */
import type { Delivery } from './delivery.ts';
import type { Observed, SeenAlert } from './trial.ts';

export interface DeliveryResult {
  readonly delivery: Delivery;
  readonly alerts: number;
  /** Alerts that only one of the two has. */
  readonly missing: number;
  readonly more: number;
  /** Alerts of one id that say something else. */
  readonly otherwise: number;
  /** Detections of all these. */
  readonly detections: readonly string[];
}

/** Compares trials of one world with the one whose records came as its vendors delivered them. */
export function deliveryResults(observed: readonly Observed[]): readonly DeliveryResult[] {
  const plain = observed.find(({ trial }) => trial.delivery === 'as-delivered');
  if (plain === undefined) return [];
  return observed
    .filter((each) => each !== plain)
    .map(({ trial, alerts }) => {
      const [before, after] = [byId(plain.alerts), byId(alerts)];
      const missing = plain.alerts.filter(({ id }) => !after.has(id));
      const more = alerts.filter(({ id }) => !before.has(id));
      const otherwise = alerts.filter(({ id, digest }) => (before.get(id)?.digest ?? digest) !== digest);
      return {
        delivery: trial.delivery,
        alerts: alerts.length,
        ...{ missing: missing.length, more: more.length, otherwise: otherwise.length },
        detections: [
          ...new Set([...missing, ...more, ...otherwise].map(({ detection }) => detection)),
        ].sort(),
      };
    });
}

function byId(alerts: readonly SeenAlert[]): ReadonlyMap<string, SeenAlert> {
  return new Map(alerts.map((alert) => [alert.id, alert]));
}
