/**
 * The rule that everybody writes first, beside ours: the straight line between two successive sign-ins of one person, and
 * nobody is faster than 900 km/h. No uncertainty of places, no VPN, no carrier, no approval makes any difference.
 */
import type { Detection, Verdict } from '../../lib/core/detections/contract.ts';
import { evidenceOf } from '../../lib/core/alerts/evidence.ts';
import type { Authentication } from '../../lib/core/events/index.ts';
import { greatCircleKm, type Coordinates } from '../../lib/core/places/distance.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/core/time.ts';

const MAX_KM_PER_HOUR = 900;
/** Two sign-ins of one instant are a second apart. */
const LEAST_MS = SECOND_MS;

/** Where and when somebody last signed in, by whom that was seen. */
type State = Record<string, Coordinates & { readonly time: number }>;

/** Each rule by name: every provider for itself, as their consoles do, and all of them together. */
export const PLAIN_TRAVEL: readonly Detection[] = [
  plainTravel('plain-travel-per-provider', ({ source }) => source),
  plainTravel('plain-travel-joined', () => 'anybody'),
] as readonly unknown[] as readonly Detection[];

function plainTravel(
  id: string,
  seenBy: (event: Authentication) => string,
): Detection<'authentication', State> {
  return {
    id,
    title: 'Plain travel',
    family: 'geolocation',
    severity: 'high',
    attack: ['T1078'],
    watches: ['authentication'],
    subjects: ['person'],
    alertPer: 'day',
    contributes: undefined,
    parameters: {},
    state: { version: 1, empty: () => ({}), keepDays: 90 },
    needs: ['places'],
    blindSpots: ['It is a yardstick, no part of the catalogue.'],
    falsePositives: ['Every VPN, carrier and coarse place.'],
    triage: ['None: nobody is told of it.'],
    references: ['https://en.wikipedia.org/wiki/Haversine_formula'],
    expectedPerMonthPer1000People: 0,
    evaluate: (event, state) => evaluate(event, state, seenBy(event)),
  };
}

function evaluate(event: Authentication, state: State, seenBy: string): Verdict<State> {
  const place = event.srcEndpoint?.place;
  if (event.status !== 'success' || event.activity === 'logoff' || place === undefined)
    return { outcome: 'not-applicable' };
  const before = state[seenBy];
  state[seenBy] = { lat: place.lat, lon: place.lon, time: event.time };
  if (before === undefined) return { outcome: 'clear', state };
  const distanceKm = greatCircleKm(before, place);
  const hours = Math.max(event.time - before.time, LEAST_MS) / HOUR_MS;
  if (distanceKm / hours <= MAX_KM_PER_HOUR) return { outcome: 'clear', state };
  const summary = `${Math.round(distanceKm)} km in ${hours.toFixed(1)} h.`;
  return {
    outcome: 'finding',
    state,
    findings: [{ severity: 'high', confidence: 'low', summary, why: [], evidence: [evidenceOf(event)] }],
  };
}
