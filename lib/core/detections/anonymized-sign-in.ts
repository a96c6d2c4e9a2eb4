/** A sign-in through something that hides where its user is: a VPN, a proxy, Tor, a relay. */
import type { Severity } from '../alerts/severity.ts';
import type { Authentication, Endpoint } from '../events/index.ts';
import { ORGANIZATION } from '../people/subject.ts';
import { isAnonymizing, isCorporate, type Network } from '../places/network.ts';
import { operatorName } from '../places/operators.ts';
import { placeText } from '../places/place.ts';
import { tenureDays } from '../people/tenure.ts';
import type { Condition, Context, Detection, Finding, Parameters, Verdict } from './contract.ts';
import { meet, nothingSeen, watch, type Acquaintance, type Seen } from './sign-ins/first-seen.ts';
import { harmlessOperator } from './sign-ins/harmless-operator.ts';
import { answerLone, foldUse, sharedOperator, type OperatorUse } from './sign-ins/operator-use.ts';
import { atKeyboardFrom, signInEvidence } from './sign-ins/signed-in.ts';

const ID = 'anonymized-sign-in';

const PARAMETERS = {
  newHireDays: {
    value: 90,
    why: 'Whom the scheme places hides from the first day; after three months a colleague’s VPN is a matter of taste.',
  },
  sharedWithOthers: {
    value: 2,
    why: 'One colleague with the same VPN may be placed by the same hand; two make it an ordinary product.',
  },
  usedWithinDays: { value: 90, why: 'A VPN that colleagues last used a quarter ago is no longer theirs.' },
  forgetDays: { value: 60, why: 'Whoever has not used a VPN for two months begins anew with it.' },
  learnDays: {
    value: 14,
    why: 'Before a fortnight has been seen nobody can say which VPNs are usual, for this person or for colleagues.',
  },
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;
type Kinds = 'authentication' | 'sighting' | 'tick';

/** Of a person which operators they use; of the organization who uses which. */
type State = Seen & OperatorUse;

export const anonymizedSignIn: Detection<Kinds, State, typeof PARAMETERS> = {
  id: ID,
  title: 'Sign-in through a VPN, proxy, Tor or relay',
  family: 'geolocation',
  severity: 'low',
  attack: ['T1090.002', 'T1090.003', 'T1078'],
  watches: ['authentication', 'sighting', 'tick'],
  subjects: ['person', 'account', 'organization'],
  alertPer: 'day',
  contributes: {
    weight: 10,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'The operator under policy.vpnOperators, or an egress approval for the person.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: nothingSeen, keepDays: 120 },
  needs: [],
  blindSpots: [
    'Of Google’s, Microsoft’s and AWS’s sign-ins a VPN is known only by its AS number, a refreshed list or a database.',
    'A VPN server at home, such as a router in a laptop farm, is a home line to everybody.',
    'Exits that no vendor and no list has found yet look like a data centre at most.',
  ],
  falsePositives: [
    'Somebody who values their privacy, or uses a VPN for films and forgot to switch it off.',
    'Public Wi-Fi: many people switch a VPN on in hotels and trains.',
    'An address whose earlier tenant ran a VPN.',
  ],
  triage: [
    'Ask what the VPN is for. If it may be used, list its operator under policy.vpnOperators.',
    'Look at where the person is when the VPN is off: never off is what counts.',
    'Compare with roster, device and hours; by itself this says little.',
  ],
  references: ['https://attack.mitre.org/techniques/T1090/003/'],
  expectedPerMonthPer1000People: 480,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'authentication':
        return onSignIn(event, state, context);
      case 'sighting':
        return foldUse(event, state, ID, context.parameters);
      case 'tick':
        return answerLone(event, state, context.parameters);
    }
  },
};

function onSignIn(event: Authentication, state: State, context: Own): Verdict<State> {
  const from = atKeyboardFrom(event);
  if (from === undefined) return { outcome: 'not-applicable' };
  const { network } = from;
  if (network === undefined)
    return { outcome: 'cannot-tell', because: 'nobody has looked up the network of the address' };
  watch(state, event.time, context.parameters);
  if (!isAnonymizing(network) && !isCorporate(network.kind)) return { outcome: 'clear', state };

  const operator = operatorOf(network);
  const met = meet(state, operator ?? network.kind, event.time, context.parameters);
  const weight = weigh(network, met, event, context);
  if (weight === undefined) return { outcome: 'clear', state };
  const findings = [findingOf(event, network, from, weight)];
  if (operator === undefined || !isOrdinary(network)) return { outcome: 'finding', state, findings };
  const what = { type: 'noted' as const, detection: ID, object: operator, name: operator };
  return { outcome: 'finding', state, findings, sightings: [{ to: ORGANIZATION, what }] };
}

interface Weight {
  readonly severity: Severity;
  readonly why: string;
  readonly conditions?: readonly Condition[];
}

function weigh(
  network: Network,
  met: Acquaintance,
  event: Authentication,
  { parameters, person }: Own,
): Weight | undefined {
  const harmless = harmlessOperator(network);
  // Said once: a phone with a relay is behind it every day.
  if (harmless !== undefined)
    return met === 'known' ? undefined : { severity: 'informational', why: harmless };
  if (network.kind === 'tor')
    return { severity: 'medium', why: 'Tor is made so that nobody can tell where its users are.' };
  if (network.kind === 'residential-proxy')
    return {
      severity: 'medium',
      why: 'Such proxies sell the lines of strangers’ homes, so that their users look like somebody at home.',
    };
  const days = tenureDays(person, event.time) ?? Infinity;
  if (met !== 'known' && days <= parameters.newHireDays)
    return {
      severity: 'medium',
      why: `The person was hired ${days < 0 ? 'for a later day' : `${Math.floor(days)} days ago`} and has not used it before.`,
    };
  const operator = operatorOf(network);
  if (met === 'first-day' && operator !== undefined)
    return {
      severity: 'medium',
      why: `The person has not used it in ${parameters.forgetDays} days; it would say less if colleagues used it too.`,
      conditions: [{ conclusion: sharedOperator(operator), then: { atMost: 'low' }, awaited: true }],
    };
  return { severity: 'low', why: 'Many people have a VPN for private reasons: by itself this says little.' };
}

/** What people buy for themselves, and may have in common with colleagues. */
function isOrdinary(network: Network): boolean {
  return (network.kind === 'vpn' || network.kind === 'proxy') && harmlessOperator(network) === undefined;
}

function operatorOf({ operator }: Network): string | undefined {
  return operator === undefined ? undefined : operatorName(operator);
}

const KIND_TEXT: Partial<Record<Network['kind'], string>> = {
  vpn: 'a VPN',
  proxy: 'a proxy',
  tor: 'Tor',
  'residential-proxy': 'a proxy on other people’s home lines',
  relay: 'a privacy relay',
  'corporate-vpn': 'a company’s VPN',
  sase: 'a company’s web gateway',
};

const KNOWN_FROM: Record<Network['decidedBy'], string> = {
  policy: 'policy.egress names it',
  record: 'the record itself says so',
  database: 'the database of anonymous addresses says so',
  asn: 'every address of its AS number is one',
  list: 'a list of exits has the address',
  address: 'the address says so',
  nothing: 'nobody says so',
};

function findingOf(
  event: Authentication,
  network: Network,
  { ip, place }: Endpoint,
  { severity, why, conditions }: Weight,
): Finding {
  const operator = operatorOf(network);
  const kind = KIND_TEXT[network.kind] ?? network.kind;
  const others = network.otherOperators ?? [];
  return {
    severity,
    confidence: network.decidedBy === 'record' || network.decidedBy === 'database' ? 'high' : 'medium',
    ...(operator === undefined ? {} : { object: { kind: 'service', id: operator, name: operator } }),
    summary: `Signed in through ${operator === undefined ? kind : `${operator}, ${kind}`}.`,
    why: [
      `${event.source} saw ${ip}${place === undefined ? '' : ` (${placeText(place)})`}, which is ${kind}: ${KNOWN_FROM[network.decidedBy]}.`,
      ...(others.length === 0 ? [] : [`The same address is also an exit of ${others.join(', ')}.`]),
      why,
    ],
    evidence: [signInEvidence(event)],
    ...(conditions === undefined ? {} : { conditions }),
    approvable: { kind: 'egress', names: operator === undefined ? [] : [operator] },
  };
}
