/**
 * Impossible travel: two sign-ins of one person, at any two providers, further apart than anybody can travel in the time
 * between them; or one session used from two countries at once.
 */
import type { Confidence } from '../alerts/alert.ts';
import { severityRank } from '../alerts/severity.ts';
import type { Authentication } from '../events/index.ts';
import { placeText } from '../places/place.ts';
import { DAY_MS, durationText, MINUTE_MS } from '../time.ts';
import type { Approvable, Detection, Finding, Verdict } from './contract.ts';
import {
  cited,
  countriesOf,
  fixOf,
  isHidden,
  journey,
  kmText,
  pairOf,
  sideText,
  type Fix,
} from './travel/fix.ts';
import { TRAVEL_PARAMETERS, type TravelContext } from './travel/parameters.ts';
import { foldCrowd, sharedEgress, type Crowd } from './travel/shared-egress.ts';
import { namedNetwork, withExit, type NamedExits } from './travel/named-exits.ts';
import { soften, type KnownJourney } from './travel/soften.ts';

/** The last sign-in at a place the person was really at, and at most one more behind a network that hides it. */
interface State extends Crowd {
  clear?: Fix;
  hidden?: Fix;
  sessions: Fix[];
  /** Oldest first. */
  journeys: KnownJourney[];
  exits?: NamedExits;
}

type Kinds = 'authentication' | 'sighting';

export const impossibleTravel: Detection<Kinds, State, typeof TRAVEL_PARAMETERS> = {
  id: 'impossible-travel',
  title: 'Impossible travel',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1078.004', 'T1550.004'],
  watches: ['authentication', 'sighting'],
  subjects: ['person', 'account', 'address'],
  alertPer: 'day',
  contributes: {
    weight: 15,
    explainedBy: 'away',
    independent: false,
    clearedBy: 'A travel approval for the country, or the VPN or gateway listed under policy.egress.',
  },
  parameters: TRAVEL_PARAMETERS,
  state: { version: 1, empty: () => ({ sessions: [], journeys: [] }), keepDays: 90 },
  needs: ['places'],
  blindSpots: [
    'Somebody who always works through the same place, such as a laptop farm near the claimed home, never travels.',
    'Sign-ins without an address that can be placed say nothing.',
    'Two places closer than 500 km, less the uncertainty of both, are not told apart, except within one session.',
    'A stolen session that never signs in again is seen only where the provider logs its address.',
  ],
  falsePositives: [
    'A VPN, a web gateway or a phone network that leaves the Internet in another country.',
    'An address database that places one of the two addresses wrongly.',
    'A colleague or an assistant who signs in with the same account.',
    'A remote desktop or a cloud workstation in another Region.',
  ],
  triage: [
    'Compare the two sign-ins in the evidence: device, browser and application. The same managed device at both ends points to a VPN.',
    'Ask the person, by a channel that is not the account in question, where they were at both times.',
    'In the provider’s log read every event of the later session for the hour after it began: new factors, new devices, downloads.',
    'If nobody can explain it, revoke the sessions and reset the factors of the account.',
  ],
  references: [
    'https://attack.mitre.org/techniques/T1078/004/',
    'https://attack.mitre.org/techniques/T1550/004/',
  ],
  expectedPerMonthPer1000People: 750,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'authentication':
        return onSignIn(event, state, context);
      case 'sighting':
        return context.subject.kind === 'address'
          ? foldCrowd(event, state, context)
          : { outcome: 'not-applicable' };
    }
  },
};

function onSignIn(event: Authentication, state: State, context: TravelContext): Verdict<State> {
  const seen = fixOf(event);
  if (seen === undefined) return { outcome: 'not-applicable' };
  if ('missing' in seen) return { outcome: 'cannot-tell', because: seen.missing };
  state.exits = withExit(state.exits ?? [], seen.household, seen.network);
  const network = namedNetwork(seen.household, seen.network, state.exits);
  const fix = network === undefined ? seen : { ...seen, network };
  const findings = [...travelFindings(fix, state, context), ...sessionFindings(fix, state, context)];
  remember(fix, state, context);
  // Both say the same of one sign-in; the worse one speaks.
  const [worst] = findings.sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return worst === undefined ? { outcome: 'clear', state } : { outcome: 'finding', state, findings: [worst] };
}

function travelFindings(fix: Fix, state: State, context: TravelContext): Finding[] {
  const findings: Finding[] = [];
  // A hidden place moves nobody: the next clear sign-in is compared with the last clear one, whatever came between.
  for (const earlier of [state.clear, isHidden(fix) ? undefined : state.hidden]) {
    const finding = earlier === undefined ? undefined : compare(earlier, fix, state, context);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function compare(earlier: Fix, later: Fix, state: State, context: TravelContext): Finding | undefined {
  if (earlier.ip === later.ip) return undefined;
  const { distanceKm, apartKm, kmPerHour, intervalMs } = journey(earlier, later, context);
  if (apartKm < context.parameters.minDistanceKm || kmPerHour <= context.parameters.maxKmPerHour)
    return undefined;

  const { severity, softened } = soften('high', [earlier, later], distanceKm, state.journeys, context);
  const [from, to] = [placeText(earlier.place), placeText(later.place)];
  const interval = durationText(intervalMs);
  const speed = Math.round(kmPerHour).toLocaleString('en-US');
  return {
    severity,
    ...about(earlier, later),
    summary: `Signed in from ${from} and, ${intervalMs === 0 ? 'at the same time' : `${interval} later`}, from ${to}, ${kmText(distanceKm)} away.`,
    why: [
      `${kmText(distanceKm)} in ${intervalMs === 0 ? 'no time' : interval} is ${speed} km/h; nobody travels faster than ${context.parameters.maxKmPerHour} km/h.`,
      `First ${sideText(earlier)}; then ${sideText(later)}.`,
      ...softened,
    ],
    approvable: travelOf(earlier, later),
  };
}

function sessionFindings(fix: Fix, state: State, context: TravelContext): Finding[] {
  if (fix.session === undefined || isHidden(fix)) return [];
  const window = context.parameters.sameSessionMinutes * MINUTE_MS;
  const other = state.sessions.find(
    (each) =>
      each.session === fix.session &&
      fix.time - each.time <= window &&
      each.place.country !== undefined &&
      fix.place.country !== undefined &&
      each.place.country !== fix.place.country,
  );
  if (other === undefined) return [];
  const { distanceKm, apartKm, kmPerHour, intervalMs } = journey(other, fix, context);
  if (apartKm < context.parameters.sameSessionMinKm || kmPerHour <= context.parameters.maxKmPerHour)
    return [];
  const { severity, softened } = soften('high', [other, fix], Infinity, state.journeys, context);
  const when = intervalMs === 0 ? 'at the same time' : `within ${durationText(intervalMs)}`;
  return [
    {
      severity,
      ...about(other, fix),
      summary: `One session was used from ${placeText(other.place)} and ${placeText(fix.place)} ${when}.`,
      why: [
        `A session belongs to one browser; this one was in ${countriesOf(other, fix).join(' and ')}, ${kmText(distanceKm)} apart.`,
        `First ${sideText(other)}; then ${sideText(fix)}.`,
        ...softened,
      ],
      approvable: travelOf(other, fix),
    },
  ];
}

function remember(fix: Fix, state: State, context: TravelContext): void {
  const { parameters } = context;
  if (isHidden(fix)) {
    state.hidden = fix;
    return;
  }
  const { clear } = state;
  if (clear !== undefined && pairOf(clear, fix) !== undefined) {
    const { apartKm, kmPerHour } = journey(clear, fix, context);
    const pair = pairOf(clear, fix);
    if (pair !== undefined && apartKm > 0 && kmPerHour <= parameters.maxKmPerHour)
      state.journeys.push({ pair, time: fix.time });
  }
  const since = fix.time - parameters.knownPairDays * DAY_MS;
  state.journeys = state.journeys.filter((each) => each.time >= since).slice(-60);
  if (fix.session !== undefined) {
    const window = parameters.sameSessionMinutes * MINUTE_MS;
    state.sessions = [...state.sessions.filter((each) => fix.time - each.time <= window), fix].slice(-20);
  }
  state.clear = fix;
}

function about(earlier: Fix, later: Fix): Pick<Finding, 'confidence' | 'evidence' | 'conditions'> {
  return {
    confidence: confidenceOf(earlier, later),
    evidence: [cited(earlier), cited(later)],
    conditions: [earlier, later].map(({ household }) => ({
      conclusion: sharedEgress(household),
      then: { atMost: 'low' },
    })),
  };
}

function confidenceOf(a: Fix, b: Fix): Confidence {
  if (a.place.disputedBy !== undefined || b.place.disputedBy !== undefined) return 'low';
  if (isHidden(a) || isHidden(b)) return 'low';
  return a.place.radiusKm <= 100 && b.place.radiusKm <= 100 ? 'high' : 'medium';
}

function travelOf(a: Fix, b: Fix): Approvable {
  const cities = [a.place.city, b.place.city].filter((city) => city !== undefined);
  return { kind: 'travel', countries: countriesOf(a, b), cities };
}
