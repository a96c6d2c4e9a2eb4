/** Makes the composite alert of one person from everything that was found of them. */
import { alertId, EVIDENCE_LIMIT } from '../alerts/draft.ts';
import type { Conclusions, Published } from '../alerts/publish.ts';
import { remembered, type Remembered } from '../alerts/remembered.ts';
import { raised } from '../alerts/severity.ts';
import type { CompositeFinding, Detection, Weighed } from '../detections/contract.ts';
import { compareText } from '../events/index.ts';
import { isoTime } from '../time.ts';
import type { FoldContext } from './fold.ts';

/**
 * Gives the composite, if it comes to enough. Somebody outside the organization has none: nobody claims anything of them.
 *
 * @param alerts - of this person, as they stand
 * @param past - alerts that are no longer kept
 * @param told - what others concluded; what of it implicates the person counts as an alert of theirs
 */
export function composed(
  alerts: readonly Published[],
  past: readonly Remembered[],
  told: Conclusions,
  context: FoldContext,
): Published | undefined {
  const rule = context.rules.composite;
  const { subject, policy, organization, person } = context;
  if (rule === undefined || subject.kind !== 'person' || !isInside(context)) return undefined;
  const composite = rule.detection;
  const found = weighed([...alerts.map(remembered), ...past, ...implications(told)], context);
  const finding = composite.weigh(found, {
    ...{ subject, policy, organization, parameters: rule.parameters },
    ...(person === undefined ? {} : { person }),
  });
  if (finding === undefined) return undefined;
  const parts = finding.contributions.map((part) => part.found);
  const counted = new Set(parts.map((part) => part.alertId));
  const awaiting = alerts.some((alert) => alert.awaiting === true && counted.has(alert.id));
  return {
    schemaVersion: 1,
    id: alertId(composite.id, subject, undefined, undefined),
    detection: composite.id,
    family: composite.family,
    title: composite.title,
    severity: raised(finding.severity, rule.severitySteps),
    confidence: finding.confidence,
    subject,
    related: relatedTo(parts),
    time: isoTime(finding.time),
    firstSeen: isoTime(Math.min(...parts.map((part) => part.time))),
    lastSeen: isoTime(Math.max(...parts.map((part) => part.lastTime))),
    count: parts.reduce((sum, part) => sum + part.count, 0),
    status: 'open',
    summary: finding.summary,
    why: finding.why,
    benign: [...(finding.benign ?? []), ...composite.falsePositives],
    next: [...(finding.next ?? []), ...composite.triage],
    evidence: evidenceOf(parts),
    attack: composite.attack,
    score: finding.score,
    contributions: contributionsOf(finding),
    approved: false,
    ...(awaiting ? { awaiting: true as const } : {}),
  };
}

function isInside({ subject, organization }: FoldContext): boolean {
  const { domains } = organization;
  const domain = subject.id.slice(subject.id.lastIndexOf('@') + 1);
  return domains.length === 0 || domains.some((each) => domain === each || domain.endsWith(`.${each}`));
}

function weighed(found: readonly (Remembered | undefined)[], { rules }: FoldContext): readonly Weighed[] {
  const detections = new Map<string, Detection>(rules.all.map((rule) => [rule.detection.id, rule.detection]));
  return found.flatMap((each) => {
    const detection = each === undefined ? undefined : detections.get(each.detection);
    if (each === undefined || detection?.contributes === undefined) return [];
    return [{ ...each, contributes: detection.contributes, usualSeverity: detection.severity }];
  });
}

function implications(told: Conclusions): readonly Remembered[] {
  return [...told.values()].flatMap(({ holds, implicates }) => {
    if (!holds || implicates === undefined) return [];
    const { subject, since, ...alert } = implicates;
    const lastTime = Date.parse(alert.evidence.time);
    return [
      {
        ...alert,
        time: since ?? lastTime,
        lastTime,
        count: 1,
        about: alert.alertId,
        related: [{ kind: subject.kind, id: subject.id }],
      },
    ];
  });
}

function relatedTo(parts: readonly Weighed[]): Published['related'] {
  const distinct = new Map(
    parts.flatMap((part) => part.related).map((each) => [`${each.kind}:${each.id}`, each]),
  );
  return [...distinct].sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
}

function evidenceOf(parts: readonly Weighed[]): Published['evidence'] {
  return parts
    .map((part) => part.evidence)
    .sort((a, b) => compareText(a.time, b.time) || compareText(a.eventId, b.eventId))
    .slice(-EVIDENCE_LIMIT);
}

function contributionsOf({ contributions }: CompositeFinding): Published['contributions'] & object {
  return contributions.map(({ found, points }) => ({
    alertId: found.alertId,
    detection: found.detection,
    weight: Math.round(points * 10) / 10,
    clearedBy: found.contributes.clearedBy,
  }));
}
