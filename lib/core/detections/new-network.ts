/** A sign-in through a data centre or a VPN whose provider this person has not used lately. */
import type { Authentication } from '../events/index.ts';
import { isAnonymizing, networkText, type Network } from '../places/network.ts';
import type { Detection, Finding, Parameters } from './contract.ts';
import { meet, nothingSeen, watch, type Seen } from './sign-ins/first-seen.ts';
import { harmlessOperator } from './sign-ins/harmless-operator.ts';
import { atKeyboardFrom, signInEvidence } from './sign-ins/signed-in.ts';

const PARAMETERS = {
  forgetDays: { value: 30, why: 'A provider not used for a month is as good as a new one.' },
  learnDays: {
    value: 14,
    why: 'A fortnight shows the home line, the phone, the office and whatever VPN somebody always uses.',
  },
} as const satisfies Parameters;

export const newNetwork: Detection<'authentication', Seen, typeof PARAMETERS> = {
  id: 'new-network',
  title: 'First sign-in through a data centre or VPN',
  family: 'geolocation',
  severity: 'low',
  attack: ['T1078.004', 'T1090.003'],
  watches: ['authentication'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 4,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'The operator under policy.vpnOperators, or the exit under policy.egress.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: nothingSeen, keepDays: 60 },
  needs: [],
  blindSpots: [
    'A new home line, phone or hotel is learnt and never raised: people change those all the time.',
    'Where neither the record nor a database gives the AS number or provider, there is nothing to compare.',
    'A VPN whose exits stand in homes, or in a data centre nobody has listed, looks like a home.',
  ],
  falsePositives: [
    'A cloud workstation, or a remote desktop in a data centre.',
    'Where the record does not name them, iCloud Private Relay and WARP: both leave through Cloudflare, Akamai or Fastly.',
    'A VPN that moved its exits to another provider and is not named by the record.',
  ],
  triage: [
    'Ask whose machine or VPN it is; a cloud workstation is known to IT.',
    'Look for the same provider in sign-ins of others: the company’s own is used by several.',
    'Compare device and browser with the person’s earlier sign-ins in the provider’s log.',
  ],
  references: ['https://attack.mitre.org/techniques/T1090/003/'],
  expectedPerMonthPer1000People: 80,
  evaluate(event, state, { parameters }) {
    const from = atKeyboardFrom(event);
    if (from === undefined) return { outcome: 'not-applicable' };
    const { network } = from;
    const provider = network === undefined ? undefined : providerOf(network);
    if (network === undefined || provider === undefined)
      return { outcome: 'cannot-tell', because: 'neither AS number nor provider of the address is known' };
    watch(state, event.time, parameters);
    const met = meet(state, provider, event.time, parameters);
    if (met !== 'first-day' || !(network.kind === 'hosting' || isAnonymizing(network)))
      return { outcome: 'clear', state };
    return {
      outcome: 'finding',
      state,
      findings: [findingOf(event, network, from.ip, parameters.forgetDays)],
    };
  },
};

/** The operator of a VPN before the host it rents from: its exits stand at many. */
function providerOf({ operator, asn, organization }: Network): string | undefined {
  return operator ?? (asn === undefined ? organization?.trim().toLowerCase() : `AS${asn}`);
}

function findingOf(event: Authentication, network: Network, ip: string, forgetDays: number): Finding {
  const harmless = harmlessOperator(network);
  const name = networkText(network);
  return {
    severity: harmless === undefined ? 'low' : 'informational',
    confidence: network.decidedBy === 'record' ? 'medium' : 'low',
    summary: `Signed in through ${name}, for the first time in ${forgetDays} days.`,
    why: [
      `${event.source} saw ${ip}; on no earlier day of the last ${forgetDays} did this person sign in through ${name}.`,
      network.kind === 'hosting'
        ? 'Nobody lives in a data centre: it is a VPN, a remote desktop or a program.'
        : 'It hides where its user is.',
      ...(harmless === undefined ? [] : [harmless]),
    ],
    evidence: [signInEvidence(event)],
    approvable: {
      kind: 'egress',
      names: [network.operator, network.organization].filter((each) => each !== undefined),
    },
  };
}
