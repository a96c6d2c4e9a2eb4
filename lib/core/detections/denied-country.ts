/** A sign-in, or one that only a policy or second factor stopped, from a country that the policy denies. */
import type { Confidence } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { atMost, type Severity } from '../alerts/severity.ts';
import type { Authentication, Endpoint, NotedEvent, Sighting } from '../events/index.ts';
import { ORGANIZATION } from '../people/subject.ts';
import { placeText } from '../places/place.ts';
import { startOfDay, type EpochMs } from '../time.ts';
import type { Context, Detection, Finding, Verdict } from './contract.ts';
import { countryOf, countryText, type Country } from './sign-ins/country.ts';
import { hidesPlace } from './sign-ins/hidden-place.ts';
import { comingFrom, signInEvidence, wasLetIn } from './sign-ins/signed-in.ts';

const ID = 'denied-country';

/** One UTC day, by country. */
interface State {
  day?: EpochMs;
  /** Of a person: the first refused sign-in. */
  refused?: Record<string, NotedEvent>;
  /** Of the organization: how many accounts. */
  accounts?: Record<string, number>;
}

export const deniedCountry: Detection<'authentication' | 'sighting', State, Record<never, never>> = {
  id: ID,
  title: 'Sign-in from a denied country',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1078.004'],
  watches: ['authentication', 'sighting'],
  subjects: ['person', 'account', 'organization'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'A travel approval for the country.',
  },
  parameters: {},
  state: { version: 1, empty: () => ({}), keepDays: 4 },
  needs: ['places'],
  blindSpots: [
    'Without policy.deniedCountries nothing is denied and nothing is found.',
    'Whoever wants to hide the country takes a VPN elsewhere; placed workers nearly always do.',
    'It is no detector of the DPRK: its few addresses are hardly ever seen, and those placed there are often VPN exits.',
  ],
  falsePositives: [
    'An address that one database places in the country and another does not.',
    'The exit of a VPN that only pretends to stand in the country.',
    'Somebody who travels there and whose phone signs in by itself.',
  ],
  triage: [
    'Look the address up in a second database before anything else.',
    'Check whether a trip was known, and whether the device is the person’s own and managed.',
    'If it is not explained, revoke the sessions, and change the password where it was right.',
  ],
  references: ['https://attack.mitre.org/techniques/T1078/004/'],
  expectedPerMonthPer1000People: 30,
  evaluate(event, state, context) {
    if (context.policy.deniedCountries.length === 0) return { outcome: 'not-applicable' };
    return event.kind === 'sighting' ? onSprayed(event, state) : onSignIn(event, state, context);
  },
};

function onSignIn(event: Authentication, state: State, { policy }: Context): Verdict<State> {
  const from = comingFrom(event);
  if (from === undefined) return { outcome: 'not-applicable' };
  const country = countryOf(from);
  if (country === undefined) return { outcome: 'cannot-tell', because: 'the address has no country' };
  const denied = [country.code, country.otherCode].find(
    (code) => code !== undefined && policy.deniedCountries.includes(code),
  );
  if (denied === undefined) return { outcome: 'not-applicable' };
  if (wasLetIn(event) || event.firstFactorPassed === true)
    return { outcome: 'finding', state, findings: [findingOf(event, from, country, denied)] };
  return event.status === 'failure' ? onRefused(event, denied, state) : { outcome: 'not-applicable' };
}

/** Anybody can try anybody's name: that is told of the organization, once a day, and of nobody. */
function onRefused(event: Authentication, denied: string, state: State): Verdict<State> {
  const day = startOfDay(event.time);
  if (state.day !== day || state.refused === undefined) {
    state.day = day;
    state.refused = {};
  }
  const { source, feed, uid, time } = event;
  const evidence = (state.refused[denied] ??= { source, feed, uid, time });
  const what = { type: 'noted' as const, detection: ID, object: denied, name: countryText(denied), evidence };
  return { outcome: 'clear', state, sightings: [{ to: ORGANIZATION, what }] };
}

function onSprayed(event: Sighting, state: State): Verdict<State> {
  const { what, of } = event;
  if (what.type !== 'noted' || what.detection !== ID) return { outcome: 'not-applicable' };
  if (state.day !== event.time || state.accounts === undefined) {
    state.day = event.time;
    state.accounts = {};
  }
  state.accounts[what.object] = (state.accounts[what.object] ?? 0) + 1;
  const counts = Object.entries(state.accounts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const perCountry = counts.map(
    ([code, accounts]) => `${countryText(code)}: ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`,
  );
  const finding: Finding = {
    severity: 'informational',
    confidence: 'medium',
    summary: `Refused sign-ins from denied countries: ${perCountry.join(', ')}.`,
    why: [
      'The password was wrong, the account unknown, or neither can be told: anybody can try that with anybody’s name.',
    ],
    benign: ['Programs try leaked passwords at every company; a day without them is rare.'],
    next: ['If one account stands out, see that it has a second factor that cannot be phished.'],
    evidence: [
      evidenceOf({ ...event, ...what.evidence }, `refused sign-in of ${of.id} from ${what.name}, or several`),
    ],
    restates: true,
    related: [{ kind: of.kind, id: of.id }],
  };
  return { outcome: 'finding', state, findings: [finding] };
}

function findingOf(event: Authentication, from: Endpoint, country: Country, denied: string): Finding {
  const { ip, place, network } = from;
  const gotIn = wasLetIn(event);
  const softened = [disputeText(country, event), hidesPlace(network)].filter((each) => each !== undefined);
  const usual: Severity = gotIn ? 'high' : 'medium';
  const confidence: Confidence = softened.length > 0 ? 'low' : 'high';
  const name = countryText(denied);
  const reason = event.statusDetail === undefined ? '' : ` (${event.statusDetail})`;
  return {
    severity: softened.length > 0 ? atMost(usual, 'low') : usual,
    confidence,
    summary: gotIn
      ? `Signed in from ${name}, a denied country.`
      : `Somebody in ${name}, a denied country, had this person’s password or other first factor, but has not got in by that.`,
    why: [
      `${event.source} saw ${ip}${place === undefined ? '' : ` (${placeText(place)})`}; policy.deniedCountries lists ${name}.`,
      ...(gotIn
        ? []
        : [
            event.status === 'success'
              ? 'The first factor was right; what came after it stands in other events.'
              : `The first factor was right; what came after it refused the sign-in${reason}.`,
          ]),
      ...softened,
    ],
    ...(gotIn ? {} : { next: ['Change the password: somebody has it, be it this person or not.'] }),
    evidence: [signInEvidence(event)],
    approvable: {
      kind: 'travel',
      countries: [denied],
      cities: place?.city === undefined ? [] : [place.city],
    },
  };
}

function disputeText({ code, disputedBy }: Country, { source }: Authentication): string | undefined {
  return disputedBy === undefined
    ? undefined
    : `The address database says ${countryText(code)}, the record of ${source} ${disputedBy}: one of the two is wrong.`;
}
