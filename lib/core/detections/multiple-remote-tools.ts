/** Remote-access tools of several vendors on the computers of one person: one may be a helper's, a second keeps the way in. */
import { raised, type Severity } from '../alerts/severity.ts';
import { dayOf, type EpochMs } from '../time.ts';
import type { Condition, Context, Detection, Finding, Parameters } from './contract.ts';
import { commonConclusion } from './installed/common-software.ts';
import { tenureDays } from '../people/tenure.ts';
import { listedTools, waysIn, type ListedTools, type WayIn } from './installed/ways-in.ts';

const PARAMETERS = {
  windowDays: {
    value: 30,
    why: 'Inventories list a program again within days; what has not been listed for a month is gone.',
  },
  newcomerDays: {
    value: 14,
    why: 'Two ways in within the first two weeks, before there is much to do, are set up for somebody else.',
  },
  newHireDays: {
    value: 90,
    why: 'After three months a tool beside the allowed one is most often a left-over.',
  },
} as const satisfies Parameters;

/** Two of them make the alert. Every pair is a case of it, so that it stands when the others turn out to be common. */
const VENDORS_SHOWN = 4;

interface State {
  tools: ListedTools;
}

type Own = Context<typeof PARAMETERS>;

export const multipleRemoteTools: Detection<'software-inventory-info', State, typeof PARAMETERS> = {
  id: 'multiple-remote-tools',
  title: 'Several remote-access tools',
  family: 'remote-access',
  severity: 'high',
  attack: ['T1219.002'],
  watches: ['software-inventory-info'],
  subjects: ['person', 'account', 'device'],
  alertPer: 'standing',
  contributes: {
    weight: 30,
    explainedBy: 'remote-access',
    independent: true,
    clearedBy: 'Entries under policy.remoteTools, or tool approvals, for all of the tools but one.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({ tools: {} }), keepDays: 90 },
  needs: ['inventory'],
  blindSpots: [
    'Inventories list what is installed: a portable tool that is only run does not show.',
    'Private networks, tunnels and what the system has built in do not count, though somebody may come in by them.',
    'Tools that are known from a downloaded list only do not count.',
    'Several tools of one vendor count once, also when one of them is not the company’s.',
    'Hardware in place of keyboard and screen is no software.',
  ],
  falsePositives: [
    'Somebody of the help desk or a service provider who supports customers with several tools, not yet listed under policy.remoteTools.',
    'The old and the new management agent while one provider hands over to another.',
    'A management agent that brings a remote desktop of another vendor along.',
  ],
  triage: [
    'Ask the person and their manager who installed each of the tools and for what; compare with the hire date.',
    'Look for sign-ins of the same person from other countries, VPNs or addresses shared with colleagues.',
    'If nobody asked for them, isolate the device, keep the logs of incoming sessions of each tool, and then remove them.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1219/002/',
    'https://www.ic3.gov/PSA/2025/PSA250123',
    'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-025a',
  ],
  expectedPerMonthPer1000People: 0.5,
  evaluate(event, state, context) {
    const tools = listedTools(state.tools, event, context, context.parameters.windowDays);
    if (tools === undefined) return { outcome: 'not-applicable' };
    const findings = findingsOf(waysIn(tools, false), waysIn(tools, true), event.time, context);
    return findings.length === 0
      ? { outcome: 'clear', state: { tools } }
      : { outcome: 'finding', state: { tools }, findings };
  },
};

/**
 * Gives each way in which this is an alert: two that nobody allowed; one that nobody allowed beside others, should those
 * turn out to be common here. All that is allowed or common counts as one vendor at most.
 */
function findingsOf(
  unapproved: readonly WayIn[],
  allowed: readonly WayIn[],
  time: EpochMs,
  context: Own,
): readonly Finding[] {
  const shown = unapproved.slice(0, VENDORS_SHOWN);
  const findings: Finding[] = [];
  for (const [index, one] of shown.entries()) {
    for (const other of shown.slice(index + 1)) findings.push(pairFinding(one, other, time, context));
  }
  for (const one of shown) {
    const others = [...unapproved, ...allowed].filter(({ tool }) => tool.vendor !== one.tool.vendor);
    if (others.length > 0) findings.push(besideFinding(one, others, time, context));
  }
  return findings;
}

function pairFinding(one: WayIn, other: WayIn, time: EpochMs, context: Own): Finding {
  const [a, b] = [one.tool.name, other.tool.name];
  return {
    ...about([one, other], context),
    severity: byTenure('high', time, context),
    confidence: 'high',
    summary: `${a} and ${b} are on ${placesOf([one, other])}: two vendors’ ways in.`,
    why: [
      `${a} is of ${one.tool.vendor}, ${b} of ${other.tool.vendor}: whoever has either works on the computer from elsewhere.`,
      'One tool may be a helper’s; a second keeps the way in when the first is found.',
      'policy.remoteTools and the recorded approvals list neither for them.',
      ...hiredText(time, context),
    ],
    conditions: [one, other].map(ifCommon),
  };
}

function besideFinding(one: WayIn, others: readonly WayIn[], time: EpochMs, context: Own): Finding {
  const names = others
    .slice(0, VENDORS_SHOWN)
    .map(({ tool }) => tool.name)
    .join(', ');
  const isSecondAgent = one.tool.class === 'rmm' && others.some(({ tool }) => tool.class === 'rmm');
  const days = tenureDays(context.person, time);
  const settled = days !== undefined && days > context.parameters.newHireDays;
  return {
    ...about([one, ...others.slice(0, 1)], context),
    severity: byTenure(isSecondAgent ? 'high' : settled ? 'low' : 'medium', time, context),
    confidence: 'medium',
    summary: `${one.tool.name} is on ${placesOf([one])}, beside ${names}.`,
    why: [
      isSecondAgent
        ? `${one.tool.name} is a second management agent: whoever runs its console controls the computer, and it is not the company’s.`
        : `${one.tool.name} is of ${one.tool.vendor} and not allowed; ${names} is allowed or common here.`,
      ...(settled && !isSecondAgent
        ? [
            `Somebody who has been there for ${Math.floor(days)} days more often forgot it than came to need it.`,
          ]
        : []),
      ...hiredText(time, context),
    ],
    conditions: [ifCommon(one)],
  };
}

function about(ways: readonly WayIn[], { subject }: Own): Pick<Finding, 'evidence' | 'related' | 'restates'> {
  const devices = new Set(ways.flatMap(({ listed }) => listed.device ?? []));
  return {
    evidence: ways.map(({ listed }) => listed.evidence).sort((a, b) => (a.time < b.time ? -1 : 1)),
    related: subject.kind === 'device' ? [] : [...devices].map((id) => ({ kind: 'device', id })),
    restates: true,
  };
}

function ifCommon({ tool }: WayIn): Condition {
  return {
    conclusion: commonConclusion('unapproved-remote-tool', tool.id),
    then: 'withdrawn',
    awaited: true,
  };
}

function byTenure(severity: Severity, time: EpochMs, context: Own): Severity {
  return isNewcomer(time, context) ? raised(severity, 1) : severity;
}

function isNewcomer(time: EpochMs, { person, parameters }: Own): boolean {
  const days = tenureDays(person, time);
  return days !== undefined && days >= 0 && days <= parameters.newcomerDays;
}

function hiredText(time: EpochMs, context: Own): readonly string[] {
  return isNewcomer(time, context) && context.person?.hiredTime !== undefined
    ? [
        `Hired on ${dayOf(context.person.hiredTime)}, less than ${context.parameters.newcomerDays} days before.`,
      ]
    : [];
}

function placesOf(ways: readonly WayIn[]): string {
  return [...new Set(ways.map(({ listed }) => listed.on))].join(' and ');
}
