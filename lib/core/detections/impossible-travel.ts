/**
 * Impossible travel: two sign-ins of one person, at any two providers, further apart than anybody can travel in the time
 * between them; or one session used from two countries at once.
 */
import type { Confidence, Evidence } from '../alerts/alert.ts';
import { evidenceOf } from '../alerts/evidence.ts';
import { atMost, raised, severityRank, type Severity } from '../alerts/severity.ts';
import type { Authentication, Sighting, SourceId } from '../events/index.ts';
import { householdOf } from '../places/address.ts';
import { greatCircleKm } from '../places/distance.ts';
import { isAnonymizing, isCorporate, isOwnEgress, networkText, type Network } from '../places/network.ts';
import { placeText, type Place } from '../places/place.ts';
import { DAY_MS, durationText, HOUR_MS, MINUTE_MS, type EpochMs } from '../time.ts';
import type { Context, Detection, Finding, Verdict } from './contract.ts';

const PARAMETERS = {
  maxKmPerHour: {
    value: 900,
    why: 'Airliners cruise at 800 to 900 km/h; door to door nobody keeps that up.',
  },
  minDistanceKm: {
    value: 500,
    why: 'Below this, address databases that place a line at its provider explain it; both radii are taken off first.',
  },
  lowDistanceKm: {
    value: 750,
    why: 'Up to here a wrong place for one of the addresses is the likelier reading.',
  },
  minIntervalSeconds: {
    value: 60,
    why: 'Two providers’ clocks differ by seconds; without a floor speed is unbounded.',
  },
  sameSessionMinutes: {
    value: 30,
    why: 'One session token in two countries this close together has been copied.',
  },
  sameSessionMinKm: { value: 100, why: 'Border towns have lines placed on either side.' },
  knownPairJourneys: { value: 3, why: 'Three journeys at possible speed make a route somebody does travel.' },
  knownPairDays: { value: 60, why: 'A route not travelled for two months is no habit.' },
  sharedEgressPeople: {
    value: 10,
    why: 'Fewer people on one address is a household or a farm, not an office exit.',
  },
  sharedEgressShare: { value: 0.02, why: 'And of a large company at least this share.' },
} as const;

/** The last sign-in at a place the person was really at, and at most one more behind a network that hides it. */
interface State {
  clear?: Fix;
  hidden?: Fix;
  sessions: Fix[];
  /** Journeys at possible speed, oldest first. */
  journeys: { readonly pair: string; readonly time: EpochMs }[];
  /** On an address: who was seen and when. */
  people?: Record<string, EpochMs>;
  concluded?: string[];
}

/** A sign-in with a place, and what may soften it. */
interface Fix {
  readonly time: EpochMs;
  readonly ip: string;
  /** The address, or its /64: what colleagues would share. */
  readonly household: string;
  readonly place: Place;
  readonly network?: Network;
  readonly device?: string;
  readonly session?: string;
  readonly source: SourceId;
  readonly feed: string;
  readonly uid: string;
  readonly application?: string;
}

type Kinds = 'authentication' | 'sighting';

export const impossibleTravel: Detection<Kinds, State, typeof PARAMETERS> = {
  id: 'impossible-travel',
  title: 'Impossible travel',
  family: 'geolocation',
  severity: 'high',
  attack: ['T1078.004', 'T1550.004'],
  watches: ['authentication', 'sighting'],
  subjects: ['person', 'account', 'address'],
  alertPer: 'day',
  parameters: PARAMETERS,
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
  expectedPerMonthPer1000People: 6,
  evaluate(event, state, context) {
    switch (event.kind) {
      case 'authentication':
        return onSignIn(event, state, context);
      case 'sighting':
        return onSighting(event, state, context);
    }
  },
};

type Own = Context<typeof PARAMETERS>;

function onSignIn(event: Authentication, state: State, context: Own): Verdict<State> {
  if (event.status !== 'success' || !event.interactive || event.activity === 'logoff')
    return { outcome: 'not-applicable' };
  if (event.actor?.type === 'service' || event.srcEndpoint === undefined)
    return { outcome: 'not-applicable' };
  const { place, network } = event.srcEndpoint;
  // The organization's own exit says where the exit is, not where its user is.
  if (isOwnEgress(network)) return { outcome: 'not-applicable' };
  if (place === undefined) return { outcome: 'cannot-tell', because: 'the address has no place' };

  const household = householdOf(event.srcEndpoint.ip);
  if (household === undefined) return { outcome: 'cannot-tell', because: 'the address cannot be read' };

  const fix: Fix = {
    time: event.time,
    ip: event.srcEndpoint.ip,
    household,
    place,
    ...(network === undefined ? {} : { network }),
    ...(event.device?.uid === undefined || event.device.managed !== true ? {} : { device: event.device.uid }),
    ...(event.session === undefined ? {} : { session: event.session }),
    source: event.source,
    feed: event.feed,
    uid: event.uid,
    ...(event.application?.name === undefined ? {} : { application: event.application.name }),
  };
  const findings = [...travelFindings(fix, state, context), ...sessionFindings(fix, state, context)];
  remember(fix, state, context);
  // Both say the same of one sign-in; the worse one speaks.
  const [worst] = findings.sort((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return worst === undefined ? { outcome: 'clear', state } : { outcome: 'finding', state, findings: [worst] };
}

function travelFindings(fix: Fix, state: State, context: Own): Finding[] {
  const findings: Finding[] = [];
  // A hidden place moves nobody: the next clear sign-in is compared with the last clear one, whatever came between.
  for (const earlier of [state.clear, isHidden(fix) ? undefined : state.hidden]) {
    const finding = earlier === undefined ? undefined : compare(earlier, fix, state, context);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function compare(earlier: Fix, later: Fix, state: State, context: Own): Finding | undefined {
  if (earlier.ip === later.ip) return undefined;
  const { distanceKm, apartKm, kmPerHour, intervalMs } = journey(earlier, later, context);
  if (apartKm < context.parameters.minDistanceKm || kmPerHour <= context.parameters.maxKmPerHour)
    return undefined;

  const { severity, softened } = soften('high', earlier, later, distanceKm, state, context);
  const [from, to] = [placeText(earlier.place), placeText(later.place)];
  const interval = durationText(intervalMs);
  const speed = Math.round(kmPerHour).toLocaleString('en-US');
  return {
    severity,
    ...about(earlier, later),
    summary: `Signed in from ${from} and, ${intervalMs === 0 ? 'at the same time' : `${interval} later`}, from ${to}, ${km(distanceKm)} away.`,
    why: [
      `${km(distanceKm)} in ${intervalMs === 0 ? 'no time' : interval} is ${speed} km/h; nobody travels faster than ${context.parameters.maxKmPerHour} km/h.`,
      `First ${sideText(earlier)}; then ${sideText(later)}.`,
      ...softened,
    ],
    approvable: { kind: 'travel', countries: countriesOf(earlier, later) },
  };
}

function sessionFindings(fix: Fix, state: State, context: Own): Finding[] {
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
  const { severity, softened } = soften('high', other, fix, Infinity, state, context);
  const when = intervalMs === 0 ? 'at the same time' : `within ${durationText(intervalMs)}`;
  return [
    {
      severity,
      ...about(other, fix),
      summary: `One session was used from ${placeText(other.place)} and ${placeText(fix.place)} ${when}.`,
      why: [
        `A session belongs to one browser; this one was in ${countriesOf(other, fix).join(' and ')}, ${km(distanceKm)} apart.`,
        `First ${sideText(other)}; then ${sideText(fix)}.`,
        ...softened,
      ],
      approvable: { kind: 'travel', countries: countriesOf(other, fix) },
    },
  ];
}

/** Lowers a severity for what would explain it, and says so. Nothing is dropped. */
function soften(
  severity: Severity,
  a: Fix,
  b: Fix,
  distanceKm: number,
  state: State,
  context: Own,
): { severity: Severity; softened: string[] } {
  const softened: string[] = [];
  let result = severity;
  const lower = (ceiling: Severity, why: string): void => {
    result = atMost(result, ceiling);
    softened.push(why);
  };
  for (const { network } of [a, b]) {
    if (network === undefined) continue;
    const name = networkText(network);
    if (network.operatorAllowed === true) lower('informational', `${name} is an operator people may use.`);
    else if (network.kind === 'relay')
      lower('informational', `${name} is a privacy relay: it shows its own exit.`);
    else if (network.kind === 'satellite')
      lower('informational', `${name} is a satellite network: it shows its ground station.`);
    else if (isAnonymizing(network)) lower('low', `${name} hides where its user is: the place is its exit.`);
    else if (network.kind === 'hosting')
      lower('medium', `${name} is a data centre: a VPN, a remote desktop or a program.`);
    else if (isCorporate(network.kind))
      lower(
        'low',
        `${name} is a company’s gateway: the place is its exit. If it is yours, list it under policy.egress.`,
      );
    else if (network.kind === 'mobile')
      lower('low', `${name} is a phone network: it may leave the Internet far from the phone.`);
  }
  if (a.device !== undefined && a.device === b.device)
    lower('low', 'Both sign-ins came from the same managed device.');
  if (distanceKm < context.parameters.lowDistanceKm)
    lower('low', 'The distance is small enough for a wrongly placed address.');
  if (
    a.network?.asn !== undefined &&
    a.network.asn === b.network?.asn &&
    a.place.country !== undefined &&
    a.place.country === b.place.country
  ) {
    lower(
      'low',
      `Both addresses are of one provider (AS${a.network.asn}) in one country, which may place its lines wrongly.`,
    );
  }
  if (knownJourneys(a, b, state, context) >= context.parameters.knownPairJourneys) {
    result = raised(result, -1);
    softened.push(
      `This person has travelled between these places at possible speed ${context.parameters.knownPairJourneys} times lately.`,
    );
  }
  return { severity: result, softened };
}

function remember(fix: Fix, state: State, context: Own): void {
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

function journey(
  a: Fix,
  b: Fix,
  context: Own,
): { distanceKm: number; apartKm: number; kmPerHour: number; intervalMs: number } {
  const distanceKm = greatCircleKm(a.place, b.place);
  const apartKm = Math.max(0, distanceKm - a.place.radiusKm - b.place.radiusKm);
  const intervalMs = Math.abs(b.time - a.time);
  const hours = Math.max(intervalMs, context.parameters.minIntervalSeconds * 1_000) / HOUR_MS;
  return { distanceKm, apartKm, kmPerHour: apartKm / hours, intervalMs };
}

function knownJourneys(a: Fix, b: Fix, state: State, context: Own): number {
  const pair = pairOf(a, b);
  const since = Math.max(a.time, b.time) - context.parameters.knownPairDays * DAY_MS;
  return pair === undefined
    ? 0
    : state.journeys.filter((each) => each.pair === pair && each.time >= since).length;
}

/** Names two places in either order, to about 100 km; nothing when they are the same. */
function pairOf(a: Fix, b: Fix): string | undefined {
  const [first, second] = [cellOf(a), cellOf(b)].sort();
  return first === second ? undefined : `${first} ${second}`;
}

function cellOf({ place }: Fix): string {
  return `${Math.round(place.lat)},${Math.round(place.lon)}`;
}

function isHidden({ network }: Fix): boolean {
  return (
    isAnonymizing(network) ||
    network?.kind === 'satellite' ||
    network?.kind === 'hosting' ||
    (network !== undefined && isCorporate(network.kind))
  );
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

/** Evidence is written only for a finding; most sign-ins never need it. */
function cited({ ip, place, network, application, ...event }: Fix): Evidence {
  const srcEndpoint = { ip, place, ...(network === undefined ? {} : { network }) };
  return evidenceOf(
    { ...event, srcEndpoint },
    application === undefined ? 'sign-in' : `sign-in to ${application}`,
  );
}

function sideText({ ip, place, network, source }: Fix): string {
  const disputed =
    place.disputedBy === undefined
      ? ''
      : `; the record itself says ${place.disputedBy.text}, ${km(place.disputedBy.distanceKm)} from there`;
  const through =
    network === undefined || network.kind === 'unknown' ? '' : ` through ${networkText(network)}`;
  return `${source} from ${ip} (${placeText(place)}${disputed})${through}`;
}

function countriesOf(a: Fix, b: Fix): readonly string[] {
  return [...new Set([a.place.country, b.place.country].filter((country) => country !== undefined))];
}

function km(distanceKm: number): string {
  return `${Math.round(distanceKm).toLocaleString('en-US')} km`;
}

function sharedEgress(household: string): string {
  return `shared-egress:${household}`;
}

/** On an address: enough colleagues make it a shared exit, and each of them is told. */
function onSighting(event: Sighting, state: State, context: Own): Verdict<State> {
  if (event.what.type !== 'sign-in' || context.subject.kind !== 'address')
    return { outcome: 'not-applicable' };
  const people = (state.people ??= {});
  const since = event.time - 30 * DAY_MS;
  for (const [id, time] of Object.entries(people)) if (time < since) delete people[id];
  people[event.of.id] = event.time;
  const ids = Object.keys(people);
  const enough = Math.max(
    context.parameters.sharedEgressPeople,
    Math.ceil(context.parameters.sharedEgressShare * context.organization.peopleCount),
  );
  if (ids.length < enough) return { outcome: 'clear', state };
  const told = new Set(state.concluded);
  const untold = ids.filter((id) => !told.has(id));
  state.concluded = [...told, ...untold];
  const conclusions = untold.map((id) => ({
    to: { kind: 'person' as const, id },
    conclusion: sharedEgress(context.subject.id),
    holds: true,
    why: `${ids.length} people sign in from ${context.subject.id}: it looks like a shared exit. If it is yours, list it under policy.egress.`,
  }));
  return { outcome: 'clear', state, conclusions };
}
