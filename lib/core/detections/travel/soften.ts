/** What makes an impossible journey likely to be innocent: severities go down, with the reason; nothing is dropped. */
import { atMost, raised, type Severity } from '../../alerts/severity.ts';
import { networkText } from '../../places/network.ts';
import { DAY_MS, type EpochMs } from '../../time.ts';
import { hidesPlace } from '../sign-ins/hidden-place.ts';
import { pairOf, type Fix } from './fix.ts';
import type { TravelContext } from './parameters.ts';

/** A journey at possible speed between two places, named in either order. */
export interface KnownJourney {
  readonly pair: string;
  readonly time: EpochMs;
}

/** Lowers a severity for what would explain a journey, and says so. */
export function soften(
  severity: Severity,
  [a, b]: readonly [Fix, Fix],
  distanceKm: number,
  journeys: readonly KnownJourney[],
  context: TravelContext,
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
    const hides = hidesPlace(network);
    if (network.operatorAllowed === true) lower('informational', `${name} is an operator people may use.`);
    else if (hides !== undefined)
      lower(network.kind === 'relay' || network.kind === 'satellite' ? 'informational' : 'low', hides);
    else if (network.kind === 'hosting')
      lower('medium', `${name} is a data centre: a VPN, a remote desktop or a program.`);
    else if (network.kind === 'mobile')
      lower('low', `${name} is a phone network: it may leave the Internet far from the phone.`);
  }
  if (a.device !== undefined && a.device === b.device)
    lower('low', 'Both sign-ins came from the same managed device.');
  if (a.phone === true || b.phone === true) {
    const abroad = a.place.country === undefined || a.place.country !== b.place.country;
    lower(
      abroad ? 'medium' : 'low',
      'A phone’s network may leave the Internet elsewhere, and at home while it is abroad.',
    );
  }
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
  if (timesTravelled(a, b, journeys, context) >= context.parameters.knownPairJourneys) {
    result = raised(result, -1);
    softened.push(
      `This person has travelled between these places at possible speed ${context.parameters.knownPairJourneys} times lately.`,
    );
  }
  return { severity: result, softened };
}

function timesTravelled(a: Fix, b: Fix, journeys: readonly KnownJourney[], context: TravelContext): number {
  const pair = pairOf(a, b);
  const since = Math.max(a.time, b.time) - context.parameters.knownPairDays * DAY_MS;
  return pair === undefined ? 0 : journeys.filter((each) => each.pair === pair && each.time >= since).length;
}
