/** What a vendor itself finds risky about somebody, passed on for as long as the vendor holds to it. */
import type { AlertObject } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { atMost, type Severity } from '../alerts/severity.ts';
import type { VendorFinding } from '../events/index.ts';
import { dayOf, type Day } from '../time.ts';
import type { Detection, Finding, Verdict } from './contract.ts';

/** Risks the vendor has not taken back, oldest first; of those beyond the limit nothing can be taken back. */
interface State {
  readonly open: readonly Risk[];
}

interface Risk {
  readonly source: string;
  readonly uid: string;
  readonly riskType: string;
  /** Of its alert. */
  readonly day: Day;
  readonly isConfirmed: boolean;
}

const OPEN_KEPT = 50;

export const vendorRisk: Detection<'detection-finding', State, Record<never, never>> = {
  id: 'vendor-risk',
  title: 'Risk reported by the vendor',
  family: 'geolocation',
  severity: 'medium',
  attack: ['T1078.004'],
  watches: ['detection-finding'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 5,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'The risk dismissed or remediated at the vendor.',
  },
  parameters: {},
  state: { version: 1, empty: () => ({ open: [] }), keepDays: 120 },
  needs: [],
  blindSpots: [
    'Without Entra ID P2 the vendor hides what it found: only that there is something.',
    'Vendors compare people with their own past, which a placed worker makes himself from the first day.',
    'Okta tells risks only with Identity Threat Protection, or as the risk of a single sign-in.',
  ],
  falsePositives: [
    'Whatever the vendor’s own detection is mistaken about: travel, a VPN, a new phone.',
    'A risk that an administrator has settled in another tool without telling the vendor.',
  ],
  triage: [
    'Open the person in the vendor’s risk report and read what the detection rests on.',
    'See whether our own alerts of the same days tell the same: travel, VPN, country.',
    'Dismiss or confirm it at the vendor: the alert follows.',
  ],
  references: [
    'https://learn.microsoft.com/entra/id-protection/concept-identity-protection-risks',
    'https://help.okta.com/oie/en-us/content/topics/itp/overview.htm',
  ],
  expectedPerMonthPer1000People: 15,
  evaluate(event, state) {
    return event.state === 'at-risk' || event.state === 'confirmed'
      ? onRisk(event, state)
      : onSettled(event, state);
  },
};

function onRisk(event: VendorFinding, state: State): Verdict<State> {
  const { source, uid, riskType } = event;
  const isConfirmed = event.state === 'confirmed';
  const told = state.open.filter((risk) => risk.source === source && risk.uid === uid);
  // The same risk told again is the same risk, unless somebody has confirmed it since.
  if (told.length > 0 && (!isConfirmed || told.some((risk) => risk.isConfirmed)))
    return { outcome: 'clear', state };
  const open = [...state.open, { source, uid, riskType, day: dayOf(event.time), isConfirmed }].slice(
    -OPEN_KEPT,
  );
  return { outcome: 'finding', state: { open }, findings: [findingOf(event)] };
}

/** Takes a risk back. An alert stands for as long as another risk of its type and day does. */
function onSettled(event: VendorFinding, state: State): Verdict<State> {
  const settled = state.open.filter((risk) => isSettledBy(risk, event));
  const open = state.open.filter((risk) => !settled.includes(risk));
  const over = settled.filter(
    ({ riskType, day }) => !open.some((risk) => risk.riskType === riskType && risk.day === day),
  );
  const why = `${event.source} has ${event.state === 'dismissed' ? 'dismissed it' : 'seen it remediated'}.`;
  return {
    outcome: 'clear',
    state: { open },
    explains: over.map(({ riskType, day }) => ({ object: objectOf(riskType), day, why })),
  };
}

/**
 * Entra moves the state of one detection. Okta has no such thing: it says under a new id that the level of the person is
 * low again, which settles all that its risk engine said of them; its other findings are named like their events, `user.…`.
 */
function isSettledBy(risk: Risk, { source, uid }: VendorFinding): boolean {
  if (risk.source !== source) return false;
  if (risk.uid === uid) return true;
  return source === 'okta' && (risk.riskType.startsWith('user.risk.') || !risk.riskType.includes('.'));
}

function findingOf(event: VendorFinding): Finding {
  const { source, riskType, level, state } = event;
  const isConfirmed = state === 'confirmed';
  return {
    severity: severityOf(event),
    confidence: isConfirmed ? 'high' : level === 'high' ? 'medium' : 'low',
    object: objectOf(riskType),
    summary: `${source} reports the risk ${riskType}${level === 'hidden' ? '' : `, level ${level}`}.`,
    why: [
      isConfirmed
        ? `An administrator has confirmed it to ${source}.`
        : `${source} holds the person at risk; what it compared is in its own report.`,
      ...(level === 'hidden' || riskType === 'generic'
        ? ['The vendor does not say what it found: that takes another licence.']
        : []),
    ],
    evidence: [evidenceOf(event, riskType)],
  };
}

/** Never above what the vendor says, and never above medium: it saw one sign-in, not the person. */
function severityOf({ level, riskType }: VendorFinding): Severity {
  return level === 'hidden' || riskType === 'generic' ? 'informational' : atMost(level, 'medium');
}

function objectOf(riskType: string): AlertObject {
  return { kind: 'service', id: riskType, name: riskType };
}
