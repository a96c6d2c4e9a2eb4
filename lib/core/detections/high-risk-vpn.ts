/** A sign-in through a VPN that workers placed by the DPRK are known to use. */
import type { Confidence } from '../alerts/alert.ts';
import type { Severity } from '../alerts/severity.ts';
import type { Authentication, Endpoint } from '../events/index.ts';
import type { Network } from '../places/network.ts';
import { operatorName } from '../places/operators.ts';
import { placeText } from '../places/place.ts';
import { DAY_MS, dayOf } from '../time.ts';
import type { Context, Detection, Finding, Parameters } from './contract.ts';
import { letInFrom, signInEvidence } from './sign-ins/signed-in.ts';

const PARAMETERS = {
  operators: {
    value: ['ASTRILL_VPN'],
    why: 'The one that reports on placed workers name again and again; Mullvad, NordVPN and the like have far too many honest users.',
  },
  freshListDays: {
    value: 90,
    why: 'Exits move every few weeks: of a list a quarter old a good part belongs to somebody else.',
  },
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;

type None = Record<string, never>;

export const highRiskVpn: Detection<'authentication', None, typeof PARAMETERS> = {
  id: 'high-risk-vpn',
  title: 'Sign-in through a VPN that placed workers use',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1090.003', 'T1078'],
  watches: ['authentication'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 30,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'The operator under policy.vpnOperators, or an egress approval for the person.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: () => ({}), keepDays: 1 },
  needs: [],
  blindSpots: [
    'Only Okta names the operator; elsewhere it takes a refreshed list of the operator’s exits, and lists lag.',
    'The operator owns no AS number: its exits stand in data centres among many others, and are not told by those.',
    'Somebody who works on a laptop in a farm reaches it through the VPN, but signs in from the farm.',
  ],
  falsePositives: [
    'Staff who live in or travel to China: the product is sold to get around the firewall there.',
    'An exit that has passed to another tenant since the list was made.',
  ],
  triage: [
    'Compare with the claimed place of work: somebody said to be at home abroad has little use for this VPN.',
    'Read the person’s other sign-ins for addresses without the VPN, and their devices for remote-access tools.',
    'If it is not explained, treat it as a suspected placement: keep logs and device, tell HR and counsel, do not warn the person.',
  ],
  references: ['https://attack.mitre.org/techniques/T1090/003/', 'https://www.ic3.gov/PSA/2025/PSA250123'],
  expectedPerMonthPer1000People: 0.5,
  evaluate(event, state, context) {
    const from = letInFrom(event);
    if (from?.network === undefined) return { outcome: 'not-applicable' };
    const operator = riskyOperator(from.network, context);
    const weight = operator === undefined ? undefined : weigh(from.network, event, context);
    if (operator === undefined || weight === undefined) return { outcome: 'not-applicable' };
    return { outcome: 'finding', state, findings: [findingOf(event, from, operator, weight)] };
  },
};

function riskyOperator({ operator, otherOperators }: Network, { parameters }: Own): string | undefined {
  if (operator === undefined) return undefined;
  const risky = parameters.operators.map(stemOf);
  return [operator, ...(otherOperators ?? [])].find((each) => risky.includes(stemOf(each)));
}

/** `ASTRILL_VPN`, `Astrill VPN` and `ASTRILL` are one. */
function stemOf(operator: string): string {
  return operatorName(operator).replace(/_?(?:VPN|PROXY)$/, '');
}

interface Weight {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly why: string;
}

/** The record knows, a list remembers; what is guessed from an AS number is nothing to accuse anybody with. */
function weigh(network: Network, event: Authentication, { parameters }: Own): Weight | undefined {
  if (network.operatorAllowed === true)
    return {
      severity: 'informational',
      confidence: 'high',
      why: `policy.vpnOperators lists ${network.operator}.`,
    };
  if (network.decidedBy === 'record') {
    const { operator, otherOperators = [] } = network;
    return otherOperators.length === 0
      ? { severity: 'high', confidence: 'high', why: 'The record itself names the operator.' }
      : {
          severity: 'medium',
          confidence: 'medium',
          why: `The record names several operators of the address: ${[operator, ...otherOperators].join(', ')}.`,
        };
  }
  if (network.decidedBy !== 'list') return undefined;
  const { listedTime } = network;
  if (listedTime === undefined)
    return { severity: 'low', confidence: 'low', why: 'A list has the address; how old it is nobody knows.' };
  // Either way: today's list says little of an address a year ago.
  const apartDays = Math.round(Math.abs(event.time - listedTime) / DAY_MS);
  const refreshed = `The list that has the address was refreshed on ${dayOf(listedTime)}`;
  return apartDays <= parameters.freshListDays
    ? { severity: 'medium', confidence: 'medium', why: `${refreshed}.` }
    : {
        severity: 'low',
        confidence: 'low',
        why: `${refreshed}, ${apartDays} days from the sign-in: the address may have been somebody else’s.`,
      };
}

function findingOf(
  event: Authentication,
  { ip, place }: Endpoint,
  named: string,
  { severity, confidence, why }: Weight,
): Finding {
  const operator = operatorName(named);
  return {
    severity,
    confidence,
    object: { kind: 'service', id: operator, name: operator },
    summary: `Signed in through ${operator}, a VPN that placed workers are known to use.`,
    why: [
      `${event.source} saw ${ip}${place === undefined ? '' : ` (${placeText(place)})`}, an exit of ${operator}.`,
      why,
    ],
    evidence: [signInEvidence(event)],
    approvable: { kind: 'egress', names: [operator] },
  };
}
