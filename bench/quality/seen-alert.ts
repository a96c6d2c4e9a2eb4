/** Takes from an alert what is measured of it. */
import { contractOf, isApproved, type Published } from '../../lib/core/alerts/publish.ts';
import { remembered } from '../../lib/core/alerts/remembered.ts';
import { stableId } from '../../lib/core/hash.ts';
import type { SeenAlert } from './trial.ts';

/** Gives what is to be looked at: nobody is told of what approvals cover. */
export function seenAlerts(alerts: readonly Published[]): readonly SeenAlert[] {
  return alerts.filter((alert) => !isApproved(alert)).map(seenAlert);
}

function seenAlert(alert: Published): SeenAlert {
  const { id, detection, severity, subject, related, time } = alert;
  const kept = remembered(alert);
  return {
    id,
    detection,
    severity,
    subject: { kind: subject.kind, id: subject.id },
    related: related.map((each) => ({ kind: each.kind, id: each.id })),
    time: Date.parse(time),
    digest: stableId(JSON.stringify(contractOf(alert))),
    ...(kept === undefined ? {} : { remembered: kept }),
  };
}
