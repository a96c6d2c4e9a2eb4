/** A sign-in from a country in which this person has not been seen for a while. */
import type { Authentication, Endpoint } from '../events/index.ts';
import { networkText } from '../places/network.ts';
import { placeText } from '../places/place.ts';
import type { Context, Detection, Finding, Parameters, Verdict } from './contract.ts';
import { countryOf, countryText, type Country } from './sign-ins/country.ts';
import { isKnown, meet, nothingSeen, watch, type Memory, type Seen } from './sign-ins/first-seen.ts';
import { hidesPlace } from './sign-ins/hidden-place.ts';
import { atKeyboardFrom, signInEvidence } from './sign-ins/signed-in.ts';

const PARAMETERS = {
  forgetDays: {
    value: 60,
    why: 'Two months cover a long holiday; whoever comes back to a country after that may as well be asked.',
  },
  learnDays: { value: 14, why: 'A fortnight shows home, office and the regular way between two countries.' },
} as const satisfies Parameters;

type Own = Context<typeof PARAMETERS>;

/** Countries that only an exit or a phone network showed stand apart: they do not vouch for the person themselves. */
type State = Seen;

export const newCountry: Detection<'authentication', State, typeof PARAMETERS> = {
  id: 'new-country',
  title: 'First sign-in from a country',
  family: 'geolocation',
  severity: 'low',
  attack: ['T1078.004'],
  watches: ['authentication'],
  subjects: ['person', 'account'],
  alertPer: 'day',
  contributes: {
    weight: 5,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'A travel approval for the country.',
  },
  parameters: PARAMETERS,
  state: { version: 1, empty: nothingSeen, keepDays: 90 },
  needs: ['places'],
  blindSpots: [
    'Somebody who signs in from the country during their first fortnight makes it their own.',
    'A border that address databases draw wrongly moves people who never left.',
    'Behind a VPN or a phone network the country is that of the exit.',
  ],
  falsePositives: [
    'A holiday, a business trip or a visit to relatives.',
    'Somebody who lives near a border and works on either side of it.',
    'An address that was sold to a provider in another country and is still placed there, or already.',
  ],
  triage: [
    'Look for a leave, a trip or an approval that covers the day; the calendar usually has it.',
    'Check whether the device is one the person used before, and managed.',
    'If nothing explains it, ask the person by telephone where they are.',
  ],
  references: ['https://attack.mitre.org/techniques/T1078/004/'],
  expectedPerMonthPer1000People: 200,
  evaluate(event, state, context) {
    const from = atKeyboardFrom(event);
    if (from === undefined) return { outcome: 'not-applicable' };
    const country = countryOf(from);
    if (country === undefined) return { outcome: 'cannot-tell', because: 'the address has no country' };
    return onCountry(event, from, country, state, context);
  },
};

function onCountry(
  event: Authentication,
  from: Endpoint,
  country: Country,
  state: State,
  context: Own,
): Verdict<State> {
  const memory: Memory = context.parameters;
  const { code } = country;
  const hidden = hiddenBy(from);
  watch(state, event.time, memory);
  const isSettled = hidden !== undefined && isKnown(state, code, event.time, memory);
  const met = meet(state, hidden === undefined ? code : `${code} exit`, event.time, memory);
  const isClaimed = context.person?.workPlace?.country === code;
  if (isSettled || isClaimed || met !== 'first-day') return { outcome: 'clear', state };
  return { outcome: 'finding', state, findings: [findingOf(event, from, country, hidden, context)] };
}

function hiddenBy({ network }: Endpoint): string | undefined {
  if (network?.kind === 'mobile')
    return `${networkText(network)} is a phone network: it may leave the Internet far from the phone.`;
  return hidesPlace(network);
}

function findingOf(
  event: Authentication,
  { ip, place }: Endpoint,
  { code, disputedBy }: Country,
  hidden: string | undefined,
  { parameters, person }: Own,
): Finding {
  const country = countryText(code);
  const claimed = person?.workPlace?.country;
  return {
    severity: hidden === undefined ? 'low' : 'informational',
    confidence: hidden === undefined && disputedBy === undefined ? 'medium' : 'low',
    summary: `Signed in from ${country}, for the first time in ${parameters.forgetDays} days.`,
    why: [
      `${event.source} saw ${ip}${place === undefined ? '' : ` (${placeText(place)})`}; on no earlier day of the last ${parameters.forgetDays} did this person sign in from ${country}.`,
      ...(claimed === undefined ? [] : [`They are said to work in ${countryText(claimed)}.`]),
      ...(disputedBy === undefined
        ? []
        : [`The record itself places the address in ${disputedBy}: one of the two is wrong.`]),
      ...(hidden === undefined ? [] : [hidden]),
    ],
    evidence: [signInEvidence(event)],
    approvable: {
      kind: 'travel',
      countries: [code],
      cities: place?.city === undefined ? [] : [place.city],
    },
  };
}
