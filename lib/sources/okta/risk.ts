/** What Okta itself finds suspicious about a person: detected risk, reports by users, and the risk of one sign-in. */
import type { Actor, SourceEvent, VendorFinding } from '../../core/events/index.ts';
import { objectAt, textAt } from '../fields.ts';
import type { Writable } from '../writable.ts';
import { eventBase, findTargetUser, type LogEvent } from './log-event.ts';

type Level = 'low' | 'medium' | 'high';

/** Event types that are a finding, and the level of those that name none. */
export const FINDINGS: ReadonlyMap<string, Level> = new Map<string, Level>([
  ['user.risk.detect', 'medium'],
  ['user.risk.change', 'medium'],
  ['security.threat.detected', 'medium'],
  ['security.breached_credential.detected', 'high'],
  ['security.session.detect_client_roaming', 'low'],
  ['system.api_token.request_outside_allowed_range', 'medium'],
  ['user.account.report_suspicious_activity_by_enduser', 'high'],
  ['user.mfa.attempt_bypass', 'high'],
]);

/** Debug data is a text without a contract; what it says of risk stands near its beginning. */
const RISK_TEXT_LIMIT = 2_048;
const LEVEL = /(?:^|[{,\s"])level"?\s*[=:]\s*"?(LOW|MEDIUM|HIGH)/;
const NAME = /(?:^|[{,\s"])detectionName"?\s*[=:]\s*"?([^",=}]{1,80})/;

/** Makes a finding about the person named as target, else about who acted. */
export function readFinding(log: LogEvent): readonly SourceEvent[] {
  const user = findTargetUser(log.record) ?? log.actor;
  const usual = FINDINGS.get(log.type);
  if (user === undefined || usual === undefined) return [];
  const risk = readRisk(log);
  const level = risk.level ?? usual;
  // A risk that changed to low is over.
  const state = log.type === 'user.risk.change' && level === 'low' ? 'remediated' : 'at-risk';
  return [finding(log, user, risk.name ?? log.type, level, state)];
}

/** Makes a finding when Okta holds a sign-in for a high risk. */
export function riskOfSignIn(log: LogEvent, part: number): readonly SourceEvent[] {
  if (log.type !== 'user.session.start' && log.type !== 'policy.evaluate_sign_on') return [];
  const user = log.actor;
  if (user?.type !== 'user') return [];
  const risk = readRisk(log);
  if (risk.level !== 'high') return [];
  return [{ ...finding(log, user, risk.name ?? 'sign-in risk', 'high', 'at-risk'), part }];
}

function finding(
  log: LogEvent,
  user: Actor,
  riskType: string,
  level: Level,
  state: VendorFinding['state'],
): VendorFinding {
  const event = eventBase(log, user) as Writable<VendorFinding>;
  event.kind = 'detection-finding';
  event.riskType = riskType;
  event.level = level;
  event.state = state;
  event.user = user;
  return event;
}

interface Risk {
  readonly level?: Level | undefined;
  readonly name?: string | undefined;
}

/** Newer organizations have an object; older ones `{level=MEDIUM, detectionName=…}` or JSON as text. */
function readRisk(log: LogEvent): Risk {
  const risk = objectAt(objectAt(log.record, 'securityContext'), 'risk');
  const level = levelOf(textAt(risk, 'level'));
  if (level !== undefined) return { level, name: textAt(risk, 'detectionName') };
  return riskInText(log, 'risk') ?? riskInText(log, 'Risk') ?? riskInText(log, 'logOnlySecurityData') ?? {};
}

function riskInText(log: LogEvent, key: string): Risk | undefined {
  const value = log.debugData?.[key];
  if (typeof value === 'object' && value !== null) {
    const inner = objectAt(log.debugData, key);
    const risk = objectAt(inner, 'risk') ?? inner;
    const level = levelOf(textAt(risk, 'level'));
    return level === undefined ? undefined : { level, name: textAt(risk, 'detectionName') };
  }
  if (typeof value !== 'string') return undefined;
  const text = value.slice(0, RISK_TEXT_LIMIT);
  const level = levelOf(LEVEL.exec(text)?.[1]);
  return level === undefined ? undefined : { level, name: NAME.exec(text)?.[1]?.trim() };
}

function levelOf(text: string | undefined): Level | undefined {
  switch (text) {
    case 'LOW':
      return 'low';
    case 'MEDIUM':
      return 'medium';
    case 'HIGH':
      return 'high';
    default:
      return undefined;
  }
}
