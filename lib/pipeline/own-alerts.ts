/**
 * Alerts about Ringer itself, on the organization: somebody has changed what is watched, or has approved something grave
 * away. No detection finds them and no setting switches them off, for they are about those who could.
 */
import type { Alert } from '../core/alerts/alert.ts';
import type { Published } from '../core/alerts/publish.ts';
import { severityRank } from '../core/alerts/severity.ts';
import { stableId } from '../core/hash.ts';
import { ORGANIZATION, subjectKey } from '../core/people/subject.ts';
import { isoTime, type EpochMs } from '../core/time.ts';
import type { SettingsChange } from '../config/settings.ts';
import type { RecordedApproval } from '../stores/approvals.ts';

/** The ids under which they stand in `detection`. */
export const OWN_DETECTIONS = ['ringer-configuration', 'ringer-approval'] as const;

const MOST_SHOWN = 12;
const SAID_BY_AWS =
  'CloudTrail of the account that Ringer runs in says who deployed: UpdateFunctionConfiguration, CreateChangeSet. Who wrote to the directory table it says only where a trail records data events of DynamoDB.';

/**
 * Says what a deployment changed of what is watched.
 *
 * @param changes - at least one
 */
export function configurationAlert(changes: readonly SettingsChange[], hash: string, time: EpochMs): Alert {
  const weakening = changes.filter(({ weakens }) => weakens);
  const count = changes.length === 1 ? '1 setting' : `${changes.length} settings`;
  const lines = [...weakening, ...changes.filter(({ weakens }) => !weakens)].map(({ text }) => text);
  return ownAlert({
    detection: 'ringer-configuration',
    title: 'Ringer’s configuration changed',
    severity: weakening.length > 0 ? 'medium' : 'low',
    key: hash,
    time,
    summary: `A deployment changed ${count}${weakening.length > 0 ? `, ${weakening.length} of them so that less is seen or told` : ''}.`,
    why: lines.slice(0, MOST_SHOWN),
    benign: ['A reviewed change of ringer.yaml.'],
    next: ['Compare the deployed ringer.yaml with the reviewed one.', SAID_BY_AWS],
  });
}

/** Says that somebody recorded an approval. */
export function recordedAlert(approval: RecordedApproval): Alert {
  return ownAlert({
    detection: 'ringer-approval',
    title: 'An approval was recorded',
    severity: 'low',
    key: approval.id,
    time: approval.createdTime,
    summary: `${approval.who} approved ${approval.kind} until ${isoTime(approval.until).slice(0, 10)}: ${approval.reason}`,
    why: [`It covers ${JSON.stringify(approval.for)}.`],
    benign: ['The person who approved it is the one who may.'],
    next: [`\`ringer approve withdraw ${approval.id}\` takes it back.`, SAID_BY_AWS],
  });
}

/**
 * Says that an approval made a grave alert one of no urgency.
 *
 * @returns `undefined` for one that would have been less than high
 */
export function sparedAlert(alert: Published): Alert | undefined {
  const { approved, id, detection, subject, time } = alert;
  if (approved === false || severityRank(approved) < severityRank('high')) return undefined;
  return ownAlert({
    detection: 'ringer-approval',
    title: 'An approval lowered a grave alert',
    severity: 'medium',
    key: id,
    time: Date.parse(time),
    summary: `Without an approval, alert ${id.slice(0, 8)} (${detection}) would be ${approved}.`,
    why: alert.why.slice(-MOST_SHOWN),
    benign: ['The approval was meant for just this.'],
    next: [`Read the alert: ringer alerts show ${id.slice(0, 8)}.`, SAID_BY_AWS],
    related: [{ kind: subject.kind, id: subject.id }],
  });
}

interface Own
  extends
    Pick<Alert, 'title' | 'severity' | 'summary' | 'why' | 'benign' | 'next'>,
    Partial<Pick<Alert, 'related'>> {
  readonly detection: (typeof OWN_DETECTIONS)[number];
  /** What it is about: once about each. */
  readonly key: string;
  readonly time: EpochMs;
}

function ownAlert({ key, time, related = [], ...own }: Own): Alert {
  const at = isoTime(time);
  return {
    schemaVersion: 1,
    id: stableId(own.detection, subjectKey(ORGANIZATION), key),
    family: 'negligence',
    confidence: 'high',
    subject: ORGANIZATION,
    related,
    ...{ time: at, firstSeen: at, lastSeen: at, count: 1 },
    status: 'open',
    evidence: [{ source: 'ringer', feed: own.detection, eventId: key, time: at }],
    // Impair Defenses: Disable or Modify Cloud Logs.
    attack: ['T1562.008'],
    ...own,
  };
}
