/** The thresholds of impossible travel, each with its reason. */
import type { Context } from '../contract.ts';

export const TRAVEL_PARAMETERS = {
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

export type TravelContext = Context<typeof TRAVEL_PARAMETERS>;
